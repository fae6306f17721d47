"""Two sides made of whole sites: each side's own figure, and a difference that respects sites, or why there is none."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
from django.utils.translation import gettext_noop
from ibis import _

from mlezi.methods.statistics.clusters import site_difference
from mlezi.methods.statistics.means import mean
from mlezi.methods.statistics.notes import note
from mlezi.methods.statistics.proportions import share
from mlezi.methods.statistics.two_proportions import risk_difference
from mlezi.studies.analysis import Analysis, Asked, Options, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Label, Picture, joined, of, word
from mlezi.studies.measures import frame, source


class Choices(Options):
    weighing: Literal["sites", "people"] = "sites"


def run(data: Data, asked: Asked) -> Found:
    by_figures = asked.outcome.of == "site_figure"
    values, sites, sides, notes = _of_figures(data, asked) if by_figures else _of_people(data, asked)
    label = of("outcome", asked.outcome.code)
    known = [side for side in asked.in_order(sorted({one for one in sides if one})) if np.any(sides == side)]
    if notes or len(known) != 2:
        because = notes or note("needs_two_groups", n=len(known))
        empty = nothing(
            because, estimand="Difference between sides", method="Sites", eligible=len(values), level=asked.level
        )
        return Found((Figure("difference", joined(label, word("difference")), empty, headline=True),))
    is_share = by_figures or asked.outcome.is_share
    figures = [
        _side(asked, side, values[sides == side], is_share=is_share, label=label, by_figures=by_figures)
        for side in known
    ]
    less = joined(label, asked.group(known[0]), word("less"), asked.group(known[1]))
    if is_share:
        figures.append(
            Figure(
                "plain",
                joined(less, word("people_as_strangers")),
                _plain(asked, known, values, sides),
                "share",
                family="site_plain" if by_figures else "plain",
            )
        )
    respects = site_difference(
        values,
        [one or None for one in sites],
        [one or None for one in sides],
        order=(known[0], known[1]),
        weighing=asked.options.weighing,
        level=asked.level,
    )
    figures.append(
        Figure(
            "difference",
            joined(less, word("respects_sites")),
            respects,
            "share" if is_share else "points",
            family="site_difference",
            headline=True,
            p=respects.numbers.get("p"),
        )
    )
    counts = {
        side: len({one for one, where in zip(sites, sides, strict=True) if where == side and one}) for side in known
    }
    return Found(
        tuple(figures),
        (
            ("eligible", len(values)),
            ("have_value", int((~np.isnan(values)).sum())),
            *((f"sites:{side}", n) for side, n in counts.items()),
        ),
        pictures=(
            Picture(
                "intervals",
                label,
                {"unit": "share" if is_share else "points", "of": [f"side.{side}" for side in known]},
            ),
        ),
        ran={"weighing": asked.options.weighing},
    )


def _of_people(data: Data, asked: Asked) -> tuple[Any, Any, Any, Any]:
    rows = frame(data, {"y": (asked.outcome, asked.at)}, asked.comparison, site=True)
    return rows.columns["y"], rows.site, rows.side, rows.trouble["y"].refusal(asked.outcome)


def _of_figures(data: Data, asked: Asked) -> tuple[Any, Any, Any, Any]:
    """Facility counts opened to one 0 or 1 for each case: `figure` of them out of `out_of`."""
    measure, figures, places = asked.outcome, source(data, "site_figures"), source(data, "sites")
    nobody = np.zeros(0)
    column = (asked.comparison.by if asked.comparison else None) or f"g_{(asked.spec.compare or '').replace('-', '_')}"
    if measure.out_of is None or column not in places.columns:
        return (
            nobody,
            nobody,
            nobody,
            note("not_defined", why="a facility figure needs out_of and sides made of places"),
        )
    side = places.group_by("site").aggregate(side=places[column].max()).rename(key="site")
    wanted = figures.filter(figures.measure.isin([measure.figure, measure.out_of]))
    by_month = wanted.group_by("site", "month").aggregate(
        yes=_.value.sum(where=_.measure == measure.figure), all=_.value.sum(where=_.measure == measure.out_of)
    )
    impossible = by_month.filter((by_month.yes < 0) | (by_month["all"] < 0) | (by_month.yes > by_month["all"]))
    if n := int(data.read(impossible.aggregate(n=_.count()))["n"][0]):
        why = f"{measure.figure} is not a part of {measure.out_of} in {n} month(s) of a site"
        return nobody, nobody, nobody, note("not_defined", why=why)
    # A month that says of how many, but not how many, is not a month with none.
    halved = by_month.filter(by_month.yes.isnull() & (by_month["all"] > 0))
    if n := int(data.read(halved.aggregate(n=_.count()))["n"][0]):
        why = f"{n} month(s) of a site say {measure.out_of} but not {measure.figure}"
        return nobody, nobody, nobody, note("not_defined", why=why)
    sums = wanted.group_by("site").aggregate(
        yes=_.value.sum(where=_.measure == measure.figure), all=_.value.sum(where=_.measure == measure.out_of)
    )
    found = data.read(sums.join(side, sums.site == side.key).select("site", "side", "yes", "all").order_by("site"))
    yes, whole = np.nan_to_num(found["yes"].astype(float)), np.nan_to_num(found["all"].astype(float))
    if np.any(yes > whole) or np.any(yes % 1) or np.any(whole % 1):
        return nobody, nobody, nobody, note("not_defined", why=f"{measure.figure} is not a part of {measure.out_of}")
    n, k = whole.astype(int), yes.astype(int)
    values = np.concatenate([np.r_[np.ones(k[i]), np.zeros(n[i] - k[i])] for i in range(len(n))]) if len(n) else nobody
    return values, np.repeat(found["site"], n), np.repeat(found["side"], n), None


def _side(asked: Asked, side: str, values: Any, *, is_share: bool, label: Label, by_figures: bool) -> Figure:
    found = share(values, level=asked.level) if is_share else mean(values, level=asked.level)
    name = joined(label, asked.group(side))
    return Figure(f"side.{side}", name, found, "share" if is_share else "points", "site_side" if by_figures else "side")


def _plain(asked: Asked, known: list[str], values: Any, sides: Any) -> Any:
    one, two = (values[sides == side] for side in known)
    counts = [(int(np.nansum(part)), int((~np.isnan(part)).sum())) for part in (one, two)]
    return risk_difference(
        *counts[0], *counts[1], asked=len(one) + len(two), level=asked.level, names=(known[0], known[1])
    )


ANALYSIS = Analysis(
    code="sites",
    title=gettext_noop("Sites compared"),
    says=gettext_noop(
        "Whether two sides differ by more than sites differ anyway. With one site on a side that cannot be told."
    ),
    needs=("outcome", "compare"),
    run=run,
    options=Choices,
    takes=("at",),
)
