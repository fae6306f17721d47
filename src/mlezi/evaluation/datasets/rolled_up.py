"""Datasets kept in tables of their own, for large pages; see `rollups`."""

from __future__ import annotations

from mlezi.evaluation.datasets.where import Raw, Table, Where


def person_months(raw: Raw) -> Table:
    """A rollup: what a person received in a month, wherever it was; where they were last seen in it, and as what."""
    month, where = raw["personmonth"], Where(raw)
    return where.joined(month, month.place_id).select(
        programme_id=month.programme_id,
        person_id=month.person_id,
        month=month.month,
        encounters=month.encounters,
        known=month.known,
        minutes=month.minutes,
        cadre=month.cadre,
        last_on=month.last_on,
        **where.columns,
    )


def person_years(raw: Raw) -> Table:
    """A rollup: what a person received in a year."""
    return raw["personyear"].select("programme_id", "person_id", "year", "encounters", "known", "minutes")


def person_totals(raw: Raw) -> Table:
    """A rollup: all that a person ever received, from which day to which."""
    total = raw["persontotal"]
    return total.select("programme_id", "person_id", "encounters", "known", "minutes", "first_on", "last_on")


def last_seen(raw: Raw) -> Table:
    """The same rollup: where a person was last seen, on which day, and as what."""
    total, where = raw["persontotal"], Where(raw)
    return where.joined(total, total.place_id).select(
        programme_id=total.programme_id,
        person_id=total.person_id,
        cadre=total.cadre,
        placed_on=total.placed_on,
        **where.columns,
    )


def meeting_months(raw: Raw) -> Table:
    """A rollup: encounters held in a month, by district (or by place outside any), mode and length."""
    cell, where = raw["meetingmonth"], Where(raw)
    return where.joined(cell, cell.place_id).select(
        programme_id=cell.programme_id,
        month=cell.month,
        mode=cell["mode"],
        minutes=cell.minutes,
        held=cell.held,
        timed=cell.timed,
        late=cell.late,
        from_paper=cell.from_paper,
        **where.columns,
    )


def rating_spells(raw: Raw) -> Table:
    """A rollup: from which month until which a rating was the latest of a person in a competency."""
    spell, skill, domain, person, where = (
        raw["ratingspell"],
        raw["competency"],
        raw["domain"],
        raw["person"],
        Where(raw),
    )
    joined = (
        spell.left_join(skill, spell.competency_id == skill.id)
        .left_join(domain, skill.domain_id == domain.id)
        .left_join(person, spell.person_id == person.id)
    )
    return where.joined(joined, spell.place_id).select(
        spell_id=spell.id,
        programme_id=spell.programme_id,
        person_id=spell.person_id,
        cadre=person.cadre,
        competency_id=spell.competency_id,
        topic=domain.code,
        pass_level=skill.pass_level,
        level=spell.level,
        rated_on=spell.rated_on,
        since=spell.since,
        until=spell.until,
        **where.columns,
    )


def level_cube(raw: Raw) -> Table:
    """A rollup: how many current ratings there are and how many reach the level."""
    return _cells(raw, "levelcube")


def level_months(raw: Raw) -> Table:
    """A rollup: by how many each month changed a cell of the cube."""
    return _cells(raw, "levelmonth", "month")


def _cells(raw: Raw, name: str, *more: str) -> Table:
    cell, where = raw[name], Where(raw)
    return where.joined(cell, cell.place_id).select(
        programme_id=cell.programme_id,
        topic=cell.topic,
        cadre=cell.cadre,
        rated=cell.rated,
        passed=cell.passed,
        **{column: cell[column] for column in more},
        **where.columns,
    )
