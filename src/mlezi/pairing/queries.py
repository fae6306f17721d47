"""Who supports whom, as far as somebody may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value

from mlezi.pairing.models import Handover, Pairing, Phase
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


def own(person: Person, programme: Programme) -> QuerySet[Pairing]:
    """Pairs in which the person is one of the two, past ones too."""
    rows = Pairing.objects.filter(Q(guide=person) | Q(learner=person), programme=programme)
    return rows.select_related("guide", "learner", "programme").order_by("to_on", "-from_on")


def step_of(pairing: Pairing) -> str:
    """Where the relationship stands; a new pair prepares."""
    last = pairing.phases.order_by("-said_at", "-id").first()
    return last.step if last else Phase.Step.PREPARE


def left_for(pairing: Pairing, person: Person) -> list[Handover]:
    """What earlier pairs of the learner left, for the learner and for the guide they have now."""
    is_running = pairing.to_on is None and person.pk in (pairing.guide_id, pairing.learner_id)
    rows = Handover.objects.filter(pairing__learner=pairing.learner, pairing__programme=pairing.programme)
    found = rows.exclude(pairing=pairing).select_related("pairing__guide").order_by("-written_at")
    return list(found) if is_running else []
