"""The stable columns that every indicator, report and study reads.

Each dataset is one function from raw tables to a wide table: an indicator needs no join to reach scope
(`programme_id`, `path`) or period (a local day). The schema is the contract: stored copies hold exactly
these columns. Nobody's name or contact is in here.

Whatever is looked up by a key is joined with LEFT JOIN, although it is always there: both planners drop
such a join from a statement that uses none of its columns.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import ibis

from mlezi.evaluation import raw
from mlezi.evaluation.operations import bind, utc_day

Raw = Mapping[str, Any]
Table = Any


class Datasets(Mapping[str, Table]):
    """Datasets by name, each built when first asked for. `live` reads a database, `stored` a copy."""

    def __init__(self, make: Callable[[str], Table], names: tuple[str, ...]) -> None:
        self._make = functools.cache(make)
        self._names = names

    def __getitem__(self, name: str) -> Table:
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __getattr__(self, name: str) -> Table:
        if name not in self._names:
            raise AttributeError(f"there is no dataset {name!r}")
        return self._make(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


@functools.cache
def live(vendor: str) -> Datasets:
    """The datasets over the tables of a database, "sqlite" or "postgresql"."""
    tables = raw.tables(vendor)
    return Datasets(lambda name: DATASETS[name](tables), tuple(DATASETS))


@functools.cache
def stored() -> Datasets:
    """The same datasets as tables of their own name, as a copy holds them for DuckDB."""
    shapes = live("postgresql")
    return Datasets(lambda name: ibis.table(shapes[name].schema(), name=name), tuple(DATASETS))


class _Where:
    """A chain from a row's place up the tree. `columns` are what every dataset says about where.

    The joins stand flat beside the dataset's own, so that both planners drop those an indicator does not
    use. Four floors above a place are searched for its district and region.
    """

    def __init__(self, raw: Raw) -> None:
        self.chain = [raw["place"].view() for _ in range(4)]

    def joined(self, table: Table, place_id: Any) -> Table:
        table = table.left_join(self.chain[0], place_id == self.chain[0].id)
        for child, parent in zip(self.chain, self.chain[1:], strict=False):
            table = table.left_join(parent, child.parent_id == parent.id)
        return table

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "place_id": self.chain[0].id,
            "path": self.chain[0].path,
            "district_id": self._at(bind("district_level", "int64")),
            "region_id": self._at(bind("region_level", "int64")),
        }

    def _at(self, level: Any) -> Any:
        return ibis.cases(*((place.level_id == level, place.id) for place in self.chain))


def places(raw: Raw) -> Table:
    """Every place with the district and region it belongs to."""
    where = _Where(raw)
    first, *above = where.chain
    table = first
    for child, parent in zip(where.chain, above, strict=False):
        table = table.left_join(parent, child.parent_id == parent.id)
    return table.select(**where.columns, level_id=first.level_id, opened_on=first.opened_on, closed_on=first.closed_on)


def sites(raw: Raw) -> Table:
    """A place that takes part in a programme, from `from_on` to `to_on` (the last day)."""
    site, where = raw["site"], _Where(raw)
    return where.joined(site, site.place_id).select(
        site_id=site.id,
        programme_id=site.programme_id,
        from_on=site.from_on,
        to_on=site.to_on,
        volume=site.volume,
        **where.columns,
    )


def encounters(raw: Raw) -> Table:
    """One meeting. `is_held` is false when a form said it did not take place."""
    meeting, kind, where = raw["encounter"], raw["encountertype"], _Where(raw)
    joined = where.joined(meeting.left_join(kind, meeting.type_id == kind.id), meeting.place_id)
    return joined.select(
        encounter_uid=meeting.uid,
        programme_id=meeting.programme_id,
        type=kind.code,
        mode=meeting.mode,
        lead_id=meeting.lead_id,
        held_on=meeting.held_on,
        is_held=meeting.cancelled_because == "",
        minutes=meeting.minutes,
        planned_uid=meeting.planned_uid,
        planned_minutes=meeting.planned_minutes,
        n_participants=meeting.n_participants,
        days_to_receipt=meeting.days_to_receipt,
        received_on=utc_day(meeting.first_received_at),
        is_backfilled=meeting.is_backfilled,
        has_conflict=meeting.has_conflict,
        **where.columns,
    )


def attendances(raw: Raw) -> Table:
    """One person at one encounter. `minutes` are the person's own, or else the encounter's; empty is unknown."""
    seat, meeting, kind, where = raw["attendance"], raw["encounter"], raw["encountertype"], _Where(raw)
    joined = seat.join(meeting, seat.encounter_id == meeting.uid).left_join(kind, meeting.type_id == kind.id)
    return where.joined(joined, meeting.place_id).select(
        attendance_uid=seat.id,
        encounter_uid=seat.encounter_id,
        programme_id=meeting.programme_id,
        person_id=seat.person_id,
        part=seat.part,
        cadre=seat.cadre,
        is_present=seat.is_present,
        minutes=seat.minutes.coalesce(meeting.minutes),
        type=kind.code,
        mode=meeting.mode,
        held_on=meeting.held_on,
        is_held=meeting.cancelled_because == "",
        **where.columns,
    )


def topics(raw: Raw) -> Table:
    """A topic that an encounter touched."""
    covered, meeting, where = raw["coveredtopic"], raw["encounter"], _Where(raw)
    joined = covered.join(meeting, covered.encounter_id == meeting.uid)
    return where.joined(joined, meeting.place_id).select(
        encounter_uid=covered.encounter_id,
        topic=covered.topic,
        programme_id=meeting.programme_id,
        held_on=meeting.held_on,
        is_held=meeting.cancelled_because == "",
        **where.columns,
    )


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
        _Where(raw),
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


def _newest(decisions: Table, key: str) -> Table:
    """The newest decision of each subject: the last one written holds."""
    later = decisions.view()
    return decisions.anti_join(
        later,
        [
            decisions[key] == later[key],
            (later.decided_at > decisions.decided_at)
            | ((later.decided_at == decisions.decided_at) & (later.id > decisions.id)),
        ],
    )


def needs(raw: Raw) -> Table:
    """Something a site lacked. `met_on` is the day it was seen or decided met; `is_wrong` was decided a mistake."""
    need, where = raw["need"], _Where(raw)
    decision = _newest(raw["needdecision"], "need_id")
    joined = where.joined(need.left_join(decision, need.id == decision.need_id), need.place_id)
    decided_met = (decision.outcome == "met").ifelse(decision.decided_on, ibis.null("date"))
    return joined.select(
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
        is_wrong=(decision.outcome == "wrong").fill_null(False),
        encounter_uid=need.encounter_uid,
        submission_uid=need.submission_id,
        **where.columns,
    )


def actions(raw: Raw) -> Table:
    """An agreed action. `outcome` is open, done or dropped; `closed_on` the day that was decided."""
    action, where = raw["agreedaction"], _Where(raw)
    decision = _newest(raw["actiondecision"], "action_id")
    joined = where.joined(action.left_join(decision, action.id == decision.action_id), action.place_id)
    is_closed = decision.outcome.isin(["done", "dropped"])
    return joined.select(
        action_uid=action.id,
        programme_id=action.programme_id,
        owner_id=action.owner_id,
        topic=action.topic,
        agreed_on=action.agreed_on,
        due_on=action.due_on,
        outcome=is_closed.fill_null(False).ifelse(decision.outcome, "open"),
        closed_on=is_closed.fill_null(False).ifelse(decision.decided_on, ibis.null("date")),
        encounter_uid=action.encounter_uid,
        submission_uid=action.submission_id,
        **where.columns,
    )


def memberships(raw: Raw) -> Table:
    """A person takes part in a programme as a mentee or a mentor. Where they work stands in `posts`."""
    member, person = raw["enrolment"], raw["person"]
    return member.left_join(person, member.person_id == person.id).select(
        membership_id=member.id,
        programme_id=member.programme_id,
        person_id=member.person_id,
        part=member.part,
        cadre=person.cadre,
        cohort_id=member.cohort_id,
        from_on=member.from_on,
        to_on=member.to_on,
        reason=member.reason,
    )


def posts(raw: Raw) -> Table:
    """Where a person works, from when to when; `from_on` empty is before anybody wrote it down."""
    post, where = raw["post"], _Where(raw)
    return where.joined(post, post.place_id).select(
        post_id=post.id,
        person_id=post.person_id,
        cadre=post.cadre,
        from_on=post.from_on,
        to_on=post.to_on,
        reason=post.reason,
        **where.columns,
    )


def pairings(raw: Raw) -> Table:
    """Who mentors, coaches, sponsors or guides whom, from when to when."""
    pair = raw["pairing"]
    return pair.select("id", "programme_id", "guide_id", "learner_id", "kind", "from_on", "to_on", "reason").rename(
        pairing_id="id"
    )


def planned(raw: Raw) -> Table:
    """A meeting somebody meant to hold, with its type's usual length where none was given."""
    plan, kind, where = raw["plannedencounter"], raw["encountertype"], _Where(raw)
    joined = where.joined(plan.left_join(kind, plan.type_id == kind.id), plan.place_id)
    return joined.select(
        planned_uid=plan.uid,
        programme_id=plan.programme_id,
        type=kind.code,
        mode=kind.mode,
        lead_id=plan.lead_id,
        planned_on=plan.planned_on,
        planned_minutes=plan.planned_minutes.coalesce(kind.planned_minutes),
        cancelled_on=plan.cancelled_on,
        cost=plan.cost.cast("float64"),
        **where.columns,
    )


