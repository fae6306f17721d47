"""The coordinator's desk: what waits for somebody, how fresh the data are, and whom to remind of what."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.evaluation import keeping
from mlezi.instruments.models import Quarantined, Submission
from mlezi.instruments.queries import quarantine
from mlezi.office import links
from mlezi.office.pictures import reminders
from mlezi.office.pictures.asked import Asked
from mlezi.openrosa.queries import phones
from mlezi.places.scope import Scope
from mlezi.plumbing.figures import Figure
from mlezi.plumbing.words import number
from mlezi.programmes.models import Enrolment, Site
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import participants, running_on, scope_of

FIGURES = ("visit_coverage", "overdue_facilities", "data_freshness", "silent_phones", "plan_kept", "received_late")
SHORT = 12  # texts on the desk itself
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
    asked.ahead(FIGURES, seconds=0)  # they are begun, and go on while the rest is looked up
    return {
        "waiting": waiting(asked, today),
        "due": reminders.due(asked, today)[:SHORT],
        "figures": asked.cards(FIGURES),
        "work": work(asked),
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
    sites = Site.objects.filter(running_on(today), asked.here.where(), programme=programme)
    rows: list[tuple[Any, int, bool, str]] = [
        (_("Phones in use"), phones(programme, phoned).filter(revoked_at=None).count(), False, "openrosa:devices"),
        (_("Facilities"), sites.count(), False, "office:facilities"),
        (_("Mentees"), _n_enrolled(asked, seen, "mentee", today), False, "people:list?part=mentee"),
        (_("Mentors"), _n_enrolled(asked, seen, "mentor", today), False, "people:list?part=mentor"),
    ]
    if kept.ranges:
        waits = quarantine.kept(programme, kept).filter(outcome=Quarantined.Outcome.OPEN)
        parked = quarantine.parked(programme, kept).filter(state=Submission.State.PARKED)
        rows[:0] = [
            (_("Records in quarantine"), waits.count(), True, "instruments:quarantine"),
            (_("Records parked"), parked.count(), True, "instruments:parked"),
        ]
    return [_waiting(asked, *row) for row in rows]


def _waiting(asked: Asked, title: Any, n: int, is_work: bool, route: str) -> Figure:
    name, _sign, narrowed = route.partition("?")
    address = reverse(name, args=[asked.programme.code]) + (f"?{narrowed}" if narrowed else "")
    return Figure(title, number(n), tone="wait" if is_work and n else "", open_url=address, open_text=gettext("Open"))


def _n_enrolled(asked: Asked, seen: Scope, part: str, today: date) -> int:
    """How many the list of people shows as that, counted again when anything changed."""

    def count() -> list[int]:
        rows = Enrolment.objects.filter(running_on(today), programme=asked.programme, part=part)
        return [participants(seen, asked.programme, on=today, enrolled=rows).count()]

    return keeping.whole(f"number of {part}s", asked.programme, seen, on=today, make=count)[0]
