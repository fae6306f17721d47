"""The list of texts, and bringing them in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Count, Q, Value
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from mlezi.narratives import problems
from mlezi.narratives.actions import gathering, redacting, sources
from mlezi.narratives.actions.sources import Belongs, read_document, wordless_pages
from mlezi.narratives.forms.texts import BringIn
from mlezi.narratives.models import Source, Voice
from mlezi.narratives.names import KINDS
from mlezi.narratives.queries import searching
from mlezi.narratives.queries.reader import Reader
from mlezi.narratives.views.asked import reader
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.plumbing.formbase import ask
from mlezi.plumbing.problems import Problem
from mlezi.plumbing.tables import Column, Filter, Table
from mlezi.plumbing.words import badge, number
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.models import Programme, RoleAssignment
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import running_on
from mlezi.surveys.models import Filled


def _address(row: Any) -> str:
    return reverse("narratives:text", args=[row.of, row.pk])


ASKS = {"interviewer", "moderator", "facilitator", "i", "q", "msaili", "mwezeshaji"}


def _state(row: Any) -> tuple[str, str]:
    if row.released_at is None:
        return gettext("to be looked at"), "wait"
    if row.settled_at is not None:
        return gettext("settled"), "good"
    if row.n_asked and row.n_done >= row.n_asked:
        return gettext("all done"), "good"
    return (gettext("blind coding"), "note") if row.is_blind and row.n_asked else (gettext("open"), "")


def _readers(row: Any) -> str:
    return gettext("{done} of {asked}").format(done=row.n_done, asked=row.n_asked) if row.n_asked else str(row.n_done)


TEXTS = Table(
    name="texts",
    columns=(
        Column("label", _("Text"), lambda row: row.label, link=_address, sort=("label",)),
        Column("kind", _("Kind"), lambda row: str(KINDS[row.kind]), sort=("kind",)),
        Column("held_on", _("Held on"), lambda row: row.held_on, sort=("held_on",)),
        Column("wave", _("Time point"), lambda row: row.wave, sort=("wave",)),
        Column("people", _("People"), lambda row: row.n_voices, sort=("n_voices",), numeric=True),
        Column(
            "length",
            _("Characters"),
            lambda row: row.current.n_chars,
            sort=("current__n_chars",),
            numeric=True,
            show=lambda row: number(row.current.n_chars),
        ),
        Column("coded", _("My codings"), lambda row: row.n_mine, sort=("n_mine",), numeric=True),
        Column("done", _("Read by"), _readers, sort=("n_done",), numeric=True),
        Column("state", _("State"), lambda row: _state(row)[0], show=lambda row: badge(*_state(row))),
    ),
    filters=(
        Filter(
            "kind",
            _("Kind"),
            lambda request: [("", _("all")), *KINDS.items()],
            lambda rows, chosen: rows.filter(kind=chosen),
        ),
        Filter(
            "state",
            _("State"),
            lambda request: [("", _("all")), ("wait", _("to be looked at")), ("mine", _("given to me"))],
            lambda rows, chosen: rows.filter(released_at=None) if chosen == "wait" else rows.filter(n_given__gt=0),
        ),
    ),
    search=("label", "wave", "study", "form_id"),
    sort="label",
    empty=_(
        "Bring in interviews, or let people answer open questions in a form: the answers arrive here by themselves."
    ),
)


def listed(by: Reader) -> Any:
    """Texts with what the list shows. Codings of others stay uncounted while they are hidden."""
    me = by.person
    asked = Q(readings__asked_at__isnull=False)
    return by.sources().annotate(
        of=Value(by.programme.code),
        n_voices=Count("voices", distinct=True),
        n_asked=Count("readings", filter=asked, distinct=True),
        n_done=Count("readings", filter=Q(readings__done_at__isnull=False), distinct=True),
        n_given=Count("readings", filter=asked & Q(readings__coder=me), distinct=True),
        n_mine=Count("codings", filter=Q(codings__is_current=True, codings__coder=me), distinct=True),
    )


@needs(P.CODE_TEXTS)
@require_safe
def listing(request: Request) -> HttpResponse:
    by = reader(request)
    return TEXTS.answer(request, listed(by), "narratives/texts.html", reader=by, n_waiting=_waiting(by))


@needs(P.CODE_TEXTS)
@require_safe
def search(request: Request) -> HttpResponse:
    q = request.GET.get("q", "")[:120].strip()
    found = searching.search(reader(request), q)
    page = {"q": q, "found": found, "n": sum(one.n for one in found)}
    return render(request, "narratives/search.html", page)


def _waiting(by: Reader) -> int:
    return by.sources().filter(released_at=None).count() if by.may_keep else 0


@needs(P.KEEP_TEXTS)
def bring_in(request: Request) -> HttpResponse:
    def do(given: dict[str, Any]) -> str | None:
        kept, faults = _each(request, given)
        if len(faults) == 1 and not kept:
            raise faults[0]
        for fault in faults:
            messages.error(request, str(fault))
        if not kept:
            raise problems.NothingBroughtIn
        n = len(kept)
        said = ngettext("{n} text was brought in.", "{n} texts were brought in.", n).format(n=n)
        messages.success(request, said)
        alone = n == 1 and not faults
        return reverse("narratives:text", args=[request.programme.code, kept[0].pk]) if alone else None

    words = {"title": gettext("Bring in texts"), "submit": gettext("Bring in")}
    words["lead"] = gettext("The words are kept as they are. Before anybody codes them you look at what names people.")
    back = reverse("narratives:texts", args=[request.programme.code])
    return ask(request, BringIn, do, back=back, up=gettext("Texts"), **words)


def _each(request: Request, given: dict[str, Any]) -> tuple[list[Source], list[Problem]]:
    """Every file for itself: one that cannot be read keeps no other out."""
    kept: list[Source] = []
    faults: list[Problem] = []
    for file in given["files"]:
        try:
            kept.append(_keep(request, file, given))
        except Problem as problem:
            faults.append(problem)
    return kept, faults


@transaction.atomic
def _keep(request: Request, file: Any, given: dict[str, Any]) -> Source:
    """One file as a text with its speakers; it waits until somebody looked at identifiers."""
    content = file.read()
    text, at, by = read_document(content, file.name), clock.now(), request.person
    belongs = Belongs(
        kind=given["kind"], held_on=given["held_on"], wave=given["wave"], study=given["study"], place=given["place"],
        file_name=file.name[:255],
    )  # fmt: skip
    label = sources.label_for(request.programme, file.name.rpartition(".")[0] or file.name, str(KINDS[belongs.kind]))
    source = sources.add(programme=request.programme, label=label, text=text, belongs=belongs, by=by, at=at)
    consent = Voice.Consent.GIVEN if given["agreed"] else Voice.Consent.UNKNOWN
    speakers = [name for name in dict.fromkeys(piece.speaker for piece in text.pieces) if name and not _asks(name)]
    for speaker in speakers or [""]:
        label = gathering.label_for(request.programme, speaker)
        who = sources.take_part(programme=request.programme, label=label, by=by, at=at)
        sources.give_voice(
            source=source, participant=who, speaker=speaker, consent=consent, consent_on=given["held_on"], by=by, at=at
        )
    redacting.suggest(source=source, by=by, at=at)
    if wordless := wordless_pages(content, file.name):
        said = gettext("{file}: nothing could be read on page {pages}. If it was scanned, have it recognised first, "
                       "and put its words in with “Correct the words”.")  # fmt: skip
        messages.warning(request, said.format(file=file.name, pages=", ".join(map(str, wordless))))
    return source


def _asks(speaker: str) -> bool:
    """Whether this speaker is whoever asks, and no participant."""
    return speaker.split(maxsplit=1)[0].casefold() in ASKS


@needs(P.CODE_TEXTS)
@require_POST
def gather(request: Request) -> HttpResponse:
    """Bring notes and needs in, and look again for open answers."""
    by, at = reader(request), clock.now()
    n = gathering.notes(reader=by, by=request.person, at=at)
    if by.may_keep:
        filled = Filled.objects.filter(programme=request.programme).select_related("place", "programme")
        filled = filled.order_by("answered_on", "pk")
        n += gathering.answers(programme=request.programme, filled=filled, by=request.person, at=at)
    messages.success(request, ngettext("{n} text arrived.", "{n} texts arrived.", n).format(n=n))
    return redirect("narratives:texts", request.programme.code)


@needs(P.KEEP_TEXTS)
@require_POST
def release_all(request: Request) -> HttpResponse:
    """Open every text in which nothing looks like an identifier and everybody agreed; say what the others wait for."""
    by, at = reader(request), clock.now()
    n, named, silent = 0, 0, 0
    for source in by.sources().filter(released_at=None):
        if redacting.suggest(source=source, by=request.person, at=at):
            named += 1
            continue
        try:
            redacting.release(source=source, by=request.person, at=at)
            n += 1
        except problems.ConsentMissing:
            silent += 1
    said = [ngettext("{n} text was opened.", "{n} texts were opened.", n).format(n=n)]
    if named:
        said.append(ngettext("{n} text holds words that may name somebody: open it and decide about each.",
                             "{n} texts hold words that may name somebody: open them and decide about each.",
                             named).format(n=named))  # fmt: skip
    if silent:
        said.append(ngettext("{n} text waits for somebody to write down that all agreed.",
                             "{n} texts wait for somebody to write down that all agreed.",
                             silent).format(n=silent))  # fmt: skip
    (messages.success if n else messages.warning)(request, " ".join(said))
    return redirect("narratives:texts", request.programme.code)


def coders_of(programme: Programme) -> Any:
    """People who may code texts of this programme now, by their role."""
    roles = RoleAssignment.objects.filter(running_on(clock.today(programme.time_zone)), programme=programme,
                                          role__in=("coder", "interviewer"))  # fmt: skip
    return Person.objects.filter(pk__in=roles.values("person")).order_by("name")
