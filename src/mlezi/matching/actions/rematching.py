"""A pair has ended, or a mentor leaves: who is next for these mentees. All others stay.

Only the mentees concerned are matched, with the places that are free: nobody else is moved for the sake of a better
whole (decision 0045). A draft is made; nobody is asked before somebody publishes it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from mlezi.audit import actions as audit
from mlezi.matching import problems, settings
from mlezi.matching.actions import answering, rounds, scenarios
from mlezi.matching.models import Choice, Member, Round, Scenario, Terms
from mlezi.matching.models import Request as Asked
from mlezi.matching.queries import loads
from mlezi.matching.queries import rounds as queries
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment, Programme


@transaction.atomic
def propose_next(*, pairing: Pairing, scope: Scope, by: audit.Actor, at: datetime) -> Scenario | None:
    """A draft round of the mentee alone and its answer, from the day after the pair's last; nobody is asked yet.

    The mentor they had is left out. None where the pair goes on, or nobody is there to be matched.
    """
    programme, mentee = pairing.programme, pairing.learner
    if pairing.to_on is None:
        return None
    from_on = max(pairing.to_on + timedelta(days=1), clock.today(programme.time_zone))
    found = queries.candidates(scope, programme, pairing.kind, on=from_on)
    mentors = [one for one in found.mentors if one.pk != pairing.guide_id]
    if not mentors or mentee.pk not in {one.pk for one in found.everybody}:
        return None
    round_ = rounds.start(
        programme=programme, title=gettext("Next for {name}").format(name=mentee.name), from_on=from_on,
        mentees=[mentee], mentors=mentors, by=by, at=at, kind=pairing.kind,
    )  # fmt: skip
    asked = scenarios.ask(round_=round_, title=gettext("The best now"), chosen=_alone(round_.settings), by=by, at=at)
    Choice.objects.create(
        scenario=asked, mentee=mentee, mentor=pairing.guide, verb=Choice.Verb.APART, by_name=by.name,
        served_cost=0, quality_cost=0.0,
    )  # fmt: skip
    return scenarios.run(asked)


@transaction.atomic
def replace_mentor(
    *, mentor: Person, programme: Programme, last_on: date, scope: Scope, by: audit.Actor, at: datetime
) -> Scenario:
    """A draft for all mentees of a mentor who will leave, for the worker to work out. Pairs go on until others say yes.

    Raises `NobodyToMatch` when nobody has this mentor, or no other mentor is there.
    """
    day = max(last_on + timedelta(days=1), clock.today(programme.time_zone))
    running = loads.running(day).filter(programme=programme, guide=mentor, to_on=None).select_related("learner")
    pairs = list(running.exclude(kind=Pairing.Kind.PEER))
    if not pairs:
        raise problems.NobodyToMatch(mentees=0, mentors=0)
    made = []
    for kind in sorted({pair.kind for pair in pairs}):
        found = queries.candidates(scope, programme, kind, on=day)
        seen = {one.pk for one in found.everybody}
        people = [pair.learner for pair in pairs if pair.kind == kind and pair.learner_id in seen]
        others = [one for one in found.mentors if one.pk != mentor.pk]
        people = _without_enough(people, programme, kind, on=day, without=[pair.pk for pair in pairs])
        title = gettext("When {name} leaves").format(name=mentor.name)
        made.append(_draft(programme, title, people, others, from_on=day, kind=kind, replaces=True, by=by, at=at))
    return made[0]


@transaction.atomic
def after_leaving(*, enrolment: Enrolment, by: audit.Actor, at: datetime) -> list[Scenario]:
    """Drafts for the mentees of a mentor who has stopped, one for each kind of pair; the worker works them out.

    Requests to that mentor are taken back, and who was asked about is looked after, too. Safe to call again: who is in
    a draft that was made for this is not put into a second one.
    """
    programme, mentor, last_on = enrolment.programme, enrolment.person, enrolment.to_on
    if last_on is None:
        return []
    open_ = Asked.objects.filter(round__programme=programme, mentor=mentor, answer="")
    left = [(row.round.kind, row.mentee) for row in open_.select_related("round", "mentee")]
    for row in open_:
        answering.withdraw(request=row, by=by, at=at, reason="left")
    ended = Pairing.objects.filter(programme=programme, guide=mentor, to_on__gte=last_on, reason=enrolment.reason)
    left += [(pair.kind, pair.learner) for pair in ended.exclude(kind=Pairing.Kind.PEER).select_related("learner")]
    day = max(last_on + timedelta(days=1), clock.today(programme.time_zone))
    title = gettext("After {name} stopped").format(name=mentor.name)
    made = []
    for kind in sorted({kind for kind, _ in left}):
        people = _enrolled([one for its, one in left if its == kind], programme, on=day)
        people = _without_enough(people, programme, kind, on=day, without=())
        drafts = Round.objects.filter(programme=programme, kind=kind, published_at=None, from_on__gte=day, title=title)
        waiting = set(Member.objects.filter(round__in=drafts).values_list("person", flat=True))
        people = [one for one in people if one.pk not in waiting]
        others = [one for one in queries.mentors_on(programme, day) if one.pk != mentor.pk]
        if people and others:
            made.append(_draft(programme, title, people, others, from_on=day, kind=kind, by=by, at=at))
    return made


def _draft(
    programme: Programme, title: str, mentees: Sequence[Person], mentors: Sequence[Person], *, from_on: date, kind: str,
    by: audit.Actor, at: datetime, replaces: bool = False,
) -> Scenario:  # fmt: skip
    round_ = rounds.start(
        programme=programme, title=title[:120], from_on=from_on, mentees=mentees, mentors=mentors, by=by, at=at,
        kind=kind, replaces=replaces,
    )  # fmt: skip
    chosen = _alone(round_.settings)
    return scenarios.ask(round_=round_, title=gettext("The best now"), chosen=chosen, by=by, at=at)


def _enrolled(people: Sequence[Person], programme: Programme, *, on: date) -> list[Person]:
    held = queries.taking_part(programme, "mentee", on)
    return sorted({one for one in people if one.pk in held}, key=lambda one: one.pk)


def _without_enough(
    people: Sequence[Person], programme: Programme, kind: str, *, on: date, without: Sequence[int]
) -> list[Person]:
    """Those who would have fewer mentors than they wish for, requests that are open counted as mentors."""
    ids = [one.pk for one in people]
    rows = loads.running(on).filter(programme=programme, kind=kind, learner__in=ids).exclude(pk__in=without)
    has = Counter(rows.values_list("learner", flat=True))
    asked = Asked.objects.filter(round__programme=programme, round__kind=kind, mentee__in=ids, answer="")
    has.update(asked.values_list("mentee", flat=True))
    wants = dict(Terms.objects.filter(programme=programme, person__in=ids).values_list("person", "wants"))
    return [one for one in people if has[one.pk] < wants.get(one.pk, 1)]


def _alone(kept: dict[str, object]) -> settings.Settings:
    """The round's settings without the policies that need more than a few mentees."""
    chosen = settings.from_json(kept)
    return replace(chosen, method="best", max_moves=None, least_group=0, help_whom="")
