"""One text: whose it is, who codes it, what names people in it, its versions."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from mlezi.narratives import page_words, problems, surface
from mlezi.narratives.actions import reading, redacting, sources
from mlezi.narratives.forms.texts import ByHand, Facts, Give, Speaks, Words, first_facts
from mlezi.narratives.models import Participant, Reading, Redaction, Source
from mlezi.narratives.names import CARRIED, CONSENTS, KINDS, TRACES
from mlezi.narratives.queries.reader import Reader, is_open, sees_others
from mlezi.narratives.views.asked import reader
from mlezi.narratives.views.texts import coders_of
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P


def address(source: Source, name: str = "text", *more: Any) -> str:
    return reverse(f"narratives:{name}", args=[source.programme.code, source.pk, *more])


@needs(P.CODE_TEXTS)
@require_safe
def text(request: Request, source: UUID) -> HttpResponse:
    by = reader(request)
    found = by.one(source, words=True)
    return render(request, "narratives/text.html", _page(by, found))


def _page(by: Reader, found: Source) -> dict[str, Any]:
    version = found.current
    assert version is not None
    may_keep = by.may_keep and found.record_id is None or (by.may_keep and found.kind == Source.Kind.ANSWERS)
    found_here = list(version.redactions.all()) if may_keep else []
    waiting = [one for one in found_here if one.state == Redaction.State.SUGGESTED]
    decided = [one for one in found_here if one.state != Redaction.State.SUGGESTED]
    voices = found.voices.select_related("participant", "participant__person")
    return {
        "source": found, "version": version, "reader": by, "may_keep": may_keep,
        "kind": KINDS[found.kind],
        "voices": [(one, CONSENTS[one.consent]) for one in voices],
        "readings": found.readings.select_related("coder").filter(asked_at__isnull=False).order_by("coder__name"),
        "is_open": is_open(found), "sees_others": sees_others(by, found), "waiting": _in_context(version.text, waiting),
        "decided": _in_context(version.text, decided), "n_decided": len(decided),
        "looks": may_keep and (not found.released_at or any(one.state == Redaction.State.ACCEPTED for one in decided)),
        "versions": [(one, [(CARRIED[k], n) for k, n in one.carried.items()]) for one in found.versions.defer("text")],
        "pieces": surface.pieces(found), "may_read_originals": by.may_read_originals,
        "refused": any(one.consent == "withdrawn" for one in voices),
        "silent": [one.participant.label for one in voices if one.consent != "given"],
    }  # fmt: skip


def _in_context(words: str, rows: list[Redaction]) -> list[dict[str, Any]]:
    """Each suggestion once, with the words around its first place and how often it stands."""
    often: dict[str, int] = {}
    for row in rows:
        often[row.words.casefold()] = often.get(row.words.casefold(), 0) + 1
    first: dict[str, Redaction] = {}
    for row in rows:
        first.setdefault(row.words.casefold(), row)
    return [
        {
            "row": row, "kind": TRACES[row.kind], "n": often[key], "before": words[max(0, row.start - 50) : row.start],
            "after": words[row.end : row.end + 50],
        }
        for key, row in first.items()
    ]  # fmt: skip


@needs(P.KEEP_TEXTS)
def facts(request: Request, source: UUID) -> HttpResponse:
    found = reader(request).one(source)

    def do(given: dict[str, Any]) -> None:
        sources.describe(source=found, by=request.person, at=clock.now(), **given)

    words = {"title": gettext("Where it belongs"), "submit": gettext("Keep"), "done": gettext("Kept.")}
    return ask(request, Facts, do, back=address(found), up=found.label, initial=first_facts(found), **words)


@needs(P.KEEP_TEXTS)
def speaks(request: Request, source: UUID) -> HttpResponse:
    found = reader(request).one(source)

    def do(given: dict[str, Any]) -> None:
        at, by = clock.now(), request.person
        group = {"group": given["group"]} if given["group"] else {}
        who = sources.take_part(
            programme=request.programme, label=given["label"], person=given["person"], facts=group, by=by, at=at
        )
        sources.give_voice(source=found, participant=who, speaker=given["speaker"], consent=given["consent"],
                           consent_on=given["consent_on"], by=by, at=at)  # fmt: skip

    form = partial(Speaks, programme=request.programme)
    words = {"title": gettext("Who speaks here"), "submit": gettext("Keep"), "done": gettext("Kept.")}
    return ask(request, form, do, back=address(found), up=found.label, initial=_speaker(request, found), **words)


def _speaker(request: Request, found: Source) -> dict[str, Any]:
    """What is known of the participant the address names."""
    who = Participant.objects.filter(programme=request.programme, label=request.GET.get("who", "")).first()
    voice = found.voices.filter(participant=who).first() if who else None
    if who is None or voice is None:
        return {}
    return {"label": who.label, "speaker": voice.speaker, "person": who.person_id, "group": who.facts.get("group", ""),
            "consent": voice.consent, "consent_on": voice.consent_on}  # fmt: skip


@needs(P.KEEP_TEXTS)
def give(request: Request, source: UUID) -> HttpResponse:
    found = reader(request).one(source)

    def do(given: dict[str, Any]) -> None:
        coders = list(given["coders"])
        reading.give(source=found, coders=coders, blind=given["blind"], by=request.person, at=clock.now())

    form = partial(Give, coders=coders_of(request.programme))
    asked = Reading.objects.filter(source=found, asked_at__isnull=False).values_list("coder", flat=True)
    words = {"title": gettext("Give it to coders"), "submit": gettext("Give"), "done": gettext("Given.")}
    initial = {"coders": list(asked), "blind": found.is_blind or not asked}
    return ask(request, form, do, back=address(found), up=found.label, initial=initial, **words)


@needs(P.KEEP_TEXTS)
def words(request: Request, source: UUID) -> HttpResponse:
    found = reader(request).one(source, words=True)
    version = found.current
    assert version is not None

    def do(given: dict[str, Any]) -> None:
        sources.edit(source=found, words=given["words"], because=given["because"], by=request.person, at=clock.now())

    said = {"title": gettext("Correct the words"), "submit": gettext("Make a new version")}
    said["lead"] = gettext("Codings are carried over, and the page says what became of each.")
    return ask(request, Words, do, back=address(found), up=found.label, initial={"words": version.text}, **said)


@needs(P.KEEP_TEXTS)
def take_out(request: Request, source: UUID) -> HttpResponse:
    """Words that nobody suggested and that name somebody, wherever they stand."""
    found = reader(request).one(source, words=True)
    version = found.current
    assert version is not None

    def do(given: dict[str, Any]) -> None:
        places = _places(version.text, given["words"])
        if not places:
            raise problems.NotInText(words=given["words"])
        for start in places:
            redacting.mark(version=version, start=start, end=start + len(given["words"]),
                           replacement=given["replacement"], by=request.person, at=clock.now())  # fmt: skip

    said = {"title": gettext("Take words out"), "submit": gettext("Mark them"), "done": gettext("Marked.")}
    return ask(request, ByHand, do, back=address(found), up=found.label, **said)


def _places(text: str, words: str) -> list[int]:
    """Where the words stand, from left to right, none overlapping."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + len(words))
    return found


