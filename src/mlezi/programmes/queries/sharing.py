"""What a person shares of their own, and with whom they could."""

from __future__ import annotations

from django.db.models import QuerySet

from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme, RoleAssignment, Share
from mlezi.programmes.permissions import Mentee
from mlezi.programmes.queries.roles import running_on


def given_by(person: Person, programme: Programme) -> QuerySet[Share]:
    """What the person shares now, the latest first."""
    held = Share.objects.filter(person=person, programme=programme, withdrawn_at=None)
    return held.select_related("shared_with").order_by("-given_at")


def could_receive(person: Person, programme: Programme) -> QuerySet[Person]:
    """Those with a role in the programme other than mentee: mentors and staff, whose names are no secret."""
    running = RoleAssignment.objects.filter(running_on(clock.today(programme.time_zone)), programme=programme)
    holders = running.exclude(role=Mentee.code).values("person")
    return Person.objects.filter(pk__in=holders, merged_into=None).exclude(pk=person.pk).order_by("name")
