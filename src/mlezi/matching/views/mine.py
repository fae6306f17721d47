"""Pages of everybody who takes part: requests to answer, the own profile, wishes, and a word in confidence."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from mlezi.matching import problems
from mlezi.matching.actions import answering, concerns, profiles
from mlezi.matching.forms.mine import WISHES, About, Accept, Concern, Decline
from mlezi.matching.models import Profile
from mlezi.matching.pictures import mine as pictures
from mlezi.matching.pictures import network, wishing
from mlezi.matching.pictures.answer import titles_of
from mlezi.matching.queries import identity, own
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.programmes.doors import Request, takes_part


@takes_part
@require_safe
def mine(request: Request) -> HttpResponse:
    me, programme = request.person, request.programme
    guided, guides = pictures.paired(me, programme)
    parts = own.parts(me, programme)
    context = {
        "asked": pictures.asked(me, programme),
        "guided": guided,
        "guides": guides,
        "waits": pictures.waits_for(me, programme),
        "parts": parts,
        "load": pictures.load(me, programme),
        "profile": Profile.objects.filter(person=me).first(),
        "nodes": network.of(me, programme),
        "is_asked_identity": identity.is_collected(programme),
    }
    return render(request, "matching/mine.html", context)


@takes_part
def accept(request: Request, uid: UUID) -> HttpResponse:
    found = own.request(request.person, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        answering.accept(
            request=found, by=request.person, at=clock.now(), stays_open=given["after"] == "open",
            away_until=given["away_until"],
        )  # fmt: skip

    words = {"title": gettext("Take {name} on").format(name=found.mentee), "submit": gettext("Yes, I take them on")}
    words["lead"] = gettext("Are you still available? Say how it is after this one.")
    words["done"] = gettext("You are a pair now. Both of you see the other's profile and contact.")
    return ask(request, Accept, do, back=_mine(request), up=gettext("My matching"), **words)


@takes_part
def decline(request: Request, uid: UUID) -> HttpResponse:
    found = own.request(request.person, request.programme, uid)

    def do(given: dict[str, Any]) -> None:
        answering.decline(
            request=found, by=request.person, at=clock.now(), reason=given["reason"], note=given["note"],
            stays_open=given["after"] == "open", away_until=given["away_until"],
        )  # fmt: skip

    words = {"title": gettext("Not {name}").format(name=found.mentee), "submit": gettext("Decline")}
    words["lead"] = gettext("Who has nobody goes to the head of the waiting list. Nobody is at fault.")
    words["done"] = gettext("Declined. The coordinator looks for somebody else.")
    return ask(request, Decline, do, back=_mine(request), up=gettext("My matching"), **words)


@takes_part
def rather_not(request: Request, uid: UUID) -> HttpResponse:
    """The mentee takes back the request that was sent about them."""
    found = own.about_me(request.person, request.programme, uid)
    if request.method == "POST":
        answering.withdraw(request=found, by=request.person, at=clock.now(), reason="mentee")
        messages.success(request, gettext("Taken back. Nobody is at fault."))
    return redirect(_mine(request))


@takes_part
def about(request: Request) -> HttpResponse:
    me, programme = request.person, request.programme
    domains, parts = titles_of(programme), own.parts(me, programme)
    form = About(request.POST or None, domains=domains, parts=parts, initial=own.initial(me, programme))
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        profiles.describe(person=me, by=me, at=now, **form.profile())
        profiles.agree(person=me, programme=programme, by=me, at=now, **form.terms())
        messages.success(request, gettext("Kept."))
        return redirect(_mine(request))
    context = {"form": form, "back": _mine(request)}
    return render(request, "matching/about.html", context, status=400 if form.errors else 200)


@takes_part
def wishes(request: Request) -> HttpResponse:
    me, programme = request.person, request.programme
    if request.method == "POST":
        named = wishing.options(me, programme, named=wishing.named(request.POST)).wished
        said = wishing.said(named, request.POST)
        profiles.say_wishes(person=me, programme=programme, said=said, by=me, at=clock.now())
        if "search" in request.POST:  # what was chosen so far is kept, and the search goes on
            return redirect(f"{request.path}?{urlencode({'q': request.POST.get('q', '')})}")
        messages.success(request, gettext("Kept."))
        return redirect(_mine(request))
    typed = request.GET.get("q", "")
    context = {"typed": typed, "options": wishing.options(me, programme, typed=typed), "choices": list(WISHES.items())}
    return render(request, "matching/wishes.html", context)


@takes_part
def concern(request: Request, who: UUID) -> HttpResponse:
    about_ = own.somebody(request.person, request.programme, who)
    if about_ is None:
        raise problems.NoSuchRound

    def do(given: dict[str, Any]) -> None:
        concerns.report(programme=request.programme, about=about_, by=request.person, at=clock.now(), **given)

    words = {"title": gettext("A word in confidence"), "submit": gettext("Tell the programme manager")}
    words["lead"] = gettext("Only the programme manager reads this. {name} is not told.").format(name=about_)
    words["done"] = gettext("The programme manager will read it. Thank you for saying so.")
    return ask(request, Concern, do, back=_mine(request), up=gettext("My matching"), **words)


def _mine(request: Request) -> str:
    return reverse("matching:mine", args=[request.programme.code])
