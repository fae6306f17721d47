"""How much people changed between two times, in those with both; who is missing, and how far they could move it."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics import attrition
from mlezi.methods.statistics.notes import Note
from mlezi.methods.statistics.paired import mean_change, typical_change
from mlezi.methods.statistics.standardised import standardised_change
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Grid, Picture, joined, of, word
from mlezi.studies.measures import Frame, frame

LINES = 400  # more lines than this are no picture


class Choices(Options):
    zeros: Literal["drop", "pratt"] = "drop"
    standardised: Literal["g_av", "d_av", "g_z", "d_z", "g_rm", "d_rm"] = "g_av"


def run(data: Data, asked: Asked) -> Found:
    measure, (first, *_, last) = asked.outcome, _two(asked)
    rows = frame(data, {"before": (measure, first), "after": (measure, last)}, asked.comparison)
    refusal = rows.trouble["before"].refusal(measure) or rows.trouble["after"].refusal(measure)
    figures = _figures(asked, rows, np.ones(len(rows), bool), "all", refusal)
    if asked.comparison:
        for side in asked.in_order(sorted({one for one in rows.side if one is not None})):
            figures += _figures(asked, rows, rows.side == side, side, refusal)
    before, after = rows.columns["before"], rows.columns["after"]
    both = ~np.isnan(before) & ~np.isnan(after)
    return Found(
        figures=tuple(figures),
        steps=(
            ("eligible", len(rows)),
            ("first_time", int((~np.isnan(before)).sum())),
            ("both_times", int(both.sum())),
        ),
        grids=(_attrition(before, after),),
        pictures=() if refusal else (_lines(asked, [first.code, last.code], before, after, both),),
        ran={
            "zeros": asked.options.zeros,
            "standardised": asked.options.standardised,
            "times": [first.code, last.code],
        },
    )


def _two(asked: Asked) -> list[Any]:
    times = asked.times
    return [times[0], times[-1]]


def _figures(asked: Asked, rows: Frame, kept: Any, side: str, refusal: Note | None) -> list[Figure]:
    measure = asked.outcome
    before, after = rows.columns["before"][kept], rows.columns["after"][kept]
    label = joined(of("outcome", measure.code), word("everybody") if side == "all" else asked.group(side))
    notes = rows.trouble["before"].notes(measure) + rows.trouble["after"].notes(measure) if side == "all" else ()
    if refusal:
        why = nothing(refusal, estimand="Mean change", method="Paired t", eligible=int(kept.sum()), level=asked.level)
        return [Figure(f"{side}.change", joined(label, word("mean_change")), why, "points", "change", side == "all")]
    change = mean_change(before, after, level=asked.level, lowest=measure.lowest, highest=measure.highest).with_notes(
        *notes
    )
    typical = typical_change(before, after, level=asked.level, zeros=asked.options.zeros)
    size = standardised_change(before, after, variant=asked.options.standardised, level=asked.level)
    lost = attrition.lost_against_followed(before, after, level=asked.level)
    found = [
        Figure(
            f"{side}.change",
            joined(label, word("mean_change")),
            change,
            "points",
            "change",
            side == "all",
            change.numbers.get("p"),
        ),
        Figure(f"{side}.typical", joined(label, word("typical_change")), typical, "points", "typical"),
        Figure(f"{side}.size", joined(label, word("standardised_change")), size, "coefficient", "size"),
        Figure(f"{side}.lost", joined(label, word("lost_at_start")), lost, "coefficient", "lost"),
    ]
    if measure.lowest is not None and measure.highest is not None:
        extremes = attrition.extreme_cases(
            before, after, lowest=measure.lowest, highest=measure.highest, level=asked.level
        )
        found.append(Figure(f"{side}.extremes", joined(label, word("extreme_cases")), extremes, "points", "extremes"))
    return found


def _attrition(before: Any, after: Any) -> Grid:
    start, end = ~np.isnan(before), ~np.isnan(after)
    counts = (
        ("only_first", start & ~end),
        ("only_last", ~start & end),
        ("both_times", start & end),
        ("neither", ~start & ~end),
    )
    return Grid(
        key="attrition",
        label=word("attrition"),
        columns=(word("people"),),
        rows=tuple((word(name), (int(who.sum()),)) for name, who in counts),
    )


def _lines(asked: Asked, times: list[str], before: Any, after: Any, both: Any) -> Picture:
    shown = np.flatnonzero(both)
    if shown.size > LINES:  # an even selection in a settled order, said under the picture
        shown = shown[np.linspace(0, shown.size - 1, LINES).astype(int)]
    return Picture(
        "change",
        of("outcome", asked.outcome.code),
        {
            "times": times,
            "lines": [[float(before[i]), float(after[i])] for i in shown],
            "n": int(both.sum()),
            "means": [_mean(before[both]), _mean(after[both])],
        },
    )


def _mean(values: Any) -> float | None:
    return float(np.mean(values)) if values.size else None


ANALYSIS = Analysis(
    code="paired_change",
    title=_("Change in the same people"),
    says=_("How much people with both measurements changed. Without a comparison group it does not say why."),
    needs=("outcome", "from", "to"),
    run=run,
    options=Choices,
    takes=("compare",),
)
