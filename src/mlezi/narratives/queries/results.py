"""What the codings of a programme say, for counting: which texts count, who was heard, who said what.

A text counts when a coder is done with it or it has codings. A text that is still read blind counts nowhere, so that
no count tells one coder what the other did. Where coders settled their differences the settled codings count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from mlezi.methods.coding.counting import Coded
from mlezi.narratives.models import Code, Codebook, Coding, Participant, Reading, Source, SourceVersion, Voice
from mlezi.narratives.queries.codebooks import codes_of
from mlezi.narratives.queries.reader import is_read_blind
from mlezi.programmes.models import Programme

if TYPE_CHECKING:
    from mlezi.narratives.queries.grid import Grid


@dataclass(frozen=True)
class Chosen:
    """Which texts: all, or those of a kind, instrument, wave, study."""

    kind: str = ""
    form_id: str = ""
    wave: str = ""
    study: str = ""


class Text(NamedTuple):
    """A text of the choice, with what counting asks of it; what few ask is as the database has it until then."""

    key: UUID | str
    version: int  # the one that is coded now
    wave: str
    day: date | str | None
    is_settled: bool

    @property
    def pk(self) -> UUID:
        return self.key if isinstance(self.key, UUID) else UUID(self.key)

    @property
    def held_on(self) -> date | None:
        return date.fromisoformat(self.day) if isinstance(self.day, str) else self.day


@dataclass
class Material:
    """Texts that count, their people and their codings with one codebook."""

    programme: Programme
    codebook: Codebook
    chosen: Chosen = field(default_factory=Chosen)
    sources: QuerySet[Source] | None = None  # narrower than the programme's: what the reader may open

    @cached_property
    def codes(self) -> list[Code]:
        return codes_of(self.codebook, retired=True)

    @cached_property
    def above(self) -> dict[Hashable, tuple[Hashable, ...]]:
        """For each code those above it, nearest first."""
        parents = {code.pk: code.parent_id for code in self.codes}
        found: dict[Hashable, tuple[Hashable, ...]] = {}
        for code in self.codes:
            chain, at = [], code.parent_id
            while at is not None:
                chain.append(at)
                at = parents.get(at)
            found[code.pk] = tuple(chain)
        return found

    @cached_property
    def open_texts(self) -> QuerySet[Source]:
        """Texts in the choice that are not withdrawn."""
        rows = self.sources if self.sources is not None else Source.objects.all()
        rows = rows.filter(programme=self.programme, withdrawn_at=None)
        wanted = {name: value for name, value in vars(self.chosen).items() if value}
        return rows.filter(**wanted)

    @cached_property
    def counted(self) -> QuerySet[Source]:
        return self.open_texts.filter(_is_read()).exclude(is_read_blind())

    @cached_property
    def _states(self) -> list[tuple[Text, bool, bool]]:
        """The texts of the choice, each with whether it is read and whether it is read blind."""
        read, blind = (ExpressionWrapper(one, BooleanField()) for one in (Q(_is_read()), is_read_blind()))
        rows = self.open_texts.order_by("current").annotate(is_read=read, is_read_blind=blind)
        rows_ = rows.values_list("pk", "current", "wave", "held_on", "settled_at", "is_read", "is_read_blind")
        return [(Text(key, version, wave, day, settled is not None), bool(is_read), bool(is_blind))
                for key, version, wave, day, settled, is_read, is_blind in fetched(rows_)]  # fmt: skip

    @cached_property
    def texts(self) -> list[Text]:
        """Those that count, in a settled order."""
        return [text for text, is_read, is_blind in self._states if is_read and not is_blind]

    @cached_property
    def n_unread(self) -> int:
        return sum(not is_read and not is_blind for _, is_read, is_blind in self._states)

    @cached_property
    def n_blind(self) -> int:
        return sum(is_blind for _, _, is_blind in self._states)

    @cached_property
    def speakers(self) -> dict[int, list[tuple[str, int]]]:
        """For each text, by the version that is coded, its speakers with their participants."""
        found: dict[int, list[tuple[str, int]]] = defaultdict(list)
        counted = {text.version for text in self.texts}
        rows = Voice.objects.filter(source__programme=self.programme).exclude(consent=Voice.Consent.WITHDRAWN)
        for version, speaker, who in fetched(rows.values_list("source__current", "speaker", "participant")):
            if version in counted:
                found[version].append((speaker, who))
        return found

    @cached_property
    def voices(self) -> dict[Any, list[tuple[str, int]]]:
        """The same by text."""
        return {text.pk: self.speakers[text.version] for text in self.texts if text.version in self.speakers}

    @cached_property
    def participants(self) -> dict[int, Participant]:
        return Participant.objects.in_bulk({who for some in self.speakers.values() for _, who in some})

    @property
    def n_texts(self) -> int:
        return len(self.texts)

    @property
    def n_people(self) -> int:
        return len(self.grid.people)

    @cached_property
    def codings(self) -> QuerySet[Coding]:
        """Those that count."""
        rows = Coding.objects.filter(is_current=True, code__in=[code.pk for code in self.codes])
        rows = rows.filter(source__in=self.counted)
        if not self.counted.filter(settled_at__isnull=False).exists():
            return rows  # and an index alone can answer what is asked of them
        return rows.filter(Q(source__settled_at=None) | Q(made_by=Coding.MadeBy.SETTLED))

    @cached_property
    def grid(self) -> Grid:
        """The same for counting many at once."""
        from mlezi.narratives.queries.grid import Grid  # noqa: PLC0415 - it reads this

        return Grid(self)

    @cached_property
    def facts(self) -> list[str]:
        """What is known about the people heard, so that they can be put into groups."""
        heard = set(self.grid.people)
        rows = Participant.objects.filter(programme=self.programme).exclude(facts={}).order_by()
        return sorted({name for pk, facts in rows.values_list("pk", "facts") if pk in heard for name in facts})

    @cached_property
    def coded(self) -> list[Coded]:
        """Codings as counting sees them, with whoever spoke the words."""
        return self.one_by_one(self.codings)

    @cached_property
    def qualified(self) -> list[Coded]:
        """Those that are pairs of codes."""
        seconds = {code.qualified_by_id for code in self.codes if code.qualified_by_id}
        if not seconds:
            return []
        taken = [code.pk for code in self.codes if seconds & {code.pk, *self.above[code.pk]}]
        return self.one_by_one(self.codings.filter(qualifier__in=taken))

    def one_by_one(self, codings: QuerySet[Coding]) -> list[Coded]:
        """Some of the codings that count, one by one."""
        many = {source for source, some in self.voices.items() if len(some) > 1}
        spoken = Spoken(many, self.voices)
        rows = codings.values_list("pk", "code", "qualifier", "source", "start", "end", "valence")
        return [
            Coded(code, source, spoken.by(source, start, end), start, end, valence, qualifier, pk)
            for pk, code, qualifier, source, start, end, valence in rows
        ]

    @cached_property
    def days(self) -> dict[Any, date | None]:
        return {text.pk: text.held_on for text in self.texts}


class Spoken:
    """Who spoke a stretch of a text: the one participant, or the speakers of the pieces it touches."""

    def __init__(self, many: set[Any], voices: dict[Any, list[tuple[str, int]]]) -> None:
        self.voices = voices
        self.pieces = {}
        if many:
            versions = SourceVersion.objects.filter(source__in=many, source__current__pk=F("pk"))
            self.pieces = dict(versions.values_list("source", "segments"))

    def by(self, source: Any, start: int, end: int) -> tuple[int, ...]:
        voices = self.voices.get(source, ())
        if source not in self.pieces:
            return tuple(who for _, who in voices)
        speakers = {
            piece.get("speaker", "") for piece in self.pieces[source] if piece["start"] < end and start < piece["end"]
        }
        return tuple(who for speaker, who in voices if not speaker or speaker in speakers)


def _is_read() -> Exists | Q:
    """A coder is done with it, or it has a coding."""
    done = Reading.objects.filter(source=OuterRef("pk"), done_at__isnull=False)
    coded = Coding.objects.filter(source=OuterRef("pk"), is_current=True)
    return Exists(done) | Exists(coded)


def fetched(rows: QuerySet[Any, Any]) -> list[Any]:
    """As the database has them: of many rows, making each value takes longer than fetching it."""
    with connection.cursor() as cursor:
        cursor.execute(*rows.query.sql_with_params())
        return cursor.fetchall()  # type: ignore[no-any-return]
