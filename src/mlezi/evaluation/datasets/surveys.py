"""What people answered, how it scored, and who was asked. Only what stands counts: one a person and wave.

`participant` joins a person's answers over time. It is the person's uid in hexadecimal, or, where the instrument
is self-coded or anonymous, a key that leads to nobody; `person_id` is empty then.
"""

from __future__ import annotations

from typing import Any

from mlezi.evaluation.datasets.where import Raw, Table, Where


def _standing(raw: Raw) -> tuple[Table, Table, Table]:
    filled, standing = raw["filled"], raw["standing"]
    return filled, standing, filled.join(standing, filled.id == standing.filled_id)


def _who(filled: Table, where: Where) -> dict[str, Any]:
    return {
        "programme_id": filled.programme_id,
        "instrument": filled.instrument,
        "wave": filled.wave,
        "occasion": filled.occasion,
        "participant": filled.participant,
        "person_id": filled.person_id,
        "cadre": filled.cadre,
        "answered_on": filled.answered_on,
        **where.columns,
    }


def responses(raw: Raw) -> Table:
    """One answer to one question; a row a choice where several may be chosen. `number` is empty for words."""
    answer, where = raw["answer"], Where(raw)
    filled, _, standing = _standing(raw)
    joined = where.joined(standing.join(answer, filled.id == answer.filled_id), filled.place_id)
    return joined.select(
        submission_uid=answer.submission_id,
        question=answer.question,
        choice=answer.choice,
        number=answer.number,
        **_who(filled, where),
    )


def scores(raw: Raw) -> Table:
    """One scale or test of one filled instrument. `score` is empty where too little was answered."""
    scored, where = raw["scalescore"], Where(raw)
    filled, _, standing = _standing(raw)
    joined = where.joined(standing.join(scored, filled.id == scored.filled_id), filled.place_id)
    return joined.select(
        submission_uid=scored.submission_id,
        scale=scored.scale,
        score=scored.score,
        n_items=scored.n_items,
        n_answered=scored.n_answered,
        band=scored.band,
        **_who(filled, where),
    )


def invitations(raw: Raw) -> Table:
    """Who was asked what, when. The base of a response rate; `is_answered` also where the day must not be known."""
    asked, person, filled, standing, where = (
        raw["invitation"],
        raw["person"],
        raw["filled"],
        raw["standing"],
        Where(raw),
    )
    mine = filled.join(standing, filled.id == standing.filled_id).select(
        filled.programme_id, filled.instrument, filled.wave, filled.occasion, filled.person_id, filled.answered_on
    )
    keys = ("programme_id", "instrument", "wave", "occasion", "person_id")
    joined = asked.left_join(mine, [asked[key] == mine[key] for key in keys]).left_join(
        person, asked.person_id == person.id
    )
    return where.joined(joined, asked.place_id).select(
        invitation_uid=asked.id,
        programme_id=asked.programme_id,
        instrument=asked.instrument,
        wave=asked.wave,
        occasion=asked.occasion,
        participant=person.uid.cast("string").replace("-", ""),
        person_id=asked.person_id,
        cadre=asked.cadre,
        due_on=asked.due_on,
        closes_on=asked.closes_on,
        asked_on=asked.asked_on,
        answered_on=mine.answered_on,
        is_answered=mine.answered_on.notnull() | asked.is_used,
        channel=asked.channel,
        **where.columns,
    )
