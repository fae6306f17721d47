"""The study points at what there is: its own parts, the programme's cadres and encounters, the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mlezi.blueprints.findings import ADVICE, nearest
from mlezi.blueprints.reading import Reading
from mlezi.formats.located_yaml import Path
from mlezi.studies import plan as plans
from mlezi.studies.advice import advice

STUDY = ("study",)


def check(reading: Reading) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    study = blueprint.study
    if study is None:
        return
    for path, what, code, known in plans.faults(study):
        if what == "twice":
            reading.add((*STUDY, *path), f"The code {code!r} stands twice.", "Rename one.")
        else:
            _known(reading, path, code, known, what)
    cadres, types = [one.code for one in blueprint.cadres], [one.code for one in blueprint.encounters]
    _each(reading, ("population", "cadres"), study.population.cadres, cadres, "cadre")
    _each(reading, ("population", "attended"), study.population.attended, types, "encounter")
    if study.exposure:
        _each(reading, ("exposure", "encounters"), study.exposure.encounters, types, "encounter")
    for name in ("factors", "outcomes"):
        for number, measure in enumerate(getattr(study, name)):
            _each(reading, (name, number, "encounters"), measure.encounters, types, "encounter")
    for number, comparison in enumerate(study.comparisons):
        for place, group in enumerate(comparison.groups):
            _each(reading, ("comparisons", number, "groups", place, "cadres"), group.cadres, cadres, "cadre")
    _analyses(reading, study)


def _analyses(reading: Reading, study: plans.Study) -> None:
    from mlezi.studies.analyses import BY_CODE  # noqa: PLC0415 - statistics take seconds to load
    from mlezi.studies.running import misfit  # noqa: PLC0415

    wrong = False
    for number, analysis in enumerate(study.analyses):
        if analysis.do not in BY_CODE:
            _known(reading, ("analyses", number, "do"), analysis.do, BY_CODE, "analysis")
            wrong = True
        elif why := misfit(study, analysis):
            reading.add(
                (*STUDY, "analyses", number), f"{why}.", "`mlezi analyse --catalogue` lists what each needs."
            )  # fmt: skip
    if not wrong:
        for path, message, remedy in advice(study):
            reading.add((*STUDY, *path), message, remedy, weight=ADVICE)


def _each(reading: Reading, path: Path, codes: Sequence[str], known: Iterable[str], what: str) -> None:
    names = list(known)
    for number, code in enumerate(codes):
        _known(reading, (*path, number), code, names, what)


def _known(reading: Reading, path: Path, code: str, known: Iterable[str], what: str) -> None:
    names = list(known)
    if code not in names:
        reading.add((*STUDY, *path), f"There is no {what} {code!r}.", nearest(code, names))
