"""Rounds, scenarios and what they propose, as far as somebody may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mlezi.matching import problems
from mlezi.matching.models import LeftOver, Member, Proposal, Request, Round, Scenario
from mlezi.matching.queries import loads
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Enrolment, Programme
from mlezi.programmes.queries import participants, running_on
from mlezi.programmes.queries.participants import sees_whole


def listed(programme: Programme) -> QuerySet[Round]:
    """Rounds, the newest first, with how many took part and how requests stand."""
    members = Count("members", distinct=True, filter=Q(members__side=Member.Side.MENTEE))
    mentors = Count("members", distinct=True, filter=Q(members__side=Member.Side.MENTOR))
    return (
        Round.objects.filter(programme=programme)
        .annotate(n_mentees=members, n_mentors=mentors)
        .order_by("-created_at", "-id")
    )


def one(programme: Programme, uid: UUID) -> Round:
    found = listed(programme).filter(uid=uid).select_related("programme", "published").first()
    if found is None:
        raise problems.NoSuchRound
    return found


def scenario(programme: Programme, uid: UUID, number: int) -> Scenario:
    rows = Scenario.objects.filter(round__programme=programme, round__uid=uid, number=number)
    found = rows.select_related("round__programme", "round__published", "parent", "policy").first()
    if found is None:
        raise problems.NoSuchRound
    return found


def proposals(scenario: Scenario, scope: Scope) -> QuerySet[Proposal]:
    """Pairs whose mentee is within the scope."""
    seen = participants(scope, scenario.round.programme)
    return Proposal.objects.filter(scenario=scenario, mentee__in=seen).select_related("mentee", "mentor")


def left_over(scenario: Scenario, scope: Scope) -> QuerySet[LeftOver]:
    seen = participants(scope, scenario.round.programme)
    rows = LeftOver.objects.filter(scenario=scenario, mentee__in=seen)
    return rows.select_related("mentee").order_by("mentee__name")


def requests(round_: Round, scope: Scope) -> QuerySet[Request]:
    seen = participants(scope, round_.programme)
    return Request.objects.filter(round=round_, mentee__in=seen).select_related("mentee", "mentor", "round")


@dataclass(frozen=True)
class Candidates:
    """Who could be in a new round."""

    waiting: list[Person]
    everybody: list[Person]
    mentors: list[Person]


def candidates(scope: Scope, programme: Programme, kind: str, *, on: date) -> Candidates:
    """Mentees without anybody of that kind, all mentees, and mentors, within the scope."""
    seen = participants(scope, programme)
    held = Enrolment.objects.filter(running_on(on), programme=programme, person=OuterRef("pk"))
    mentees = seen.filter(Exists(held.filter(part="mentee")))
    has = loads.running(on).filter(programme=programme, kind=kind).values("learner")
    asked = Request.objects.filter(round__programme=programme, round__kind=kind, answer="").values("mentee")
    waiting = mentees.exclude(pk__in=has).exclude(pk__in=asked)
    return Candidates(list(waiting), list(mentees), list(seen.filter(Exists(held.filter(part="mentor")))))


def taking_part(programme: Programme, part: str, on: date) -> set[int]:
    return set(
        Enrolment.objects.filter(running_on(on), programme=programme, part=part).values_list("person", flat=True)
    )


def mentors_on(programme: Programme, on: date) -> list[Person]:
    """All mentors of the programme that day."""
    return list(Person.objects.filter(pk__in=taking_part(programme, "mentor", on)).order_by("pk"))


def keeps_rounds(scope: Scope, programme: Programme) -> bool:
    """Publishing concerns everybody in the round: only who sees the programme's whole part may."""
    return sees_whole(scope, programme)
