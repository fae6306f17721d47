"""Where somebody begins: the first page of each role, and the tour through five of them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mlezi.office import links, touring
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.programmes.models import Programme
from mlezi.programmes.queries import programmes_of, roles_of

FIRST = ("overseer", "national", "coordinator", "manager", "mentor", "mentee", "evaluator", "administrator")
TOUR = (
    ("overseer", _("District Medical Officer"),
     _("Sees the district at a glance: visits due and held, progress by topic, what is lacking. Opens a figure down "
       "to the record it came from."),
     _("Press “Open the records” under a figure, choose a visit, then its record: that is the way down to the bytes.")),
    ("mentor", _("Mentor"),
     _("Sees who needs them next and why, and logs a visit on a phone without signal."),
     _("See who is first in the list and why; open a mentee, then a competency, to see how a rating came about.")),
    ("mentee", _("Mentee"),
     _("Sees their own progress, what was agreed and what is next. Their own notes stay theirs."),
     _("Print the card, and open “What I share”: nobody else sees their ratings until they say so.")),
    ("coordinator", _("Coordinator"),
     _("Keeps people, places, forms and phones in order, and plans next month's visits by need."),
     _("Open the visit plan and its reasons, the costed plan beside it, and what waits in quarantine.")),
    ("national", _("National officer"),
     _("Sees the quarter against its targets, district by district, and locks the report."),
     _("Lock the last quarter. As late records arrive, the page shows what changed since it was reported.")),
)  # fmt: skip
STEPS = tuple(role for role, *_words in TOUR)


def programmes(person: Person | None) -> list[Programme]:
    return list(programmes_of(person)) if person else []


def tour(person: Person | None) -> list[dict[str, Any]]:
    """Five roles in their order; the person's own are marked with where they begin."""
    held = {(role.role, one.code) for one in programmes(person) for role in roles_of(person, one)}
    return [
        {"role": role, "title": title, "text": text, "look": look,
         "url": next((reverse("office:home", args=[code]) for own, code in held if own == role), "")}
        for role, title, text, look in TOUR
    ]  # fmt: skip


def made_up_programme(person: Person) -> Programme:
    """The programme in which somebody of the demonstration shows their role."""
    return programmes(person)[0]


def step(role: str) -> dict[str, Any] | None:
    """Where somebody stands on the tour: what to look at here, and who comes next."""
    if role not in STEPS or touring.guide() is None:
        return None
    n = STEPS.index(role)
    following = TOUR[n + 1] if n + 1 < len(TOUR) else None
    return {"n": n + 1, "of": len(TOUR), "title": TOUR[n][1], "look": TOUR[n][3],
            "next": following[0] if following else "", "next_title": following[1] if following else ""}  # fmt: skip


def loading() -> dict[str, Any] | None:
    """How far the demo's year has come in; None where there is no demo."""
    guide = touring.guide()
    if guide is None:
        return None
    done, total = guide.done_of()
    counted = total >= 0  # before that nobody knows how many there are
    return {"done": done, "total": total, "is_counted": counted, "is_running": done < total or not counted,
            "share": 100 * done // total if total else 100}  # fmt: skip


def first_page(person: Person, programme: Programme) -> str:
    """The address of the page that the person's strongest role begins with."""
    held = {role.role: role for role in reversed(roles_of(person, programme))}
    role = next((held[code] for code in FIRST if code in held), None)
    code = role.role if role else ""
    if code == "overseer" and role:
        return _district(programme, role.place or programme.place)
    pages = {"national": "national", "coordinator": "desk", "manager": "desk", "mentor": "mine", "mentee": "me",
             "evaluator": "figures"}  # fmt: skip
    return links.page(pages.get(code, "search"), programme)


def _district(programme: Programme, where: Place | None) -> str:
    if where is not None and where.district_id == where.pk:
        return links.page("district", programme, where.code)
    return links.page("districts", programme)
