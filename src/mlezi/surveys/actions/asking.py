"""Ask, remind, give a new link, take one back. What goes to a phone is a short line of text, ready to send."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.audit.actions import Actor
from mlezi.people.models import Person
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme
from mlezi.surveys import codes
from mlezi.surveys.models import Invitation
from mlezi.surveys.queries import waiting
from mlezi.surveys.schedule import schedules

Channel = Invitation.Channel


@dataclass(frozen=True)
class Line:
    """What to send to one person, in their language. `link` and `code` open the same page."""

    invitation: Invitation
    person: Person
    text: str
    link: str
    code: str


@transaction.atomic
def ask(
    *, programme: Programme, ids: Collection[UUID], channel: str, base: str, on: date, by: Actor, at: datetime
) -> list[Line]:
    """Note that these people are asked on this day, and give the line for each. Asked before: the same line again.

    `base` is the address under which people reach this installation.
    """
    rows = _locked(programme, ids, revoked_on__isnull=True)
    for row in rows:
        row.asked_on = row.asked_on or on
        row.channel = row.channel or channel
        row.code_hash = codes.hashed(codes.code_of(row.pk, row.generation))
    Invitation.objects.bulk_update(rows, ["asked_on", "channel", "code_hash"], batch_size=200)
    _record("invitations.asked", programme, rows, by, at, channel=channel)
    return lines(rows, programme, base=base)


@transaction.atomic
def remind(*, programme: Programme, ids: Collection[UUID], base: str, on: date, by: Actor, at: datetime) -> list[Line]:
    """Remind whoever was asked, has not answered, and may be reminded today. Seldom: see `waiting.to_remind`."""
    allowed = set(waiting.to_remind(programme, on=on).values_list("pk", flat=True))
    rows = _locked(programme, [pk for pk in ids if pk in allowed])
    for row in rows:
        row.reminded_on, row.n_reminders = on, row.n_reminders + 1
    Invitation.objects.bulk_update(rows, ["reminded_on", "n_reminders"], batch_size=200)
    _record("invitations.reminded", programme, rows, by, at)
    return lines(rows, programme, base=base)


@transaction.atomic
def renew(*, invitation: Invitation, base: str, by: Actor, at: datetime) -> Line:
    """A new link; older ones stop working at once. A link that was used or taken back works again."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    row.generation += 1
    row.revoked_on, row.is_used = None, False
    row.code_hash = codes.hashed(codes.code_of(row.pk, row.generation))
    row.save(update_fields=["generation", "revoked_on", "is_used", "code_hash"])
    audit.record("invitation.renewed", row, by=by, at=at)
    return lines([row], row.programme, base=base)[0]


@transaction.atomic
def revoke(*, invitation: Invitation, on: date, by: Actor, at: datetime) -> Invitation:
    """The link opens nothing any more. The person stays among those who were asked."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.revoked_on is None:
        row.revoked_on = on
        row.save(update_fields=["revoked_on"])
        audit.record("invitation.revoked", row, by=by, at=at)
    return row


@transaction.atomic
def mark_answered(*, invitation: Invitation, on: date, by: Actor, at: datetime) -> Invitation:
    """An anonymous sheet came back on paper from somebody who was asked: which one is not known, and must not be."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not row.is_used:
        row.is_used = True
        row.asked_on, row.channel = row.asked_on or on, row.channel or Channel.PAPER
        row.save(update_fields=["is_used", "asked_on", "channel"])
        audit.record("invitation.answered_on_paper", row, by=by, at=at)
    return row


def _locked(programme: Programme, ids: Collection[UUID], **more: object) -> list[Invitation]:
    rows: QuerySet[Invitation] = Invitation.objects.select_for_update(of=("self",)).select_related("person")
    return list(rows.filter(programme=programme, pk__in=list(ids), **more).order_by("due_on", "person__name", "pk"))


def _record(name: str, programme: Programme, rows: Sequence[Invitation], by: Actor, at: datetime, **facts: str) -> None:
    if rows:
        counts = {"n": len(rows), "ids": [str(row.pk) for row in rows], **facts}
        audit.record(name, programme, by=by, at=at, facts=counts)


def lines(rows: Iterable[Invitation], programme: Programme, *, base: str) -> list[Line]:
    """One short line a person, in the first of their languages that is complete here."""
    titles = _titles(programme)
    found = []
    for row in rows:
        code = codes.code_of(row.pk, row.generation)
        link = base.rstrip("/") + reverse("asked:page", args=[code])
        with translation.override(language_of(row.person)):
            title = _called(titles, row) or row.instrument
            words = {"title": title, "link": link}
            if row.closes_on:
                words["day"] = date_format(row.closes_on, "j M")
                text = gettext("{title}: please answer by {day}. {link}").format(**words)
            else:
                text = gettext("{title}: please answer. {link}").format(**words)
        found.append(Line(row, row.person, text, link, codes.spaced(code)))
    return found


def language_of(person: Person) -> str:
    return next((code for code in person.languages if code in settings.READY_LANGUAGES), settings.LANGUAGE_CODE)


def _titles(programme: Programme) -> dict[tuple[str, str], list[object]]:
    """What is said when people are asked for a form at a wave: the schedule's title, else the form's own.

    A form that several schedules ask for is called by its own title, and then by that of the schedule.
    """
    own: dict[str, object] = dict(programme.forms.values_list("form_id", "title"))
    asked = schedules(programme.blueprint)
    times = Counter(one.form for one in asked)
    found: dict[tuple[str, str], list[object]] = {(form, ""): [title] for form, title in own.items()}
    for one in asked:
        title: list[object] = [dict(one.title)] if one.title else []
        both = [own[one.form], *title] if times[one.form] > 1 and one.form in own else title
        found |= {(one.form, wave.code): both for wave in one.waves if both}
    return found


def _called(titles: dict[tuple[str, str], list[object]], row: Invitation) -> str:
    said = titles.get((row.instrument, row.wave)) or titles.get((row.instrument, "")) or []
    return ", ".join(words for words in map(worded, said) if words)
