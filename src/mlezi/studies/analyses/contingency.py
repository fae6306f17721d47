"""Whether answers go together: one answer against several factors, each with its test and its strength."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_noop
from ibis import _

from mlezi.methods.statistics.contingency import association
from mlezi.methods.statistics.suppression import protect_table
from mlezi.studies.analysis import Analysis, Asked
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Grid, joined, of, word
from mlezi.studies.measures import per_person
from mlezi.studies.plan import Measure


def run(data: Data, asked: Asked) -> Found:
    factors = [asked.against] if asked.against else asked.outcomes
    figures, grids, n = [], [], 0
    for factor in (one for one in factors if one is not None and one.code != asked.outcome.code):
        rows, names, columns = _crossed(data, asked, factor)
        label = joined(of("outcome", asked.outcome.code), of("outcome", factor.code))
        found = association(rows.tolist(), asked=data.n_people, seed=asked.seed, level=asked.level)
        n = max(n, int(rows.sum()))
        figures.append(Figure(factor.code, label, found, "coefficient", headline=True, p=found.numbers.get("p")))
        if rows.size:
            grids.append(_grid(asked, factor, rows, names, columns))
    return Found(
        tuple(figures),
        (("eligible", data.n_people), ("answered_both", n)),
        grids=tuple(grids),
        ran={"seed": asked.seed},
    )


def _crossed(data: Data, asked: Asked, factor: Measure) -> tuple[np.ndarray, list[str], list[str]]:
    """Counts of factor by outcome, counted where the data lie."""
    first = per_person(data, factor, None, words=True).select(one="participant", f="value")
    own = not asked.outcome.is_share
    second = per_person(data, asked.outcome, asked.at, words=own).select(two="participant", o="value")
    people = data.tables["participants"]
    both = people.join(first, people.participant == first.one).join(second, people.participant == second.two)
    counted = both.select(f=both.f.cast("string"), o=both.o.cast("string")).group_by("f", "o").aggregate(n=_.count())
    found = data.read(counted.filter(_.f.notnull(), _.o.notnull()).order_by("f", "o"))
    names, columns = (sorted(set(found[name])) for name in ("f", "o"))
    table = np.zeros((len(names), len(columns)), dtype=int)
    for f, o, n in zip(found["f"], found["o"], found["n"], strict=True):
        table[names.index(f), columns.index(o)] = int(n)
    return table, names, columns


def _grid(asked: Asked, factor: Measure, rows: np.ndarray, names: list[str], columns: list[str]) -> Grid:
    safe = protect_table(rows.tolist(), threshold=asked.plan.minimum_group)
    heads = tuple(_answer(asked, one) for one in columns)
    body = tuple(
        (of("answer", f"{factor.code}/{name}"), tuple(safe.shown.get((i, j)) for j in range(len(columns))))
        for i, name in enumerate(names)
    )
    return Grid(factor.code, joined(of("outcome", factor.code), of("outcome", asked.outcome.code)), heads, body)


def _answer(asked: Asked, value: str) -> tuple[str, ...]:
    if asked.outcome.is_share:
        return word("yes") if value.startswith("1") else word("no")
    return of("answer", f"{asked.outcome.code}/{value}")


ANALYSIS = Analysis(
    code="contingency",
    title=gettext_noop("Answers against factors"),
    says=gettext_noop(
        "Which factors go together with an answer, and how strongly, with many tests taken into account."
    ),
    needs=("outcome", "against|outcomes"),
    run=run,
    takes=("at",),
)
