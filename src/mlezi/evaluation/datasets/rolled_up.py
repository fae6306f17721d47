"""Datasets kept in tables of their own, for large pages; see `rollups`."""

from __future__ import annotations

from mlezi.evaluation.datasets.where import Raw, Table, Where


def person_months(raw: Raw) -> Table:
    """A rollup: what a person received in a month, wherever it was."""
    return raw["personmonth"].select("programme_id", "person_id", "month", "encounters", "known", "minutes")


def current_ratings(raw: Raw) -> Table:
    """A rollup: the latest rating by somebody else of a person in a competency."""
    return raw["currentrating"].select("programme_id", "person_id", "competency_id", "place_id", "level", "rated_on")


def level_cube(raw: Raw) -> Table:
    """A rollup: how many current ratings there are and how many reach the level."""
    cell, where = raw["levelcube"], Where(raw)
    return where.joined(cell, cell.place_id).select(
        programme_id=cell.programme_id,
        topic=cell.topic,
        cadre=cell.cadre,
        rated=cell.rated,
        passed=cell.passed,
        **where.columns,
    )
