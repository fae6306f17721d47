"""Who is in a study: the register read once, every rule applied in turn, and how many each rule left out.

Runs in DuckDB over raw datasets that hold person ids; what leaves is a table without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mlezi.studies.plan import Comparison, Group, Study

Ranges = Mapping[str, tuple[str, str]]  # a place's code → the range of paths under it


def who(alias: str, columns: Sequence[str]) -> str:
    """Whom a row is about: the person, or the code they chose when nobody knows the person."""
    if "participant" in columns:
        return f"coalesce('p' || {alias}.person_id, 'c' || nullif({alias}.participant::VARCHAR, ''))"
    return f"'p' || {alias}.person_id"


def enrolled(duck: Any, plan: Study, shapes: Mapping[str, Sequence[str]]) -> None:
    """Table `enrolled`: one row for each person of the population, before any rule but their part."""
    part = plan.population.part
    kept = "true" if part in ("everybody", "respondents") else f"part = '{part}'"
    duck.execute(
        f"""
        CREATE TABLE members AS
        SELECT 'p' || person_id AS who, person_id, arg_min(part, k) AS part, arg_min(cadre, k) AS cadre,
            arg_min(cohort_id, k) AS cohort_id, min(from_on) AS entered_on,
            CASE WHEN count(*) FILTER (to_on IS NULL) = 0 THEN max(to_on) END AS left_on,
            CASE WHEN count(*) FILTER (to_on IS NULL) = 0 THEN arg_max(reason, to_on) END AS left_because
        FROM (SELECT *, (from_on, membership_id) AS k FROM raw_memberships WHERE {kept}) GROUP BY person_id
        """  # noqa: S608 - literals of the schema
    )
    found = ["SELECT who FROM members"]
    seen = {
        "responses": "answered_on",
        "invitations": "asked_on",
        "scores": "answered_on",
        "outcomes": "on_day",
        "spells": "from_on",
    }
    elsewhere = []
    if part == "respondents":
        for name, day in seen.items():
            if name in shapes:
                cadre = "cadre" if "cadre" in shapes[name] else "NULL"
                place = (
                    "place_id, path, district_id, region_id"
                    if "district_id" in shapes[name]
                    else ("place_id, path, NULL, NULL" if "path" in shapes[name] else "NULL, NULL, NULL, NULL")
                )
                elsewhere.append(
                    f"SELECT {who('r', shapes[name])}, r.person_id, {cadre}, {day}, {place} FROM raw_{name} r"  # noqa: S608
                )
    sighted = " UNION ALL ".join(elsewhere) or "SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL WHERE false"
    duck.execute(
        f"CREATE TABLE sighted AS SELECT who, any_value(person_id) AS person_id, max(cadre) AS cadre, "  # noqa: S608
        "min(day) AS first_on, arg_min(place_id, day) AS place_id, arg_min(path, day) AS path, "
        "arg_min(district_id, day) AS district_id, arg_min(region_id, day) AS region_id "
        f"FROM ({sighted}) AS s(who, person_id, cadre, day, place_id, path, district_id, region_id) "
        "WHERE who IS NOT NULL GROUP BY who"
    )
    found.append("SELECT who FROM sighted")
    duck.execute(
        f"""
        CREATE TABLE enrolled AS
        WITH everybody AS ({" UNION ".join(found)}),
        placed AS (
            SELECT m.who, p.place_id, p.path, p.district_id, p.region_id, p.cadre, row_number() OVER (
                PARTITION BY m.who ORDER BY
                (coalesce(p.from_on, DATE '1900-01-01') <= m.entered_on
                 AND coalesce(p.to_on, DATE '9999-01-01') >= m.entered_on) DESC, p.from_on, p.post_id) AS place_no
            FROM members m JOIN raw_posts p ON p.person_id = m.person_id
        )
        SELECT e.who, coalesce(m.person_id, s.person_id) AS person_id, coalesce(m.part, '') AS part,
            coalesce(nullif(m.cadre, ''), nullif(s.cadre, ''), nullif(p.cadre, ''), '') AS cadre,
            m.cohort_id, coalesce(m.entered_on, s.first_on) AS entered_on, m.left_on,
            coalesce(m.left_because, '') AS left_because,
            coalesce(p.place_id, s.place_id) AS place_id, coalesce(p.path, s.path) AS path,
            coalesce(p.district_id, s.district_id) AS district_id, coalesce(p.region_id, s.region_id) AS region_id
        FROM everybody e LEFT JOIN members m USING (who) LEFT JOIN sighted s USING (who)
        LEFT JOIN placed p ON p.who = e.who AND p.place_no = 1
        """  # noqa: S608
    )


def narrowed(duck: Any, plan: Study, ranges: Ranges, cohorts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Table `eligible`, and how many were left after each rule: (rule, people), the first is all."""
    rules = list(_rules(plan, ranges, cohorts))
    steps = [("enrolled", _count(duck, "enrolled"))]
    duck.execute("CREATE TABLE eligible AS SELECT * FROM enrolled")
    for name, condition in rules:
        duck.execute(f"DELETE FROM eligible WHERE NOT coalesce({condition}, false)")  # noqa: S608
        steps.append((name, _count(duck, "eligible")))
    return steps


