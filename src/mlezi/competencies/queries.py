"""Where people stand in the competencies of a programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from mlezi.competencies.models import Competency, Domain, Rating
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme


def framework(programme: Programme) -> list[Domain]:
    """The domains in use with their competencies, in the framework's order."""
    domains = Domain.objects.filter(programme=programme, retired=False).prefetch_related("competencies")
    return list(domains.order_by("order", "id"))


def visible_to(scope: Scope) -> QuerySet[Rating]:
    """Ratings of the scope's persons. Never by place alone: a named person's ratings stay with the pair.

    `scope` is of the permission to see ratings.
    """
    return Rating.objects.filter(person__in=scope.persons, programme__in=scope.programmes)


@dataclass(frozen=True)
class Standing:
    """One competency and where a person stands in it; `level` None: nobody rated it yet."""

    competency: Competency
    level: int | None
    rated_on: date | None
    recheck_on: date | None
    history: tuple[Rating, ...]

    @property
    def has_passed(self) -> bool:
        return self.level is not None and self.level >= self.competency.pass_level

    def is_due(self, on: date) -> bool:
        """A re-check is due: it was rated, and that is longer ago than it holds."""
        return self.recheck_on is not None and self.recheck_on <= on


def standings(ratings: QuerySet[Rating], programme: Programme) -> dict[Domain, list[Standing]]:
    """By domain, where the one person whose ratings these are stands. Self-ratings count only as history."""
    by_competency: dict[int, list[Rating]] = {}
    for rating in ratings.select_related("rater").order_by("rated_on", "pk"):
        by_competency.setdefault(rating.competency_id, []).append(rating)
    return {
        domain: [
            _standing(competency, by_competency.get(competency.pk, []))
            for competency in domain.competencies.all()
            if not competency.retired
        ]
        for domain in framework(programme)
    }


def _standing(competency: Competency, history: list[Rating]) -> Standing:
    others = [rating for rating in history if not rating.is_own]
    if not others:
        return Standing(competency, None, None, None, tuple(history))
    last = others[-1]
    due = last.rated_on + timedelta(days=competency.recheck_days) if competency.recheck_days else None
    return Standing(competency, last.level, last.rated_on, due, tuple(history))
