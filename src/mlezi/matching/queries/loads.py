"""How many people a mentor supports, in this programme and in all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from mlezi.matching.models import Member, Profile, Round
from mlezi.pairing.models import Pairing
from mlezi.programmes.models import Programme


def running(on: date) -> QuerySet[Pairing]:
    """Pairs that run that day or begin later."""
    return Pairing.objects.filter(Q(to_on__isnull=True) | Q(to_on__gte=on))


def everywhere(guides: Collection[int], *, on: date, without: Collection[int] = ()) -> Counter[int]:
    """People supported by each guide in all programmes and kinds; peers support each other and are not counted."""
    rows = running(on).filter(guide__in=guides).exclude(kind=Pairing.Kind.PEER).exclude(pk__in=without)
    return Counter(rows.values_list("guide", flat=True))


def here(
    guides: Collection[int], programme: Programme, kind: str, *, on: date, without: Collection[int] = ()
) -> Counter[int]:
    rows = running(on).filter(guide__in=guides, programme=programme, kind=kind).exclude(pk__in=without)
    return Counter(rows.values_list("guide", flat=True))


def replaced_by(round_: Round) -> list[int]:
    """Pairs that a round looks at anew, because it replaces what its mentees have; none for other rounds."""
    if not round_.replaces or round_.published_at is not None:
        return []
    return list(current(round_).values_list("pk", flat=True))


def current(round_: Round) -> QuerySet[Pairing]:
    """The running pairs of the round's kind that its mentees have in the programme."""
    mentees = round_.members.filter(side=Member.Side.MENTEE).values("person")
    return running(round_.from_on).filter(programme=round_.programme, kind=round_.kind, learner__in=mentees)


def is_open(profile: Profile | None, on: date) -> bool:
    """Whether somebody takes people that day; who said nothing is asked."""
    return profile is None or (profile.is_open and (profile.away_until is None or profile.away_until < on))
