"""Two groups or more compared in one measure: shares or means, with the difference and its interval."""

from __future__ import annotations

from typing import Any

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.k_groups import kruskal_wallis, welch_anova
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.proportions import share
from mlezi.methods.statistics.two_means import mean_difference, standardised_difference, typical_difference
from mlezi.methods.statistics.two_proportions import risk_difference, risk_ratio
from mlezi.studies.analysis import Analysis, Asked, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Label, Picture, joined, of, word
from mlezi.studies.measures import frame


def run(data: Data, asked: Asked) -> Found:
    rows = frame(data, {"y": (asked.outcome, asked.at)}, asked.comparison)
    y, measure = rows.columns["y"], asked.outcome
    sides = asked.in_order(sorted({one for one in rows.side if one}))
    kept = {side: y[rows.side == side] for side in sides}
    known = [side for side in sides if np.any(~np.isnan(kept[side]))]
    nowhere = int(sum(1 for one in rows.side if not one))
    label = of("outcome", measure.code)
    refusal = rows.trouble["y"].refusal(measure)
    if refusal is None and len(known) < 2:
        empty_sides = [side for side in sides if side not in known]
        refusal = note("group_empty", group=empty_sides[0]) if empty_sides else note("needs_two_groups", n=len(known))
    steps = (
        ("eligible", len(rows)),
        ("in_a_group", len(rows) - nowhere),
        ("answered", int(sum((~np.isnan(kept[side])).sum() for side in sides))),
    )
    limits = (note("no_group", n=nowhere),) if nowhere else ()
    each = [_of_group(asked, side, kept[side], label) for side in sides] if _fine(rows, asked) else []
    if refusal:
        empty = nothing(
            refusal, estimand="Difference", method="Comparison of groups", eligible=len(rows), level=asked.level
        )
        return Found(
            (Figure("difference", joined(label, word("difference")), empty, "points", headline=True), *each),
            steps,
            limits=limits,
        )
    compared = _two(asked, known, kept, label) if len(known) == 2 else _many(asked, known, kept, label)
    unit = "share" if measure.is_share else "points"
    picture = Picture("intervals", label, {"unit": unit, "of": [one.key for one in each]})
    return Found((*compared, *each), steps, pictures=(picture,), limits=limits, ran={"groups": len(known)})


def _fine(rows: Any, asked: Asked) -> bool:
    return rows.trouble["y"].refusal(asked.outcome) is None


def _of_group(asked: Asked, side: str, values: Any, label: Label) -> Figure:
    name = joined(label, asked.group(side))
    if asked.outcome.is_share:
        return Figure(f"group.{side}", name, share(values, level=asked.level), "share", family="group")
    found = mean(values, level=asked.level, lowest=asked.outcome.lowest, highest=asked.outcome.highest)
    return Figure(f"group.{side}", name, found, "points", family="group")


def _two(asked: Asked, known: list[str], kept: dict[str, Any], label: Label) -> list[Figure]:
    one, two = (kept[side] for side in known)
    names = (known[0], known[1])
    less = joined(label, asked.group(known[0]), word("less"), asked.group(known[1]))
    if asked.outcome.is_share:
        counts = [(int(np.nansum(side)), int((~np.isnan(side)).sum())) for side in (one, two)]
        asked_n = one.size + two.size
        difference = risk_difference(*counts[0], *counts[1], asked=asked_n, level=asked.level, names=names)
        ratio = risk_ratio(*counts[0], *counts[1], asked=asked_n, level=asked.level, names=names)
        return [
            Figure("difference", less, difference, "share", headline=True, p=difference.numbers.get("p_fisher")),
            Figure("ratio", joined(less, word("risk_ratio")), ratio, "ratio"),
        ]
    difference = mean_difference(one, two, level=asked.level, names=names)
    return [
        Figure("difference", less, difference, "points", headline=True, p=difference.numbers.get("p")),
        Figure(
            "typical",
            joined(less, word("typical_difference")),
            typical_difference(one, two, level=asked.level, names=names),
            "points",
        ),
        Figure(
            "size",
            joined(less, word("hedges_g")),
            standardised_difference(one, two, level=asked.level, names=names),
            "coefficient",
        ),
    ]


def _many(asked: Asked, known: list[str], kept: dict[str, Any], label: Label) -> list[Figure]:
    groups = {side: kept[side] for side in known}
    ranks = kruskal_wallis(groups)
    if asked.outcome.is_share:
        return [
            Figure(
                "ranks",
                joined(label, word("between_groups")),
                ranks,
                "coefficient",
                headline=True,
                p=ranks.numbers.get("p"),
            )
        ]
    welch = welch_anova(groups)
    return [
        Figure(
            "difference",
            joined(label, word("highest_less_lowest")),
            welch,
            "points",
            headline=True,
            p=welch.numbers.get("p"),
        ),
        Figure("ranks", joined(label, word("between_groups")), ranks, "coefficient"),
    ]


ANALYSIS = Analysis(
    code="groups",
    title=_("Groups compared"),
    says=_("Whether groups differ and by how much. Groups that formed themselves may differ for other reasons."),
    needs=("outcome", "compare"),
    run=run,
    takes=("at",),
)
