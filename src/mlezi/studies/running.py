"""Runs a plan on a snapshot: every analysis, adjusted p-values, what is hidden, limits. Plain data come out.

Same snapshot, same plan, same results, byte for byte.
"""

from __future__ import annotations

from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from mlezi.methods.statistics.multiplicity import benjamini_hochberg, holm
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.values import BadValue
from mlezi.studies import canonical, limits, table_one
from mlezi.studies.analyses import BY_CODE
from mlezi.studies.analysis import Analysis, Asked, nothing
from mlezi.studies.data import MANIFEST, Data, opened
from mlezi.studies.found import Figure, Found, word
from mlezi.studies.guarding import guarded
from mlezi.studies.measures import NotThere
from mlezi.studies.plan import Analysis as Spec
from mlezi.studies.plan import Study

RESULTS = "results.json"
Results = dict[str, Any]


@cache
def edition() -> str:
    """A fingerprint of everything that computes: what another edition kept must be computed again."""
    package = Path(__file__).parents[1]
    files = (file for room in ("studies", "methods") for file in sorted((package / room).rglob("*.py")))
    said = [(str(file.relative_to(package)), canonical.sha256_of(file)) for file in files if "tests" not in file.parts]
    return canonical.sha256(said)[:16]


def results(folder: Path) -> Results:
    """Run everything the plan asks on the snapshot in `folder`. Raises `NotASnapshot`, `WasChanged`."""
    with opened(folder) as data:
        return of(data, canonical.sha256_of(folder / MANIFEST))


def of(data: Data, manifest_sha256: str = "") -> Results:
    plan = data.plan
    found = {spec.code: one(data, spec) for spec in plan.analyses}
    return {
        "mlezi_results": 1,
        "manifest_sha256": manifest_sha256,
        "plan_sha256": data.manifest["plan_sha256"],
        "version": version("mlezi"),
        "as_of": data.manifest["as_of"],
        "flow": data.manifest["flow"],
        "people": data.n_people,
        "table_one": table_one.made(data),
        "analyses": {code: answer.as_dict() for code, answer in found.items()},
        "adjusted": _adjusted(plan, found),
        "limits": limits.of(plan, data, found),
    }


def one(data: Data, spec: Spec) -> Found:
    """One analysis of the plan. What the records cannot bear becomes an empty figure that says why."""
    known = BY_CODE[spec.do]
    try:
        asked = Asked(data.plan, spec, known.options.model_validate(spec.options))
        return guarded(known.run(data, asked), threshold=data.plan.minimum_group)
    except NotThere as gone:
        return _refused(data, known, spec, note("not_in_snapshot", dataset=gone.dataset))
    except BadValue as bad:
        return _refused(data, known, spec, note("not_defined", why=str(bad)))


def _refused(data: Data, known: Analysis, spec: Spec, because: Any) -> Found:
    empty = nothing(because, estimand=known.title, method=known.title, eligible=data.n_people, level=data.plan.level)
    return Found(figures=(Figure("all", word(spec.do), empty, headline=True),), steps=(("eligible", data.n_people),))


def misfit(plan: Study, spec: Spec) -> str:
    """Why an analysis cannot be run as it is asked; empty when it can."""
    known = BY_CODE[spec.do]
    given = {name for name in ("outcome", "outcomes", "against", "to", "compare") if getattr(spec, name)}
    given |= {"from"} if spec.from_ else set()
    for name in known.needs:
        alternatives = name.split("|")
        if not given & set(alternatives):
            return f"{spec.do} needs `{'` or `'.join(alternatives)}`"
    try:
        known.options.model_validate(spec.options)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        return f"options.{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return ""


def _adjusted(plan: Study, found: dict[str, Found]) -> dict[str, float]:
    """The p-values of each question adjusted together: "analysis.figure" → p."""
    adjust = {"holm": holm, "benjamini_hochberg": benjamini_hochberg}.get(plan.multiplicity)
    adjusted: dict[str, float] = {}
    for question in dict.fromkeys(spec.question for spec in plan.analyses):
        family = [
            (f"{spec.code}.{figure.key}", figure.p)
            for spec in plan.analyses
            if spec.question == question
            for figure in found[spec.code].figures
            if figure.p is not None
        ]
        values = adjust([p for _, p in family]) if adjust else [p for _, p in family]
        adjusted |= {name: p for (name, _), p in zip(family, values, strict=True) if p is not None}
    return adjusted
