"""What codes of a blueprint are called: cadres, equipment, topics, reasons. An unknown code is called by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.competencies.models import Domain
from mlezi.instruments.queries import forms
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme

KINDS = {"clinical": _("Clinical equipment"), "learning": _("Equipment for learning"), "staff": _("Staff"),
         "supplies": _("Supplies")}  # fmt: skip
MODES = {"visit": _("Visit"), "contact": _("Contact"), "workshop": _("Workshop"), "tele-session": _("Tele-session"),
         "shift": _("Shift"), "video-review": _("Video review")}  # fmt: skip
OUTCOMES = {"done": _("done"), "dropped": _("dropped"), "reopened": _("open again"), "met": _("met"),
            "wrong": _("was a mistake"), "": _("open")}  # fmt: skip
BASES = {"patient": _("real patient"), "simulation": _("simulation"), "record": _("record"), "report": _("report")}
BECAUSE = {"skill": _("skill"), "equipment": _("equipment"), "staff": _("staff"), "policy": _("policy")}
NOT_HELD = {"not_said": _("no reason given"), "void": _("recorded by mistake"), "planning": _("taken out of the plan")}


def plain(code: object) -> str:
    return str(code or "").replace("_", " ")


def cadre(programme: Programme, code: str) -> str:
    return _titles(programme.blueprint.get("cadres", [])).get(code, plain(code))


def cadres(programme: Programme) -> dict[str, str]:
    return _titles(programme.blueprint.get("cadres", []))


def items(programme: Programme) -> dict[str, str]:
    """Every item of the blueprint's equipment lists, of whatever kind."""
    lists: Mapping[str, Any] = programme.blueprint.get("equipment") or {}
    found: dict[str, str] = {}
    for one in lists.values():
        found |= _titles(one or [])
    return found


def item(programme: Programme, code: str) -> str:
    return items(programme).get(code, plain(code))


def topics(programme: Programme) -> dict[str, str]:
    rows = Domain.objects.filter(programme=programme).order_by("order").values_list("code", "title")
    return {code: worded(title) or plain(code) for code, title in rows}


def kind(code: str) -> str:
    return str(KINDS.get(code, plain(code)))


def mode(code: str) -> str:
    return str(MODES.get(code, plain(code)))


def outcome(code: str | None) -> str:
    return str(OUTCOMES.get(code or "", plain(code)))


def basis(code: str) -> str:
    return str(BASES.get(code, plain(code)))


def because(code: str) -> str:
    return str(BECAUSE.get(code, plain(code)))


def not_held(programme: Programme, code: str) -> str:
    """Why a meeting did not take place, as the form asks it; empty for one that did."""
    if not code:
        return ""
    if code in NOT_HELD:
        return str(NOT_HELD[code])
    return forms.choices_of(programme, "encounter.cancelled_because").get(code) or plain(code)


def _titles(rows: list[Mapping[str, Any]]) -> dict[str, str]:
    return {row["code"]: worded(row.get("title")) or plain(row["code"]) for row in rows}


def level(titles: list[object], number: int | None) -> str:
    """A level's own words, as in "3 · Does it alone"."""
    if number is None:
        return gettext("not rated yet")
    words = worded(titles[number - 1]) if 0 < number <= len(titles) else ""
    return f"{number} · {words}" if words else str(number)
