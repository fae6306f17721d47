"""What a page asks about: a part of a programme, a period, and who is asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from mlezi.evaluation import figures
from mlezi.evaluation.ahead import FOR_GOOD, ready
from mlezi.evaluation.figures import Figure as Answer
from mlezi.evaluation.indicator import Indicator
from mlezi.evaluation.indicators import BY_CODE
from mlezi.office import cards, links, seeing, targets
from mlezi.office.period import Period
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.figures import Figure
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of


@dataclass
class Asked:
    """`scope` is of the permission to see counts; what is shown of small groups depends on each figure's records."""

    programme: Programme
    person: Person
    place: Place
    scope: Scope
    period: Period
    _answers: dict[tuple[str, str, str | None], Answer] = field(default_factory=dict, repr=False)
    _scopes: dict[Permission, Scope] = field(default_factory=dict, repr=False)

    @property
    def here(self) -> Scope:
        return self.scope.narrowed(self.place.path, self.place.path_to)

    def ask(self, code: str, period: Period | None = None, by: str | None = None) -> Answer:
        """Each figure is computed once for a page, however many parts of it show it."""
        when = period or self.period
        key = (code, when.key, by)
        if key not in self._answers:
            reveal = seeing.reveals(self.record_scope(figures.named(code)), self.place)
            self._answers[key] = figures.ask(
                code, programme=self.programme.pk, start=when.start, end=when.end, by=by, reveal=reveal, scope=self.here
            )
        return self._answers[key]

    def ahead(self, codes: Iterable[str], by: str | None = None, *, seconds: float = FOR_GOOD) -> set[str]:
        """Ask at once what the page will ask for soon; gives those that are ready by then."""
        start, end = self.period.start, self.period.end
        asked = {"programme": self.programme.pk, "start": start, "end": end, "scope": self.here, "by": by}
        return ready(codes, seconds, **asked)  # type: ignore[arg-type]

    def record_scope(self, indicator: Indicator) -> Scope:
        """Each permission's scope is looked up once for a page."""
        needed = seeing.NEEDS[indicator.unit]
        if needed not in self._scopes:
            scope = scope_of(self.person, needed, programme=self.programme)
            self._scopes[needed] = scope.narrowed(self.place.path, self.place.path_to)
        return self._scopes[needed]

    def opens(self, code: str) -> bool:
        """Whether the reader may open records behind a figure of anybody but themselves."""
        scope = self.record_scope(figures.named(code))
        return bool(scope.ranges or scope.persons - {self.person.pk})

    def may(self, permission: Permission) -> bool:
        """Whether a page behind this permission lets the reader in."""
        return not scope_of(self.person, permission, programme=self.programme).sees_nothing

    def link(self, code: str, **more: object) -> str:
        """Where a figure opens to its records; empty for those whom that page turns away."""
        if not self.may(Permission.SEE_COUNTS):
            return ""
        return links.figure(self.programme, code, place=self.place.code, period=self.period.key, **more)

    def cards(self, codes: tuple[str, ...], by: str | None = None, *, seconds: float = FOR_GOOD) -> list[Figure]:
        """Those of the figures that this installation knows, with their targets.

        `by`: how the page breaks them down anyway, so that whole and parts are computed together. What is not ready
        after so many seconds is a card that fetches itself.
        """
        goals = targets.of(self.programme, self.period, self.place)
        known = [code for code in codes if code in BY_CODE]
        at_hand = self.ahead(known, by, seconds=seconds)
        return [
            cards.card(self.ask(code, by=by), self.link(code), target=goals.get(code), opens=self.opens(code))
            if code in at_hand
            else cards.later(
                figures.named(code),
                self.link(code),
                links.page("card_of", self.programme, code, place=self.place.code, period=self.period.key),
            )
            for code in known
        ]
