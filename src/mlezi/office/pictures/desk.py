"""The coordinator's desk: what waits for somebody, how fresh the data are, and whom to remind of what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries as encounters
from mlezi.goals import queries as goals
from mlezi.instruments.models import Form, Quarantined, Submission
from mlezi.office import links
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.pairing.models import Pairing
from mlezi.people.models import Device, Person
from mlezi.plumbing.figures import Figure
from mlezi.plumbing.words import number
from mlezi.programmes.models import Enrolment, Site
from mlezi.programmes.queries import running_on

FIGURES = ("visit_coverage", "overdue_facilities", "data_freshness", "silent_phones", "plan_kept", "received_late")
SOON = 7
WORK = (
    (_("People"), "people:list", _("Enrol, move, merge look-alikes, import")),
    (_("Places"), "places:list", _("Facilities, districts, import")),
    (_("Pairings"), "pairing:list", _("Who mentors whom")),
    (_("Forms"), "instruments:forms", _("Publish, preview, print on paper")),
    (_("Devices"), "people:devices", _("Enrol a phone by QR code, revoke it")),
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
    """The pages a coordinator works in, those that this installation has."""
    found = []
    for title, route, text in WORK:
        try:
            found.append({"title": title, "url": reverse(route, args=[asked.programme.code]), "text": text})
        except NoReverseMatch:
            continue
    return found


def waiting(asked: Asked, today: date) -> list[Figure]:
    """Counts of what waits for a decision, and of who and what takes part."""
    programme = asked.programme
    records = Submission.objects.filter(programme=programme)
    rows = [
        (_("Records in quarantine"), Quarantined.objects.filter(programme=programme, outcome="open").count(), True,
         "instruments:quarantine"),
        (_("Records parked"), records.filter(state=Submission.State.PARKED).count(), True, "instruments:quarantine"),
        (_("Phones in use"), Device.objects.filter(programme_code=programme.code, revoked_at=None).count(), False,
         "people:devices"),
        (_("Facilities"), Site.objects.filter(running_on(today), programme=programme).count(), False,
         "office:facilities"),
        (_("Mentees"), _enrolled(asked, "mentee", today), False, "people:list"),
        (_("Mentors"), _enrolled(asked, "mentor", today), False, "people:list"),
        (_("Forms in use"), Form.objects.filter(programme=programme, closed_at=None).count(), False,
         "instruments:forms"),
    ]  # fmt: skip
    return [
        Figure(title, number(n), tone="wait" if is_work and n else "", open_url=_address(route, asked),
               open_text=gettext("Open"))
        for title, n, is_work, route in rows
    ]  # fmt: skip


def _enrolled(asked: Asked, part: str, today: date) -> int:
    return Enrolment.objects.filter(running_on(today), programme=asked.programme, part=part).count()


def _address(route: str, asked: Asked) -> str:
    try:
        return reverse(route, args=[asked.programme.code])
    except NoReverseMatch:
        return ""


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
    people = Person.objects.in_bulk(list(parts))
    rows = [_line(people[pk], said) for pk, said in parts.items() if pk in people]
    return sorted(rows, key=lambda row: (-row["n"], row["name"]))


def _line(who: Person, said: list[str]) -> dict[str, Any]:
    text = gettext("Hello {name}. {what}. Thank you, Mlezi").format(name=who.name.split()[0], what="; ".join(said))
    return {"name": who.name, "phone": who.phone, "text": text, "n": len(said), "length": len(text)}


def _late_agreements(asked: Asked, today: date) -> dict[int, int]:
    """How many overdue agreements each mentor's mentees have."""
    owners = list(goals.overdue(goals.visible_to(asked.here), on=today).values_list("owner", flat=True))
    pairs = Pairing.objects.filter(running_on(today), programme=asked.programme, learner__in=set(owners) - {None})
    found: dict[int, int] = {}
    for guide, learner in pairs.values_list("guide", "learner"):
        found[guide] = found.get(guide, 0) + owners.count(learner)
    return found
