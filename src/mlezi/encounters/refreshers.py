"""Which mentors are due a refresher: the blueprint says which workshops train mentors and how long it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Max, Q

from mlezi.encounters.models import Attendance
from mlezi.people.models import Person
from mlezi.people.queries.persons import works_in
from mlezi.places.scope import Scope
from mlezi.programmes.models import Enrolment, Programme

TRAINING = frozenset({"orientation", "refresher"})


@dataclass(frozen=True)
class Refresher:
    """A mentor's own training. `last_on` None: none is recorded; `due_on` is then the day they began."""

    mentor: Person
    last_on: date | None
    due_on: date

    def is_due(self, on: date) -> bool:
        return self.due_on <= on


def trainings(programme: Programme) -> tuple[frozenset[str], int | None]:
    """The codes of types that train mentors, and for how many days that holds (None: nobody said)."""
    declared = programme.blueprint.get("encounters") or []
    found = [one for one in declared if TRAINING & set(one.get("counts_as") or ())]
    holds = [one["refresh_days"] for one in found if one.get("refresh_days")]
    return frozenset(one["code"] for one in found), min(holds, default=None)


def standing(scope: Scope, programme: Programme, *, on: date) -> list[Refresher]:
    """Every mentor of the programme whom the scope covers, the longest due first. Empty when nothing is declared.

    `scope` is of the permission to see people.
    """
    codes, holds = trainings(programme)
    if not codes or holds is None or programme.pk not in scope.programmes:
        return []
    running = Q(from_on__lte=on) & (Q(to_on=None) | Q(to_on__gte=on))
    enrolled = Enrolment.objects.filter(running, programme=programme, part=Enrolment.Part.MENTOR)
    began = dict(enrolled.order_by("-from_on").values_list("person_id", "from_on"))
    seen = Person.objects.filter(works_in(scope, on=on) | Q(pk__in=scope.persons), pk__in=began, merged_into=None)
    trained = Attendance.objects.filter(
        ~Q(person=F("encounter__lead")),
        is_present=True,
        person__in=began,
        encounter__programme=programme,
        encounter__type__code__in=codes,
        encounter__cancelled_because="",
        encounter__held_on__lte=on,
    )
    last = dict(trained.order_by().values_list("person").annotate(last=Max("encounter__held_on")))
    found = [_refresher(person, last.get(person.pk), began[person.pk], holds) for person in seen]
    return sorted(found, key=lambda one: (one.due_on, one.mentor.name, one.mentor.pk))


def _refresher(mentor: Person, last_on: date | None, began: date, holds: int) -> Refresher:
    return Refresher(mentor, last_on, last_on + timedelta(days=holds) if last_on else began)