def practices(raw: Raw) -> Table:
    """Practice alone or with peers, from practice logs."""
    log, person, where = raw["practice"], raw["person"], _Where(raw)
    joined = where.joined(log.left_join(person, log.person_id == person.id), log.place_id)
    return joined.select(
        practice_uid=log.id,
        programme_id=log.programme_id,
        person_id=log.person_id,
        cadre=person.cadre,
        topic=log.topic,
        equipment=log.equipment,
        practised_on=log.practised_on,
        minutes=log.minutes,
        times=log.times,
        submission_uid=log.submission_id,
        **where.columns,
    )


def sample_checks(raw: Raw) -> Table:
    """An encounter drawn at random to be confirmed. `period` is the sampled month, as in "2026-03"."""
    check, where = raw["samplecheck"], _Where(raw)
    return where.joined(check, check.place_id).select(
        check_id=check.id,
        programme_id=check.programme_id,
        period=check.period,
        encounter_uid=check.encounter_uid,
        answer=check.answer,
        probability=check.probability,
        **where.columns,
    )


def submissions(raw: Raw) -> Table:
    """A record as it came; its bytes are not here. `received_on` is a UTC day."""
    record = raw["submission"]
    return record.select(
        submission_uid=record.id,
        programme_id=record.programme_id,
        form_id=record.form_id,
        source=record.source,
        state=record.state,
        is_current=record.is_current,
        received_on=utc_day(record.received_at),
        device_uid=record.device_id,
        sender_id=record.sender_id,
        encounter_uid=record.encounter_uid,
    )


