"""Who supports whom, for those who keep it in order."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.pairing import actions, offers, problems, queries
from mlezi.pairing.forms import ENDINGS, KINDS, Ending, Pairing
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


def _address(row: Any) -> str:
    return reverse("pairing:end", args=[row.of, row.uid]) if row.to_on is None else ""


def _running(rows: Any, chosen: str) -> Any:
    return rows.filter(to_on=None) if chosen == "now" else rows.exclude(to_on=None)


PAIRS = Table(
    name="pairings",
    columns=(
        Column("guide", _("Who supports"), lambda row: row.guide.name, link=_address, sort=("guide__name",)),
        Column("kind", _("How"), lambda row: str(KINDS[row.kind]), sort=("kind",)),
        Column("learner", _("Whom"), lambda row: row.learner.name, sort=("learner__name",)),
        Column("place", _("Who works at"), lambda row: row.place_name, sort=("place_name",)),
        Column("from", _("Since"), lambda row: row.from_on, sort=("from_on",)),
        Column("to", _("Until"), lambda row: row.to_on, sort=("to_on",)),
        Column("reason", _("Why it ended"), lambda row: str(ENDINGS.get(row.reason, row.reason))),
    ),
    filters=(
        Filter(
            "held",
            _("Held"),
            lambda request: [("now", _("now")), ("past", _("in the past")), ("", _("ever"))],
            _running,
            default="now",
        ),
        Filter(
            "kind",
            _("How"),
            lambda request: [("", _("all")), *KINDS.items()],
            lambda rows, chosen: rows.filter(kind=chosen),
        ),
    ),
    search=("guide__name", "learner__name", "place_name"),
    sort="guide",
    empty=_("Pair people by hand, or bring in a list."),
)


@needs(P.MANAGE_PAIRINGS)
@require_safe
def listing(request: Request) -> HttpResponse:
    return PAIRS.answer(request, queries.listed(request.scope, request.programme), "pairing/list.html")


@needs(P.MANAGE_PAIRINGS)
def pair(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> None:
        actions.pair(programme=request.programme, by=request.person, at=clock.now(), **given)

    form = partial(Pairing, scope=request.scope, programme=request.programme)
    words = {"title": gettext("Pair two people"), "submit": gettext("Pair them"), "done": gettext("Paired.")}
    back = reverse("pairing:list", args=[request.programme.code])
    initial = {"on": clock.today(request.programme.time_zone)}
    return ask(request, form, do, back=back, up=gettext("Who supports whom"), initial=initial, **words)


@needs(P.MANAGE_PAIRINGS)
def end(request: Request, uid: UUID) -> HttpResponse:
    found = queries.visible_to(request.scope, request.programme).filter(uid=uid).first()
    if found is None:
        raise problems.NoSuchPairing

    def do(given: dict[str, Any]) -> str | None:
        looks_on = given.pop("looks_on")
        ended = actions.end(pairing=found, by=request.person, at=clock.now(), **given)
        return offers.after(ended, request.scope, request.person, clock.now()) if looks_on else None

    words = {"title": gettext("End this pair"), "submit": gettext("End it"), "done": gettext("Ended.")}
    words["lead"] = f"{found.guide} {KINDS[found.kind]} {found.learner}"
    back = reverse("pairing:list", args=[request.programme.code])
    initial = {"on": clock.today(request.programme.time_zone), "looks_on": True}
    return ask(request, Ending, do, back=back, up=gettext("Who supports whom"), initial=initial, **words)
