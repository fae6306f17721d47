"""Who takes part in a programme, as far as somebody may see it."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from mlezi.people.models import Person, Post
from mlezi.people.queries.persons import living, works_in
from mlezi.places.queries import is_everywhere
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment, Programme, RoleAssignment


def participants(
    scope: Scope, programme: Programme, *, on: date | None = None, enrolled: QuerySet[Enrolment] | None = None
) -> QuerySet[Person]:
    """Persons with an enrolment or a role in the programme, past ones too, who are within the scope.

    `enrolled`: only those whom these of its enrolments are of.

    A person is where they work, or where their role is; somebody who is nowhere is seen by those who
    see the programme's whole part of the tree.
    """
    day = on or clock.today(programme.time_zone)
    of_person = {"person": OuterRef("pk"), "programme": programme}
    roles = RoleAssignment.objects.filter(**of_person)
    if enrolled is None:
        tied = Q(Exists(Enrolment.objects.filter(**of_person))) | Q(Exists(roles))
    else:
        tied = Q(Exists(enrolled.filter(**of_person)))
    if sees_whole(scope, programme) and is_everywhere(scope):
        return living().filter(tied)  # there is nowhere else to be: nobody is looked up
    inside = works_in(scope, on=day) | Q(Exists(roles.filter(scope.where(programme=None))))
    if sees_whole(scope, programme):
        inside |= ~Q(Exists(Post.objects.filter(person=OuterRef("pk"))))
    return living().filter(tied).filter(inside | Q(pk__in=scope.persons))


def sees_whole(scope: Scope, programme: Programme) -> bool:
    """Whether the scope covers all of the programme's part of the tree."""
    path = programme.place.path if programme.place else "/"
    return any(start <= path < end for start, end in scope.ranges)
