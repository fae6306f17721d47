"""What became of people: figures and milestones, and times in employment."""

from __future__ import annotations

import ibis

from mlezi.evaluation.datasets.where import Raw, Table, Where


def outcomes(raw: Raw) -> Table:
    """One thing known of a person on a day. `on_day` is empty for a milestone that is not reached yet."""
    outcome, person = raw["outcome"], raw["person"]
    return outcome.left_join(person, outcome.person_id == person.id).select(
        outcome_uid=outcome.id,
        programme_id=outcome.programme_id,
        person_id=outcome.person_id,
        participant=person.uid.cast("string").replace("-", ""),
        cadre=person.cadre,
        kind=outcome.kind,
        on_day=outcome.on_day,
        due_on=outcome.due_on,
        value=outcome.value,
        unit=outcome.unit,
        label=outcome.label,
        submission_uid=outcome.submission_id,
    )


def spells(raw: Raw) -> Table:
    """A time in employment of somebody who takes or took part, or is on the register.

    What a person told in a form holds before the posts on their file. `reason` "transfer" ends a spell, not the
    employment. `from_on` is empty where nobody wrote it down.
    """
    told, post, member, person = raw["spell"], raw["post"], raw["enrolment"], raw["person"]
    columns = ("programme_id", "person_id", "place_id", "cadre", "from_on", "to_on", "reason")
    members = member.select("programme_id", "person_id").distinct()
    filed = post.join(members, post.person_id == members.person_id).select(
        members.programme_id, post.person_id, post.place_id, post.cadre, post.from_on, post.to_on, post.reason
    )
    own = told.select(*columns)
    said = told.select("programme_id", "person_id").distinct()
    filed = filed.anti_join(said, ["programme_id", "person_id"])
    every = ibis.union(filed.select(*columns), own)
    where = Where(raw)
    return where.joined(every.left_join(person, every.person_id == person.id), every.place_id).select(
        programme_id=every.programme_id,
        person_id=every.person_id,
        participant=person.uid.cast("string").replace("-", ""),
        cadre=every.cadre,
        from_on=every.from_on,
        to_on=every.to_on,
        reason=every.reason,
        **where.columns,
    )
