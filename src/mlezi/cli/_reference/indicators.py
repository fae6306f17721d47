"""Every indicator, from its one definition."""

from __future__ import annotations

from mlezi.evaluation.indicators import INDICATORS


def page() -> str:
    lines = [
        "# Indicators",
        "",
        "Each is defined once; pages, reports, exports and the API ask the same definition. Every figure comes with "
        "its n, its N, an interval where it is a share, and the records behind it. No data is *no data*, never 0.",
        "",
    ]
    for one in INDICATORS:
        lines += [
            f"## {one.title}",
            "",
            f"`{one.code}` · {one.measure.value} · in {one.in_units} · one row is a {one.unit.value}",
            "",
            one.question,
            "",
            f"* **Numerator.** {one.numerator}",
            f"* **Denominator.** {one.denominator}",
            f"* **Missing.** {one.missing}",
            f"* **By.** {', '.join(one.breakdowns) or 'nothing'}",
            "",
        ]
    return "\n".join(lines)