@needs(P.KEEP_TEXTS)
@require_POST
def decide(request: Request, source: UUID, redaction: int) -> HttpResponse:
    found = reader(request).one(source)
    row = Redaction.objects.filter(pk=redaction, version=found.current_id).first()
    if row is None:
        raise problems.NoSuchSource
    redacting.decide(redaction=row, accept="accept" in request.POST, by=request.person, at=clock.now())
    return redirect(address(found) + "#identifiers")


@needs(P.KEEP_TEXTS)
@require_POST
def agreed(request: Request, source: UUID) -> HttpResponse:
    """Everybody who speaks here agreed."""
    found = reader(request).one(source)
    sources.all_agreed(source=found, by=request.person, at=clock.now())
    messages.success(request, gettext("Kept."))
    return redirect(address(found))


@needs(P.KEEP_TEXTS)
@require_POST
def release(request: Request, source: UUID) -> HttpResponse:
    found = reader(request).one(source)
    redacting.release(source=found, by=request.person, at=clock.now())
    messages.success(request, gettext("Coders can read it now."))
    return redirect(address(found))


@needs(P.KEEP_TEXTS)
@require_POST
def withdraw(request: Request, source: UUID) -> HttpResponse:
    found = reader(request).one(source)
    do = sources.bring_back if found.withdrawn_at else sources.withdraw
    do(source=found, by=request.person, at=clock.now())
    return redirect(address(found))


@needs(P.READ_ORIGINALS)
@require_safe
def version(request: Request, source: UUID, number: int) -> HttpResponse:
    """The words under a number, as they were, for those who may read originals."""
    found = reader(request).one(source)
    row = found.versions.filter(number=number).first()
    if row is None:
        raise problems.NoSuchSource
    return render(request, "narratives/version.html", {"source": found, "version": row})


@needs(P.CODE_TEXTS)
@require_safe
def code(request: Request, source: UUID) -> HttpResponse:
    """The coding page; the script takes over from `coding.json`. Without it the text can be read."""
    by = reader(request)
    found = by.one(source, words=True)
    page = {"source": found, "pieces": surface.pieces(found), "words": page_words.as_json()}
    return render(request, "narratives/code.html", page)
