"""Who supports whom, as far as somebody may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

from mlezi.pairing.models import Pairing
from mlezi.people.models import Person, Post
from mlezi.places.scope import Scope
from mlezi.programmes.models import Enrolment, Programme
from mlezi.programmes.queries import participants, running_on


def learners_of(person: Person, programme: Programme, on: date) -> Iterable[int]:
    """Row ids of those the person supports that day; what `programmes.scopes` asks."""
    held = Pairing.objects.filter(running_on(on), programme=programme, guide=person)
    return held.values_list("learner", flat=True)


def guides_of(person: Person, programme: Programme, on: date) -> QuerySet[Person]:
    """Those who support the person that day."""
    held = Pairing.objects.filter(running_on(on), programme=programme, learner=person)
    return Person.objects.filter(pk__in=held.values("guide"))


def visible_to(scope: Scope, programme: Programme) -> QuerySet[Pairing]:
    """Pairs of the programme whose learner is within the scope."""
    learners = participants(scope, programme)
    return (
        Pairing.objects.filter(programme=programme)
        .filter(Q(learner__in=learners) | Q(guide__in=scope.persons))
        .select_related("guide", "learner")
    )


def listed(scope: Scope, programme: Programme) -> QuerySet[Pairing]:
    """Visible pairs with `place_name`, where the learner works, and `of`, the programme's code."""
    posts = Post.objects.filter(person=OuterRef("learner"), to_on=None).order_by("-from_on", "-id")
    return visible_to(scope, programme).annotate(
        of=Value(programme.code), place_name=Subquery(posts.values("place__name")[:1])
    )


def running_of(person: Person, programme: Programme, *, part: str) -> QuerySet[Pairing]:
    """Pairs that have no last day yet, in which the person has that part: "mentor" guides, "mentee" learns."""
    own = {"guide": person} if part == Enrolment.Part.MENTOR else {"learner": person}
    return Pairing.objects.filter(programme=programme, to_on=None, **own)


def is_mentor(person: Person, programme: Programme, on: date) -> bool:
    """Whether the person takes part as a mentor that day."""
    held = Enrolment.objects.filter(running_on(on), person=person, programme=programme, part=Enrolment.Part.MENTOR)
    return held.exists()