def devices(raw: Raw) -> Table:
    """A phone in use and what it says it still holds; `unsent` empty is unknown."""
    phone, programme = raw["device"], raw["programme"]
    joined = phone.join(programme, phone.programme_code == programme.code)
    return joined.filter(phone.revoked_at.isnull()).select(
        device_uid=phone.id,
        programme_id=programme.id,
        person_id=phone.person_id,
        seen_on=utc_day(phone.last_seen_at.coalesce(phone.enrolled_at)),
        unsent=phone.unsent,
    )


def site_figures(raw: Raw) -> Table:
    """A facility's own figure for a month, from elsewhere. Stands beside mentoring; nothing is caused by it."""
    figure, where = raw["sitefigure"], _Where(raw)
    return where.joined(figure, figure.place_id).select(
        figure_id=figure.id,
        programme_id=figure.programme_id,
        month=figure.month,
        measure=figure.measure,
        value=figure.value,
        **where.columns,
    )


def person_months(raw: Raw) -> Table:
    """A rollup: what a person received in a month, wherever it was."""
    return raw["personmonth"].select("programme_id", "person_id", "month", "encounters", "known", "minutes")


def current_ratings(raw: Raw) -> Table:
    """A rollup: the latest rating by somebody else of a person in a competency."""
    return raw["currentrating"].select("programme_id", "person_id", "competency_id", "place_id", "level", "rated_on")


def level_cube(raw: Raw) -> Table:
    """A rollup: how many current ratings there are and how many reach the level."""
    cell, where = raw["levelcube"], _Where(raw)
    return where.joined(cell, cell.place_id).select(
        programme_id=cell.programme_id,
        topic=cell.topic,
        cadre=cell.cadre,
        rated=cell.rated,
        passed=cell.passed,
        **where.columns,
    )


DATASETS: Mapping[str, Callable[[Raw], Table]] = {
    function.__name__: function
    for function in (
        places,
        sites,
        encounters,
        attendances,
        topics,
        curriculum,
        ratings,
        needs,
        actions,
        memberships,
        posts,
        pairings,
        planned,
        practices,
        sample_checks,
        submissions,
        devices,
        site_figures,
        person_months,
        current_ratings,
        level_cube,
    )
}
