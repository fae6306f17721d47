"""Who waits, since when, and who was left out before: derived from rounds, requests and pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from mlezi.matching.models import Member, Request, Terms
from mlezi.matching.queries import loads
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Enrolment, Programme
from mlezi.programmes.queries import participants, running_on

NO_SHOW = "no_show"  # the reason of a pair that ended because the mentee did not turn up


@dataclass(frozen=True)
class Waiting:
    """`days` since somebody began to wait; `left_out` rounds without a place; `no_shows` pairs they let down."""

    person: Person
    since: date
    days: int
    left_out: int
    no_shows: int


def since(mentees: Collection[int], programme: Programme) -> dict[int, date]:
    """When each began to wait: the day said, the end of their last pair, or their enrolment; the latest."""
    found: dict[int, date] = {}
    rows = Enrolment.objects.filter(programme=programme, part="mentee", person__in=mentees).order_by("from_on")
    found.update(rows.values_list("person", "from_on"))
    ended = Pairing.objects.filter(programme=programme, learner__in=mentees).exclude(to_on=None).order_by("to_on")
    for person, on in ended.values_list("learner", "to_on"):
        if on is not None:
            found[person] = max(found.get(person, on), on)
    said = Terms.objects.filter(programme=programme, person__in=mentees).exclude(waiting_since=None)
    found.update({person: on for person, on in said.values_list("person", "waiting_since") if on})
    return found


def left_out(mentees: Collection[int], programme: Programme) -> Counter[int]:
    """In how many published rounds each took part without getting anybody."""
    took_part = Member.objects.filter(
        round__programme=programme, side=Member.Side.MENTEE, person__in=mentees, round__published__isnull=False
    ).values_list("round", "person")
    got = set(
        Request.objects.filter(round__programme=programme, mentee__in=mentees, answer__in=("", "accepted")).values_list(
            "round", "mentee"
        )
    )
    kept = set(
        Pairing.objects.filter(programme=programme, learner__in=mentees, to_on=None).values_list("learner", flat=True)
    )
    return Counter(person for round_, person in took_part if (round_, person) not in got and person not in kept)


def no_shows(mentees: Collection[int], programme: Programme) -> Counter[int]:
    rows = Pairing.objects.filter(programme=programme, learner__in=mentees, reason=NO_SHOW)
    return Counter(rows.values_list("learner", flat=True))


def pressing(
    mentees: Collection[int], programme: Programme, *, on: date, per_round: int, per_absence: int
) -> dict[int, int]:
    """Days of waiting as a round counts them: more for each time left out, fewer for each time not turned up."""
    began, missed, absent = since(mentees, programme), left_out(mentees, programme), no_shows(mentees, programme)
    return {
        pk: max(0, (on - began.get(pk, on)).days + per_round * missed[pk] - per_absence * absent[pk]) for pk in mentees
    }


def listed(scope: Scope, programme: Programme, *, on: date) -> list[Waiting]:
    """Mentees without a mentor and without an open request, the most pressing first."""
    enrolled = Enrolment.objects.filter(running_on(on), part="mentee")
    has = loads.running(on).filter(programme=programme).values("learner")
    asked = Request.objects.filter(round__programme=programme, answer="").values("mentee")
    people = participants(scope, programme, on=on, enrolled=enrolled)
    persons = {person.pk: person for person in people.exclude(pk__in=has).exclude(pk__in=asked)}
    began, missed, absent = since(persons, programme), left_out(persons, programme), no_shows(persons, programme)
    rows = [
        Waiting(person, began[pk], (on - began[pk]).days, missed[pk], absent[pk])
        for pk, person in persons.items()
        if pk in began
    ]
    return sorted(rows, key=lambda row: (-row.left_out, row.no_shows, row.since, row.person.name))
