"""From a few choices to a whole plan: the designer's answers become the same data that `study.yaml` holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mlezi.programmes.models import Programme
from mlezi.studies.plan import Study


@dataclass(frozen=True)
class Wanted:
    """What somebody chose in the designer. `measures` are keys of `measures_of`."""

    code: str
    title: Mapping[str, str]
    question: Mapping[str, str]
    changes_mind: str
    design: str
    part: str
    cadres: Sequence[str]
    attended_at_least: int | None
    measures: Sequence[str]
    instrument_waves: Sequence[str]
    change_on: date | None
    compare: str
    sessions: int | None
    multiplicity: str
    minimum_group: int
    codebooks: Sequence[str] = ()  # whose themes stand beside the numbers


def measures_of(programme: Programme, titles: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Every measure this programme can have, by key, as a plan would name it. `titles`: of topics and instruments."""
    blueprint = programme.blueprint
    found: dict[str, dict[str, Any]] = {}
    for one in blueprint.get("instruments") or []:
        for scale in [*one.get("scales", []), *one.get("tests", [])]:
            code = _code(f"{one['form']}-{scale['code']}")
            found[code] = {
                "code": code,
                "title": scale.get("title") or {"en": scale["code"].replace("_", " ")},
                "of": "score",
                "instrument": one["form"],
                "scale": scale["code"],
                **_ends(scale),
            }
    for topic, title in titles.items():
        code = _code(f"level-{topic}")
        found[code] = {"code": code, "title": title, "of": "rating", "topic": topic, "lowest": 1}
    found["level"] = {
        "code": "level",
        "title": {"en": "Mean level in all topics", "sw": "Kiwango cha wastani cha mada zote"},
        "of": "rating",
        "lowest": 1,
    }
    found["sessions"] = {
        "code": "sessions",
        "title": {"en": "Encounters attended", "sw": "Vikao alivyohudhuria"},
        "of": "sessions",
    }
    return found


def _ends(scale: Mapping[str, Any]) -> dict[str, float]:
    if "keys" in scale or scale.get("combine") == "percent":
        return {"lowest": 0, "highest": 100}
    if scale.get("combine", "mean") == "mean" and "range" in scale:
        return {"lowest": float(scale["range"][0]), "highest": float(scale["range"][1])}
    return {}


def _code(text: str) -> str:
    plain = "".join(one if one.isalnum() or one in "-_" else "-" for one in text.lower())
    return (plain if plain[:1].isalpha() else f"m-{plain}")[:60]


def proposed(wanted: Wanted, known: Mapping[str, dict[str, Any]]) -> Study:
    """The plan that these choices amount to. Raises pydantic's ValidationError for what cannot be."""
    chosen = [dict(known[key]) for key in wanted.measures if key in known]
    times = list(_times(wanted))
    is_twice = len(times) > 1
    comparison = (
        [{"code": f"by-{wanted.compare}", "title": wanted.compare, "by": wanted.compare}] if wanted.compare else []
    )
    plan: dict[str, Any] = {
        "code": wanted.code,
        "title": wanted.title,
        "design": wanted.design,
        "questions": [
            {
                "code": "main",
                "title": wanted.question,
                "primary": True,
                **({"changes_mind": wanted.changes_mind} if wanted.changes_mind else {}),
            }
        ],
        "population": {
            "part": wanted.part,
            "cadres": list(wanted.cadres),
            "attended_at_least": wanted.attended_at_least,
        },
        "times": times,
        "outcomes": chosen,
        "comparisons": comparison,
        "multiplicity": wanted.multiplicity,
        "minimum_group": wanted.minimum_group,
        "analyses": list(_analyses(wanted, chosen, is_twice=is_twice)),
    }
    if wanted.sessions:
        plan["exposure"] = {"title": {"en": "Encounters", "sw": "Vikao"}, "sessions": wanted.sessions}
    return Study.model_validate(plan)


def _times(wanted: Wanted) -> Iterator[dict[str, Any]]:
    if len(wanted.instrument_waves) > 1:
        for wave in wanted.instrument_waves:
            yield {"code": _code(wave), "title": wave, "wave": wave}
    elif wanted.change_on:
        before = wanted.change_on - timedelta(days=1)
        yield {"code": "before", "title": {"en": "Before", "sw": "Kabla"}, "to_on": before.isoformat()}
        yield {"code": "after", "title": {"en": "After", "sw": "Baada"}, "from_on": wanted.change_on.isoformat()}


def _analyses(wanted: Wanted, chosen: Sequence[Mapping[str, Any]], *, is_twice: bool) -> Iterator[dict[str, Any]]:
    groups = {"compare": f"by-{wanted.compare}"} if wanted.compare else {}
    for measure in chosen:
        code = measure["code"]
        common = {"outcome": code, "question": "main"}
        if measure["of"] == "score" and is_twice:
            yield {"code": f"answered-{code}"[:60], "do": "flow", **common}
        if is_twice and measure["of"] != "sessions":
            ends = [one["code"] for one in _times(wanted)]
            yield {
                "code": f"change-{code}"[:60],
                "do": "paired_change",
                **common,
                **groups,
                "from": ends[0],
                "to": ends[-1],
            }
            if wanted.sessions:
                yield {"code": f"dose-{code}"[:60], "do": "dose_outcome", **common, "from": ends[0], "to": ends[-1]}
        else:
            yield {"code": f"mean-{code}"[:60], "do": "mean", **common, **groups}
            if groups and measure["of"] != "sessions":
                yield {"code": f"groups-{code}"[:60], "do": "groups", **common, **groups}
    if wanted.sessions:
        yield {"code": "dose", "do": "dose", "question": "main", **groups}
    if groups:
        yield {"code": "reached", "do": "equity", "question": "main", **groups}
    for book in wanted.codebooks:
        yield {"code": _code(f"said-{book}"), "do": "themes", "question": "main", "options": {"codebook": book}}
    if wanted.design == "retention_cohort":
        yield {"code": "staying", "do": "retention", "question": "main", **groups}
