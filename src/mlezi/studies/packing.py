"""From raw rows to the files of a snapshot: keys for ids, rounded days, rare values hidden, one settled order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from mlezi.studies import canonical, eligible, keys
from mlezi.studies.frozen import FROZEN, OTHER, Frozen
from mlezi.studies.plan import Study

PARTED = 200_000  # a dataset with more rows than this is kept in one file a month
ROW_GROUP = 122_880
Shapes = Mapping[str, Sequence[str]]
Where = tuple[eligible.Ranges, Mapping[str, int]]  # paths of places, ids of cohorts


class Packing:
    """One snapshot being written. `left_out` counts rows and values that were not frozen, by reason."""

    def __init__(self, duck: Any, plan: Study, *, salt: bytes, shapes: Shapes, places: Where, as_of: date) -> None:
        ranges, cohorts = places
        self.duck, self.plan, self.salt, self.shapes = duck, plan, salt, shapes
        self.ranges, self.cohorts, self.as_of = ranges, cohorts, as_of
        self.left_out: dict[str, int] = {}

    # --- people ---

    def people(self) -> None:
        """Table `participants`, and `keyed`: whom each key stands for, which stays in memory."""
        code = " ".join(f"WHEN {number} THEN {eligible.quoted(name)}" for name, number in self.cohorts.items())
        cohort = f"CASE cohort_id {code} ELSE '' END" if code else "''"
        self.duck.execute(
            f"CREATE TABLE keyed AS SELECT *, {keys.in_sql(self.salt, 'P', 'who')} AS participant, "  # noqa: S608
            f"{self._place('place_id')} AS site, {self._place('district_id')} AS district, "
            f"{self._place('region_id')} AS region, {cohort} AS cohort FROM eligible"
        )
        self._hide_rare("keyed", "cadre", "participant")
        self._hide_rare("keyed", "left_because", "participant")
        self._hide_rare("keyed", "cohort", "participant")
        sides = "".join(f", ({said}) AS g_{_name(code)}" for code, said in self._sides(of_sites=False))
        self.duck.execute(
            f"CREATE TABLE participants AS SELECT participant, part, cadre, cohort, site, district, region, "  # noqa: S608
            f"{self._day('entered_on')} AS entered_on, {self._day('left_on')} AS left_on, "
            f"left_because{sides} FROM keyed"
        )

    def _sides(self, *, of_sites: bool) -> Iterator[tuple[str, str]]:
        for one in self.plan.comparisons:
            said = eligible.side(one, self.ranges, self.cohorts, of_sites=of_sites)
            if said is not None:
                yield one.code, said

    def _place(self, column: str) -> str:
        return f"CASE WHEN {column} IS NOT NULL THEN {keys.in_sql(self.salt, 'S', column)} ELSE '' END"

    def _day(self, column: str) -> str:
        return column if self.plan.dates == "day" else f"date_trunc('{self.plan.dates}', {column})::DATE"

    def _hide_rare(self, table: str, column: str, person: str) -> None:
        declared = [one.label for one in self.plan.measures.values() if column == "label" and one.label]
        kept = ", ".join(eligible.quoted(one) for one in ["", *declared])
        hidden = self.duck.execute(
            f"UPDATE {table} SET {column} = '{OTHER}' WHERE {column} NOT IN ({kept}) AND {column} NOT IN "  # noqa: S608
            f"(SELECT {column} FROM {table} WHERE {column} IS NOT NULL GROUP BY {column} "
            f"HAVING count(DISTINCT {person}) >= {self.plan.minimum_group})"
        ).fetchone()
        if hidden and hidden[0]:
            self.left_out[f"{table}.{column} too rare"] = int(hidden[0])

    # --- datasets ---

    def write(self, folder: Path) -> dict[str, dict[str, Any]]:
        """Every dataset as Parquet under `folder`; returns each file with its rows and fingerprint."""
        folder.mkdir(parents=True, exist_ok=True)
        files: dict[str, dict[str, Any]] = {}
        for name in ("participants", *(one for one in FROZEN if one in self.shapes)):
            if name != "participants":
                self._build(name, FROZEN[name])
            source = "participants" if name == "participants" else f"frozen_{name}"
            rows = int(self.duck.execute(f"SELECT count(*) FROM {source}").fetchone()[0])  # noqa: S608
            month = FROZEN[name].month if name in FROZEN else ""
            for file, where in self._files(source, name, rows, month):
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                self.duck.execute(
                    f"COPY (SELECT * FROM {source} {where} ORDER BY ALL) TO '{target}' "  # noqa: S608
                    f"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
                )
                count = self.duck.execute(f"SELECT count(*) FROM {source} {where}").fetchone()[0]  # noqa: S608
                files[f"data/{file}"] = {"dataset": name, "rows": int(count), "sha256": canonical.sha256_of(target)}
        return files

    def _files(self, source: str, name: str, rows: int, month: str) -> Iterator[tuple[str, str]]:
        if rows <= PARTED or not month:
            yield f"{name}.parquet", ""
            return
        found = self.duck.execute(
            f"SELECT DISTINCT strftime({month}, '%Y-%m') FROM {source} ORDER BY ALL"  # noqa: S608
        ).fetchall()
        for (one,) in found:
            if one is None:
                yield f"{name}/undated.parquet", f"WHERE {month} IS NULL"
            else:
                yield f"{name}/{one}.parquet", f"WHERE strftime({month}, '%Y-%m') = '{one}'"

    def _build(self, name: str, frozen: Frozen) -> None:
        if self.duck.execute(f"SELECT count(*) FROM duckdb_tables() WHERE table_name = 'frozen_{name}'").fetchone()[0]:  # noqa: S608
            return
        shape = self.shapes[name]
        columns = ["k.participant"] if frozen.about_people else []
        if frozen.by_site and "place_id" in shape:
            columns.append(f"{self._place('r.place_id')} AS site")
        if name == "sites":
            columns += [f"{self._place(f'r.{one}_id')} AS {one}" for one in ("district", "region")]
        if frozen.encounter:
            columns.append(f"{keys.in_sql(self.salt, 'E', 'r.encounter_uid')} AS encounter")
        columns += [f"r.{one}" for one in (*frozen.keep, *frozen.rare) if one in shape]
        columns += [f"{self._day(f'r.{one}')} AS {one}" for one in frozen.days if one in shape]
        join = ""
        if frozen.about_people:
            person = eligible.who("r", shape)
            join = f"JOIN keyed k ON k.who = {person}"
        if frozen.closed:
            join += " JOIN closed c ON c.instrument = r.instrument AND c.question = r.question"
        self.duck.execute(
            f"CREATE TABLE frozen_{name} AS SELECT {', '.join(columns)} FROM raw_{name} r {join} "  # noqa: S608
            f"WHERE {self._in_period(frozen, shape)}"
        )
        for one in frozen.rare:
            if one in shape and frozen.about_people:
                self._hide_rare(f"frozen_{name}", one, "participant")
        if not frozen.about_people and "place_id" in shape:
            self._sided(name)

    def _in_period(self, frozen: Frozen, shape: Sequence[str]) -> str:
        if not frozen.period or frozen.period not in shape:
            return "true"
        parts = [f"r.{frozen.period} <= DATE '{self.as_of}'"]
        if self.plan.from_on:
            parts.append(f"r.{frozen.period} >= DATE '{self.plan.from_on}'")
        return f"(r.{frozen.period} IS NULL OR ({' AND '.join(parts)}))"

    def _sided(self, name: str) -> None:
        """Which side of each comparison a site stands on, told by its place."""
        sides = list(self._sides(of_sites=True))
        if not sides or name != "sites":
            return
        for code, said in sides:
            self.duck.execute(f"ALTER TABLE frozen_sites ADD COLUMN g_{_name(code)} VARCHAR")
            self.duck.execute(
                f"UPDATE frozen_sites AS f SET g_{_name(code)} = s.side FROM (SELECT {self._place('place_id')} AS key, "  # noqa: S608
                f"any_value({said}) AS side FROM (SELECT place_id, path, {self._place('place_id')} AS site, "
                f"{self._place('district_id')} AS district, {self._place('region_id')} AS region FROM raw_sites) "
                "GROUP BY 1) AS s WHERE f.site = s.key"
            )

    def privacy(self) -> dict[str, Any]:
        """The rules by which this snapshot was de-identified, in words a stranger can check."""
        return {
            "persons": "keys that hold for this snapshot only; the salt is kept apart; no names, no contacts",
            "places": "keys that hold for this snapshot only",
            "text": "free text is not frozen",
            "dates": f"rounded to the {self.plan.dates}",
            "minimum_group": self.plan.minimum_group,
            "rare": f"values held by fewer than {self.plan.minimum_group} people are {OTHER}",
        }


def _name(code: str) -> str:
    return code.replace("-", "_")
