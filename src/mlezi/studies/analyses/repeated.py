"""Change over several times with a mixed model: everybody with any value is in, gaps allowed."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext_noop as _

from mlezi.methods.statistics.repeated import changes, differences_in_change
from mlezi.studies.analysis import Analysis, Asked, nothing
from mlezi.studies.data import Data
from mlezi.studies.found import Figure, Found, Picture, joined, of, word
from mlezi.studies.measures import frame


def run(data: Data, asked: Asked) -> Found:
    times = asked.times
    rows = frame(data, {time.code: (asked.outcome, time) for time in times}, asked.comparison, people=True)
    label = of("outcome", asked.outcome.code)
    steps = [
        ("eligible", len(rows)),
        *((f"answered:{code}", int((~np.isnan(y)).sum())) for code, y in rows.columns.items()),
    ]
    refusal = next((r for one in rows.trouble.values() if (r := one.refusal(asked.outcome))), None)
    if refusal:
        empty = nothing(refusal, estimand="Change", method="Mixed model", eligible=len(rows), level=asked.level)
        return Found((Figure("all", label, empty, "points", headline=True),), tuple(steps))
    order = [time.code for time in times]
    people = np.tile(rows.people, len(order)).tolist()
    when = [code for code in order for _ in range(len(rows))]
    values = np.concatenate([rows.columns[code] for code in order])
    found = changes(people, when, values, order=order, level=asked.level)
    figures = [
        Figure(
            f"change.{code}",
            joined(label, of("time", str(code)), word("change_since_start")),
            one,
            "points",
            family="change",
            headline=code == order[-1],
            p=one.numbers.get("p") if code == order[-1] else None,
        )
        for code, one in found.items()
    ]
    sides = asked.in_order(sorted({one for one in rows.side if one})) if asked.comparison else []
    if len(sides) == 2:
        groups = [one or None for one in rows.side] * len(order)
        apart = differences_in_change(
            people, when, values, groups, order=order, group_order=(sides[0], sides[1]), level=asked.level
        )
        less = joined(asked.group(sides[0]), word("less"), asked.group(sides[1]))
        figures += [
            Figure(
                f"apart.{code}",
                joined(label, of("time", str(code)), less, word("difference_in_change")),
                one,
                "points",
                family="apart",
                headline=code == order[-1],
                p=one.numbers.get("p") if code == order[-1] else None,
            )
            for code, one in apart.items()
        ]
    return Found(
        tuple(figures),
        tuple(steps),
        pictures=(Picture("intervals", label, {"unit": "points", "of": [one.key for one in figures]}),),
        ran={"times": order},
    )


ANALYSIS = Analysis(
    code="repeated",
    title=_("Change over several times"),
    says=_("How people changed by each time, also using those with gaps, if gaps depend only on what was seen."),
    needs=("outcome",),
    run=run,
    takes=("from", "to", "compare"),
)
