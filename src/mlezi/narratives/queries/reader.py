"""Which texts somebody may read, and whose codings they see there.

Interviews and answers: whoever may read texts, once they are released; those who keep texts see them before.
Notes of encounters stay behind the wall of coaching; needs go with who may see needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mlezi.encounters.models import Attendance, Note
from mlezi.encounters.queries import not_their_own
from mlezi.narratives import problems
from mlezi.narratives.models import Coding, Memo, Reading, Source
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of
from mlezi.resources.models import Need

TEXTS = (Source.Kind.INTERVIEW, Source.Kind.FOCUS_GROUP, Source.Kind.ANSWERS, Source.Kind.DOCUMENT)


@dataclass(frozen=True)
class Reader:
    """Somebody in a programme, with the scopes that texts are about."""

    person: Person
    programme: Programme

    def scope(self, permission: P) -> Scope:
        return scope_of(self.person, permission, programme=self.programme)

    @cached_property
    def texts(self) -> Scope:
        return self.scope(P.READ_TEXTS)

    @cached_property
    def reads_all(self) -> bool:
        return not self.texts.sees_nothing

    @cached_property
    def kept(self) -> Scope:
        return self.scope(P.KEEP_TEXTS)

    @cached_property
    def may_code(self) -> bool:
        return not self.scope(P.CODE_TEXTS).sees_nothing

    @cached_property
    def may_keep(self) -> bool:
        return not self.kept.sees_nothing

    @cached_property
    def may_read_originals(self) -> bool:
        return not self.scope(P.READ_ORIGINALS).sees_nothing

    @cached_property
    def visible(self) -> Q:
        """The filter for sources this person may open."""
        read = _within(self.texts) & Q(kind__in=TEXTS) & Q(released_at__isnull=False)
        kept = _within(self.kept) & Q(kind__in=TEXTS)
        notes = Q(kind=Source.Kind.NOTE, record_id__in=notes_of(self.scope(P.SEE_COACHING)).values("pk"))
        needs = Q(kind=Source.Kind.NEED, record_id__in=needs_of(self.scope(P.SEE_NEEDS)).values("pk"))
        return Q(programme=self.programme) & (read | kept | notes | needs)

    def sources(self) -> QuerySet[Source]:
        """Texts this person may open, those withdrawn left out."""
        found = Source.objects.filter(self.visible, withdrawn_at=None)
        return found.select_related("current", "place").defer("current__text", "current__segments")

    def one(self, pk: UUID, *, words: bool = False) -> Source:
        """One of them, with its words when asked. Raises `NoSuchSource`."""
        rows = Source.objects.filter(self.visible).select_related("current", "place")
        found = (rows if words else rows.defer("current__text", "current__segments")).filter(pk=pk).first()
        if found is None:
            raise problems.NoSuchSource
        return found


def _within(scope: Scope) -> Q:
    """Texts of the scope's part of the tree; one that belongs to no place belongs to the whole programme."""
    if scope.sees_nothing:
        return Q(pk__in=[])
    there = scope.where(path="place__path")
    return there | Q(place=None, programme__in=scope.programmes) if scope.ranges else there


def notes_of(scope: Scope) -> QuerySet[Note]:
    """Notes of encounters that may be read: by, about, or from a meeting of the scope's persons. Never what mentees
    wrote for themselves."""
    if not scope.persons:
        return Note.objects.none()
    there = Attendance.objects.filter(person__in=scope.persons).values("encounter")
    about_all = Q(about=None) & (Q(encounter__lead__in=scope.persons) | Q(encounter__in=there))
    mine = Q(author__in=scope.persons) | Q(about__in=scope.persons) | about_all
    return Note.objects.filter(mine, not_their_own(), encounter__programme__in=scope.programmes)


def needs_of(scope: Scope) -> QuerySet[Need]:
    """Needs with words of their own at places of the scope."""
    return Need.objects.filter(scope.where(path="place__path")).exclude(detail="")


def is_open(source: Source) -> bool:
    """Whether everybody who reads it sees everybody's codings: not blind, or every coder is done."""
    if not source.is_blind:
        return True
    return not Reading.objects.filter(source=source, asked_at__isnull=False, done_at=None).exists()


def is_read_blind() -> Q:
    """The same for many texts at once, the other way round: a coder of a blind text is not done."""
    waiting = Reading.objects.filter(source=OuterRef("pk"), asked_at__isnull=False, done_at=None)
    return Q(is_blind=True) & Q(Exists(waiting))


def still_reading(source: Source) -> list[str]:
    """Names of the coders who are not done."""
    waiting = Reading.objects.filter(source=source, asked_at__isnull=False, done_at=None).select_related("coder")
    return [one.coder.name for one in waiting.order_by("coder__name")]


def sees_others(reader: Reader, source: Source) -> bool:
    """Whether this person sees codings that are not their own. Who keeps texts and does not code it, does."""
    if is_open(source):
        return True
    codes_it = Reading.objects.filter(source=source, coder=reader.person, asked_at__isnull=False).exists()
    return reader.may_keep and not codes_it


def codings_seen(reader: Reader) -> QuerySet[Coding]:
    """Codings that stand now, in all texts that this person may open, as far as they may see them there."""
    hidden = Source.objects.filter(is_read_blind(), programme=reader.programme)
    if reader.may_keep:
        hidden = hidden.filter(readings__coder=reader.person, readings__asked_at__isnull=False)
    rows = Coding.objects.filter(is_current=True, source__in=reader.sources().values("pk"))
    return rows.filter(Q(coder=reader.person) | ~Q(source__in=hidden.values("pk")))


def codings_of(reader: Reader, source: Source, *, removed: bool = False) -> QuerySet[Coding]:
    """Codings on the current version that this person may see."""
    rows = Coding.objects.filter(source=source, version=source.current_id)
    if not removed:
        rows = rows.filter(removed_at=None)
    if not sees_others(reader, source):
        rows = rows.filter(coder=reader.person)
    return rows.select_related("code", "qualifier", "coder")


def memos_of(reader: Reader, source: Source, *, removed: bool = False) -> QuerySet[Memo]:
    rows = Memo.objects.filter(source=source)
    if not removed:
        rows = rows.filter(removed_at=None)
    if not sees_others(reader, source):
        rows = rows.filter(author=reader.person)
    return rows.select_related("author", "code")
