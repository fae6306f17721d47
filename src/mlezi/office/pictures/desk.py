"""The coordinator's desk: what waits for somebody, how fresh the data are, and whom to remind of what."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries as encounters
from mlezi.goals import queries as goals
from mlezi.instruments.models import Quarantined, Submission
from mlezi.instruments.queries import quarantine
from mlezi.office import links
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.openrosa.queries import phones
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.plumbing.figures import Figure
from mlezi.plumbing.words import number
from mlezi.programmes.models import Enrolment, Site
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import people as listed
from mlezi.programmes.queries import running_on, scope_of

FIGURES = ("visit_coverage", "overdue_facilities", "data_freshness", "silent_phones", "plan_kept", "received_late")
SOON = 7
WORK = (
    (_("People"), "people:list", _("Enrol, move, merge look-alikes, import")),
    (_("Places"), "places:list", _("Facilities, districts, import")),
    (_("Pairings"), "pairing:list", _("Who mentors whom")),
    (_("Forms"), "instruments:forms", _("Publish, preview, print on paper")),
    (_("Phones"), "openrosa:devices", _("Enrol a phone by QR code, revoke it")),
    (_("Quarantine"), "instruments:quarantine", _("Records that could not be read")),
    (_("Visit plan"), "office:plan", _("Who is visited next month, and why")),
    (_("Trust"), "encounters:trust", _("Implausible records, sample checks")),
)


def page(asked: Asked, today: date) -> dict[str, Any]:
    return {
        "waiting": waiting(asked, today),
        "figures": asked.cards(FIGURES),
        "work": work(asked),
        "due": due_lines(asked, today)[:12],
        "due_url": links.page("due", asked.programme),
    }


def work(asked: Asked) -> list[dict[str, Any]]:
    """The pages a coordinator works in."""
    code = asked.programme.code
    return [{"title": title, "url": reverse(route, args=[code]), "text": text} for title, route, text in WORK]


def waiting(asked: Asked, today: date) -> list[Figure]:
    """Counts of what waits for a decision, and of who and what takes part: each as far as the list it opens shows."""
    programme = asked.programme
    kept, phoned, seen = (
        scope_of(asked.person, needed, programme=programme)
        for needed in (P.RESOLVE_QUARANTINE, P.MANAGE_DEVICES, P.SEE_PEOPLE)
    )
    people = listed.listed(seen, programme, on=today)
    rows: list[tuple[Any, QuerySet[Any], bool, str]] = [
        (_("Phones in use"), phones(programme, phoned).filter(revoked_at=None), False,
         "openrosa:devices"),
        (_("Facilities"), Site.objects.filter(running_on(today), asked.here.where(), programme=programme), False,
         "office:facilities"),
        (_("Mentees"), people.filter(pk__in=_enrolled(asked, "mentee", today)), False, "people:list"),
        (_("Mentors"), people.filter(pk__in=_enrolled(asked, "mentor", today)), False, "people:list"),
    ]  # fmt: skip
    if kept.ranges:
        waits = quarantine.kept(programme, kept).filter(outcome=Quarantined.Outcome.OPEN)
        parked = quarantine.parked(programme, kept).filter(state=Submission.State.PARKED)
        rows[:0] = [
            (_("Records in quarantine"), waits, True, "instruments:quarantine"),
            (_("Records parked"), parked, True, "instruments:parked"),
        ]
    return [_waiting(asked, title, found.count(), is_work, route) for title, found, is_work, route in rows]


def _waiting(asked: Asked, title: Any, n: int, is_work: bool, route: str) -> Figure:
    address = reverse(route, args=[asked.programme.code])
    return Figure(title, number(n), tone="wait" if is_work and n else "", open_url=address, open_text=gettext("Open"))


def _enrolled(asked: Asked, part: str, today: date) -> QuerySet[Any, Any]:
    rows = Enrolment.objects.filter(running_on(today), programme=asked.programme, part=part)
    return rows.values("person")


def due_lines(asked: Asked, today: date) -> list[dict[str, Any]]:
    """One short text a mentor, ready to be sent: overdue facilities, visits planned this week, late agreements."""
    standing = sites.standings(asked.programme, asked.here, on=today)
    plans = encounters.planned_visible_to(asked.here).filter(planned_on__range=(today, today + timedelta(days=SOON)))
    parts: dict[int, list[str]] = {}
    for one in standing:
        lead = one.site.last_lead  # type: ignore[attr-defined]
        if one.tone == "late" and lead:
            parts.setdefault(lead, []).append(
                gettext("{place} waits {n} days").format(place=one.place.name, n=one.days)
            )
    for plan in plans:
        if plan.lead_id:
            words = gettext("visit {place} on {day}").format(place=plan.place.name, day=f"{plan.planned_on:%d.%m.}")
            parts.setdefault(plan.lead_id, []).append(words)
    for mentor, n in _late_agreements(asked, today).items():
        words = ngettext("{n} agreement is late", "{n} agreements are late", n).format(n=n)
        parts.setdefault(mentor, []).append(words)
    names = Person.objects.filter(pk__in=parts).values_list("pk", "name", "phone")
    rows = [_line(name, phone, parts[pk]) for pk, name, phone in names]
    return sorted(rows, key=lambda row: (-row["n"], row["name"]))


def _line(name: str, phone: str, said: list[str]) -> dict[str, Any]:
    text = gettext("Hello {name}. {what}. Thank you, Mlezi").format(
        name=name.split(maxsplit=1)[0], what="; ".join(said)
    )
    return {"name": name, "phone": phone, "text": text, "n": len(said), "length": len(text)}


def _late_agreements(asked: Asked, today: date) -> dict[int, int]:
    """How many overdue agreements each mentor's mentees have."""
    late = Counter(goals.overdue(goals.visible_to(asked.here), on=today).order_by().values_list("owner", flat=True))
    pairs = Pairing.objects.filter(running_on(today), programme=asked.programme)
    found: Counter[int] = Counter()
    for guide, learner in pairs.values_list("guide", "learner"):
        if learner in late:
            found[guide] += late[learner]
    return found
