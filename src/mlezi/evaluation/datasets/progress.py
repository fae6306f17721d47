"""What people can do and agreed to do: ratings, topics of the framework, actions, needs."""

from __future__ import annotations

import ibis

from mlezi.evaluation.datasets.where import Raw, Table, Where


def curriculum(raw: Raw) -> Table:
    """The topics a programme means to cover: its framework's domains still in use."""
    domain = raw["domain"]
    return domain.filter(~domain.retired).select(
        programme_id=domain.programme_id, topic=domain.code, position=domain.order
    )


def ratings(raw: Raw) -> Table:
    """One person's level in one competency on a day. `cadre` is the person's present one."""
    rating, skill, domain, person, where = (
        raw["rating"],
        raw["competency"],
        raw["domain"],
        raw["person"],
        Where(raw),
    )
    joined = (
        rating.left_join(skill, rating.competency_id == skill.id)
        .left_join(domain, skill.domain_id == domain.id)
        .left_join(person, rating.person_id == person.id)
    )
    return where.joined(joined, rating.place_id).select(
        rating_uid=rating.id,
        programme_id=rating.programme_id,
        person_id=rating.person_id,
        cadre=person.cadre,
        rater_id=rating.rater_id,
        competency_id=rating.competency_id,
        competency=skill.code,
        topic=domain.code,
        level=rating.level,
        pass_level=skill.pass_level,
        must_pass=skill.must_pass,
        recheck_days=skill.recheck_days,
        basis=rating.basis,
        because=rating.because,
        rated_on=rating.rated_on,
        is_own=rating.is_own,
        encounter_uid=rating.encounter_uid,
        submission_uid=rating.submission_id,
        **where.columns,
    )


def rating_levels(raw: Raw) -> Table:
    """The same ratings without what they are of and where: one person's history is looked up in an index alone."""
    rating = raw["rating"]
    return rating.select(
        rating_uid=rating.id,
        programme_id=rating.programme_id,
        person_id=rating.person_id,
        competency_id=rating.competency_id,
        level=rating.level,
        rated_on=rating.rated_on,
        is_own=rating.is_own,
    )


def needs(raw: Raw) -> Table:
    """Something a site lacked. `met_on` is the day it was seen or decided met; `is_wrong` was decided a mistake."""
    need, where = raw["need"], Where(raw)
    decided_met = (need.outcome == "met").ifelse(need.decided_on, ibis.null("date"))
    return where.joined(need, need.place_id).select(
        need_uid=need.id,
        programme_id=need.programme_id,
        kind=need.kind,
        item=need.item,
        found_on=need.found_on,
        met_on=ibis.cases(
            (need.seen_met_on.isnull(), decided_met),
            (decided_met.notnull() & (decided_met < need.seen_met_on), decided_met),
            else_=need.seen_met_on,
        ),
        is_wrong=need.outcome == "wrong",
        encounter_uid=need.encounter_uid,
        submission_uid=need.submission_id,
        **where.columns,
    )


def actions(raw: Raw) -> Table:
    """An agreed action. `outcome` is open, done or dropped; `closed_on` the day that was decided."""
    action, where = raw["agreedaction"], Where(raw)
    is_closed = action.outcome.isin(["done", "dropped"])
    return where.joined(action, action.place_id).select(
        action_uid=action.id,
        programme_id=action.programme_id,
        owner_id=action.owner_id,
        topic=action.topic,
        agreed_on=action.agreed_on,
        due_on=action.due_on,
        outcome=is_closed.ifelse(action.outcome, "open"),
        closed_on=is_closed.ifelse(action.decided_on, ibis.null("date")),
        encounter_uid=action.encounter_uid,
        submission_uid=action.submission_id,
        **where.columns,
    )
