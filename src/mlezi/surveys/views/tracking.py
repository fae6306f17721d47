"""Who was asked and who answered: by wave, by place, person by person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Case, CharField, F, Q, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.plumbing import clock
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries import tracking, waiting
from mlezi.surveys.queries.titles import spelled, titles_of, waves_of

CHANNELS = {"": _("not asked yet"), "link": _("link"), "code": _("code"), "phone": _("phone app"), "paper": _("paper")}


def _state(row: Any) -> str:
    if row.has_answered:
        return gettext("answered")
    if row.revoked_on:
        return gettext("taken back")
    if row.asked_on:
        return gettext("asked")
    closed = row.closes_on is not None and row.closes_on < clock.today()
    return gettext("closed before anybody asked") if closed else gettext("not asked yet")


def _by_state(rows: Any, value: str) -> Any:
    if value == "answered":
        return rows.filter(has_answered=True)
    if value == "reached":  # who is counted as asked, as `tracking.count` has it
        return rows.filter(Q(has_answered=True) | Q(asked_on__isnull=False))
    open_rows = rows.filter(has_answered=False)
    today = clock.today()
    if value == "overdue":
        return open_rows.filter(closes_on__lt=today, asked_on__isnull=False)
    if value == "missed":
        return open_rows.filter(closes_on__lt=today, asked_on__isnull=True)
    if value == "waiting":
        return open_rows.filter(asked_on__isnull=True).exclude(closes_on__lt=today)
    return open_rows.filter(asked_on__isnull=False)


STATES = {
    "reached": _("asked, answered or not"),
    "answered": _("answered"),
    "asked": _("asked, not answered"),
    "waiting": _("not asked yet"),
    "overdue": _("overdue"),
    "missed": _("closed before anybody asked"),
}


def _waves(request: HttpRequest) -> list[tuple[str, str]]:
    programme = request.programme  # type: ignore[attr-defined]
    rows = Invitation.objects.filter(programme=programme).order_by("wave").values_list("wave", flat=True)
    titles = waves_of(programme)
    return [("", gettext("all")), *((wave, titles.get(wave) or spelled(wave)) for wave in rows.distinct())]


def _instruments(request: HttpRequest) -> list[tuple[str, str]]:
    titles = titles_of(request.programme)  # type: ignore[attr-defined]
    return [("", gettext("all")), *sorted(titles.items(), key=lambda pair: pair[1])]


PEOPLE = Table(
    "asked",
    (
        Column("name", _("Person"), lambda row: row.person.name, sort=("person__name",)),
        Column("place", _("Facility"), lambda row: row.place.name if row.place else "", sort=("place__name",)),
        Column("instrument", _("Questionnaire or test"), lambda row: row.title, sort=("instrument",)),
        Column("wave", _("Time point"), lambda row: row.wave_title, sort=("wave",)),
        Column("due", _("Due"), lambda row: row.due_on, sort=("due_on",)),
        Column("closes", _("Closes"), lambda row: row.closes_on, sort=("closes_on",)),
        Column("asked", _("Asked on"), lambda row: row.asked_on, sort=("asked_on",)),
        Column("answered", _("Answered on"), lambda row: row.answered_on, sort=("answered_on",)),
        Column("state", _("State"), _state, badge=True),
        Column("channel", _("By"), lambda row: str(CHANNELS[row.channel]), in_page=False),
        Column("reminders", _("Reminders"), lambda row: row.n_reminders, numeric=True, in_page=False),
    ),
    (
        Filter("instrument", _("Questionnaire or test"), _instruments, lambda rows, v: rows.filter(instrument=v)),
        Filter("wave", _("Time point"), _waves, lambda rows, value: rows.filter(wave=value)),
        Filter("state", _("State"), lambda request: [("", gettext("all")), *STATES.items()], _by_state),
    ),
    search=("person__name", "place__name"),
    sort="-due",
    empty=_("Nobody is due yet. A schedule in the blueprint says who is asked what, and when."),
)


@needs(Permission.SEE_COUNTS)
@require_safe
def page(request: Request) -> HttpResponse:
    """By wave, each figure opening to the people behind it for whoever may see them."""
    programme, today = request.programme, clock.today(request.programme.time_zone)
    rows = waiting.invitations(programme, request.scope)
    known = waiting.places_by_name(programme, request.person)
    waves = tracking.tracked(programme, rows, on=today, threshold=settings.SMALL_GROUP, known=known)
    titles = titles_of(programme)
    called = waves_of(programme)
    shown = [
        {
            "wave": one,
            "title": titles.get(one.instrument) or spelled(one.instrument),
            "time": called.get(one.wave) or spelled(one.wave),
        }
        for one in waves
    ]
    may_open = Permission.SEE_PEOPLE in request.permissions
    context = {"waves": shown, "may_open": may_open, "manages": Permission.MANAGE_PEOPLE in request.permissions}
    return render(request, "surveys/tracker.html", context)


@needs(Permission.SEE_PEOPLE)
@require_safe
def people(request: Request) -> HttpResponse:
    """Person by person: that they were asked and answered, never what."""
    rows = waiting.invitations(request.programme, request.scope)
    titles = titles_of(request.programme)
    place = request.GET.get("place", "")
    if place.isdecimal() and len(place) < 12:
        rows = rows.filter(place=int(place))
    if "occasion" in request.GET:  # one time a course was held; none: what a schedule asked
        rows = rows.filter(occasion=request.GET["occasion"][:60])
    rows = rows.annotate(title=_named("instrument", titles), wave_title=_named("wave", waves_of(request.programme)))
    back = reverse("surveys:tracker", args=[request.programme.code])
    return PEOPLE.answer(request, rows, "surveys/people.html", back=back)


def _named(field: str, titles: Mapping[str, str]) -> Case:
    """The title of the code in a field, or the code where it has none."""
    cases = [When(**{field: code}, then=Value(title)) for code, title in titles.items()]
    return Case(*cases, default=F(field), output_field=CharField())
