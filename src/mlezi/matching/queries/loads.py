"""How many people a mentor supports, in this programme and in all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from mlezi.audit.queries import about
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


def moving(round_: Round, *, learner: int | None = None) -> list[Pairing]:
    """Pairs that a published round ends as new mentors say yes; none that it keeps or made, and none that came later.

    A mentee keeps as many of them as could still be needed: while a request is open, one may come to nothing.
    """
    if not round_.replaces or round_.published is None or round_.published_at is None:
        return []
    kept = set(round_.published.proposals.filter(is_kept=True).values_list("mentee", "mentor"))
    served = round_.published.proposals.values("mentee")
    rows = current(round_).filter(to_on=None, learner__in=served)
    if learner is not None:
        rows = rows.filter(learner=learner)
    rows = rows.exclude(request__round=round_).select_related("guide", "learner").order_by("from_on", "pk")
    found = [row for row in rows if (row.learner_id, row.guide_id) not in kept]
    begun = about("Pairing", [row.pk for row in found]).filter(name="pairing.begun", at__gt=round_.published_at)
    later = set(begun.values_list("subject_id", flat=True))
    return [row for row in found if str(row.pk) not in later]


def promised(round_: Round, guide: int) -> list[int]:
    """Pairs of a mentor whose mentees are asked for elsewhere in the round: their places were given on."""
    open_ = set(round_.requests.filter(answer="").values_list("mentee", flat=True))
    return [row.pk for row in moving(round_) if row.guide_id == guide and row.learner_id in open_]


def is_open(profile: Profile | None, on: date) -> bool:
    """Whether somebody takes people that day; who said nothing is asked."""
    return profile is None or (profile.is_open and (profile.away_until is None or profile.away_until < on))