def _count(duck: Any, table: str) -> int:
    return int(duck.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


def _rules(plan: Study, ranges: Ranges, cohorts: Mapping[str, int]) -> Any:
    people = plan.population
    if people.cadres:
        yield "cadres", _among("cadre", people.cadres)
    if people.places:
        yield "places", _under(people.places, ranges)
    if people.cohorts:
        yield "cohorts", _cohort(people.cohorts, cohorts)
    if people.enrolled_from:
        yield "enrolled_from", f"entered_on >= DATE '{people.enrolled_from}'"
    if people.enrolled_until:
        yield "enrolled_until", f"entered_on <= DATE '{people.enrolled_until}'"
    if people.attended_at_least:
        types = f"AND {_among('type', people.attended)}" if people.attended else ""
        per = "date_trunc('month', held_on)" if people.attended_per == "month" else "1"
        yield (
            "attended",
            (
                f"person_id IN (SELECT person_id FROM raw_attendances WHERE is_present AND is_held {types} "  # noqa: S608
                f"GROUP BY person_id, {per} HAVING count(DISTINCT encounter_uid) >= {people.attended_at_least})"
            ),
        )


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _among(column: str, values: Sequence[str]) -> str:
    return f"{column} IN ({', '.join(quoted(one) for one in values)})"


def _under(codes: Sequence[str], ranges: Ranges) -> str:
    known = [ranges[code] for code in codes if code in ranges]
    return "(" + (" OR ".join(f"(path >= '{low}' AND path < '{high}')" for low, high in known) or "false") + ")"


def _cohort(codes: Sequence[str], cohorts: Mapping[str, int]) -> str:
    return "cohort_id IN (" + (", ".join(str(cohorts[code]) for code in codes if code in cohorts) or "NULL") + ")"


def side(comparison: Comparison, ranges: Ranges, cohorts: Mapping[str, int], *, of_sites: bool = False) -> str | None:
    """The expression that says to which group of a comparison a row belongs; None when the register cannot say."""
    if comparison.factor:
        return None
    if comparison.by:
        column = {"site": "site", "district": "district", "region": "region"}.get(comparison.by, comparison.by)
        return None if of_sites and column not in ("site", "district", "region") else column
    cases = []
    for group in comparison.groups:
        condition = _fits(group, ranges, cohorts, of_sites=of_sites)
        if condition is None:
            return None
        cases.append(f"WHEN {condition} THEN {quoted(group.code)}")
    return f"CASE {' '.join(cases)} END"


def _fits(group: Group, ranges: Ranges, cohorts: Mapping[str, int], *, of_sites: bool) -> str | None:
    parts = []
    if of_sites and (group.cadres or group.cohorts or group.enrolled_from or group.enrolled_until):
        return None
    if group.places:
        parts.append(_under(group.places, ranges))
    if group.cadres:
        parts.append(_among("cadre", group.cadres))
    if group.cohorts:
        parts.append(_cohort(group.cohorts, cohorts))
    if group.enrolled_from:
        parts.append(f"entered_on >= DATE '{group.enrolled_from}'")
    if group.enrolled_until:
        parts.append(f"entered_on <= DATE '{group.enrolled_until}'")
    return " AND ".join(parts) if parts else "true"
