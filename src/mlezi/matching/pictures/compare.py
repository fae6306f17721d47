"""Scenarios side by side: one row a measure, one column a scenario."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.matching.models import Round, Scenario
from mlezi.plumbing.tables import Words
from mlezi.plumbing.templatetags.furniture import hours
from mlezi.plumbing.words import number

AT_MOST = 6


@dataclass(frozen=True)
class Cell:
    text: str
    is_best: bool = False


@dataclass(frozen=True)
class Measure:
    """`value` orders scenarios (None is no data); `up` says which way is better, None that neither is."""

    title: Words
    value: Callable[[dict[str, Any]], float | None]
    say: Callable[[dict[str, Any]], str]
    up: bool | None = None
    key: str = ""
    """Of a row that stands only where a scenario has this part."""


def _days(value: float | None) -> str:
    return gettext("nobody waits on") if value is None else gettext("{n} days").format(n=number(value))


MEASURES = (
    Measure(
        _("Mentees served"),
        lambda s: s["served"],
        lambda s: gettext("{n} of {of}").format(n=number(s["served"]), of=number(s["wanting"])),
        True,
    ),
    Measure(
        _("Quality, by the weights the round began with"),
        lambda s: s.get("common_mean"),
        lambda s: number(_hundred(s.get("common_mean")), 1),
        True,
    ),
    Measure(_("Quality, by its own weights"), lambda s: None, lambda s: number(_hundred(s["mean"]), 1)),
    Measure(_("Nine in ten pairs have at least"), lambda s: None, lambda s: number(_hundred(s["tenth"]))),
    Measure(_("Waited so far, those left over"), lambda s: None, lambda s: _days(s["waiting_days"])),
    Measure(
        _("Mentees of one mentor"),
        lambda s: s["load_most"] - s["load_least"],
        lambda s: gettext("{low} to {high}").format(low=s["load_least"], high=s["load_most"]),
        False,
    ),
    Measure(_("The way, half of the pairs"), lambda s: s["minutes"], lambda s: hours(s["minutes"]), False),
    Measure(_("The way, nine in ten"), lambda s: s["minutes_tenth"], lambda s: hours(s["minutes_tenth"]), False),
    Measure(_("Pairs that stay"), lambda s: None, lambda s: number(s["kept"])),
    Measure(_("Quality of those helped, before and now"), lambda s: None, lambda s: _helped(s, "group"), key="helped"),
    Measure(_("Quality of the others, before and now"), lambda s: None, lambda s: _helped(s, "others"), key="helped"),
    Measure(
        _("Quality of all given up for them"),
        lambda s: None,
        lambda s: _per_cent(s.get("helped", {}).get("lost")),
        key="helped",
    ),
    Measure(
        _("Quality given up so that pairs hold"),
        lambda s: None,
        lambda s: _per_cent(s.get("stability_price")),
        key="stability_price",
    ),
    Measure(_("Mentors with a group"), lambda s: None, lambda s: _counted(s, "groups", "opened"), key="groups"),
    Measure(
        _("Present pairs that change by choice"),
        lambda s: None,
        lambda s: _counted(s, "moves", "moved"),
        key="moves",
    ),
    Measure(_("Proof"), lambda s: None, lambda s: str(proof(s))),
)


def _hundred(value: float | None) -> float | None:
    return None if value is None else value * 100


def _per_cent(share: float | None) -> str:
    return "–" if share is None else f"{number(100 * share, 1)} %"


def _counted(summary: dict[str, Any], part: str, what: str) -> str:
    """A dash where the scenario has no such part."""
    return number(summary[part][what]) if summary.get(part) else "–"


def _helped(summary: dict[str, Any], whose: str) -> str:
    found = summary.get("helped", {}).get(whose)
    return "–" if found is None else f"{number(100 * found[0], 1)} → {number(100 * found[1], 1)}"


def proof(summary: dict[str, Any]) -> str:
    """What is proved of an answer, in words."""
    if not summary["verified"]:
        return gettext("the check failed")
    if summary["is_optimal"]:
        return gettext("no better one exists")
    return gettext("within {share} % of the best").format(share=f"{100 * summary['gap']:.2g}")


def side_by_side(scenarios: Sequence[Scenario]) -> list[tuple[Words, list[Cell]]]:
    """Rows of the comparison. The best of a row is marked where scenarios differ."""
    done = [one.summary for one in scenarios if one.is_done]
    rows = []
    for measure in MEASURES:
        if measure.key and not any(measure.key in summary for summary in done):
            continue
        values = [measure.value(summary) for summary in done]
        known = [value for value in values if value is not None]
        best = None
        if measure.up is not None and len(set(known)) > 1:
            best = max(known) if measure.up else min(known)
        cells = [
            Cell(measure.say(s), is_best=best is not None and v == best) for s, v in zip(done, values, strict=True)
        ]
        rows.append((measure.title, cells))
    return rows


def address(scenario: Scenario, page: str = "scenario") -> str:
    round_: Round = scenario.round
    return reverse(f"matching:{page}", args=[round_.programme.code, round_.uid, scenario.number])
