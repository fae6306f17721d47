"""What a mentor's phone needs of today, for exactly one person, from the queries behind the office's own page.

Facts, not sentences: for weeks without a signal the phone itself says how long ago something was, so the same
rule (`office.pictures.mentor.reasons`) is in `frontend/field/day.ts`, and a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote

from mlezi.competencies.models import Domain
from mlezi.encounters import queries as encounters
from mlezi.field import queries
from mlezi.instruments import vocabulary
from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import offered
from mlezi.office import asking, period, problems
from mlezi.office.pictures import mentor, sites
from mlezi.office.pictures.asked import Asked
from mlezi.openrosa.gate import Caller
from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme

SHAPE = 1  # raised when a phone of an older kind could no longer read it
MEETINGS, ACTIONS, PLANS = 12, 300, 60
ABOUT_ONE = {"rating.person", "respondent"}


def pulled(who: Caller, today: date) -> dict[str, Any]:
    """Everything, scoped to the person whose phone it is."""
    asked = about(who, today)
    mine = mentor.learners(asked, today)
    where = mentor.posts(mine, today)
    plans = list(mentor.plans(asked, today)[:PLANS])
    paths = {post.place.path for post in where.values()} | {plan.place.path for plan in plans}
    topics = Domain.objects.filter(programme=who.programme, retired=False).order_by("order")
    return {
        "shape": SHAPE,
        "person": {"uid": who.person.uid, "name": who.person.name, "languages": who.person.languages},
        "programme": _programme(who.programme),
        "mentees": list(_mentees(asked, mine, where, today)),
        "facilities": list(_facilities(asked, paths, today)),
        "actions": [_action(one) for one in mentor.open_actions(asked, mine)[:ACTIONS]],
        "plans": [_plan(plan) for plan in plans],
        "meetings": [_meeting(row) for row in mentor.led(asked)[:MEETINGS]],
        "topics": list(topics.values("code", "title")),
        "forms": list(_forms(who.programme)),
    }


def about(who: Caller, today: date) -> Asked:
    """The person's own part, as `office.asking.oneself` makes it for their page. Raises `NoPlace`."""
    place = who.programme.place or asking.places_root()
    if place is None:
        raise problems.NoPlace
    own = Scope(programmes=frozenset({who.programme.pk}), persons=frozenset({who.person.pk}))
    return Asked(who.programme, who.person, place, own, period.recent(today))


def _programme(programme: Programme) -> dict[str, Any]:
    return {
        "code": programme.code,
        "title": programme.title,
        "made_up": programme.is_made_up,
        "every_days": encounters.visit_interval(programme) or mentor.QUIET,
        "cadres": {one["code"]: one["title"] for one in programme.blueprint.get("cadres") or []},
        "kinds": dict(programme.encounter_types.filter(retired=False).order_by("code").values_list("code", "title")),
    }


def _mentees(asked: Asked, mine: list[Person], where: dict[int, Any], today: date) -> Iterable[dict[str, Any]]:
    last, days = mentor.last_met(asked, mine), mentor.recheck_days(asked, mine)
    for one in mine:
        post = where.get(one.pk)
        yield {
            "uid": one.uid,
            "name": one.name,
            "cadre": one.cadre,
            "place": post.place.uid if post else None,
            "met": last.get(one.pk),
            "rechecks": days.get(one.pk, []),
        }


def _facilities(asked: Asked, paths: set[str], today: date) -> Iterable[dict[str, Any]]:
    for one in sites.standings(asked.programme, mentor.of_places(asked, paths), on=today):
        place = one.place
        yield {
            "uid": place.uid,
            "name": place.name,
            "district": place.parent,
            "at": [place.latitude, place.longitude] if place.latitude is not None else None,
            "last": one.last_on,
            "since": place.from_on,
        }


def _action(one: Any) -> dict[str, Any]:
    return {
        "uid": one.pk,
        "text": one.text,
        "owner": one.owner.uid,
        "place": one.place.uid if one.place else None,
        "due": one.due_on,
    }


def _plan(plan: Any) -> dict[str, Any]:
    return {
        "uid": plan.uid,
        "kind": plan.type.code,
        "place": plan.place.uid,
        "on": plan.planned_on,
        "minutes": plan.planned_minutes,
    }


def _meeting(row: Any) -> dict[str, Any]:
    return {
        "uid": row.uid,
        "kind": row.type.code,
        "place": row.place.uid if row.place else None,
        "place_name": row.place.name if row.place else "",
        "on": row.held_on,
        "minutes": row.minutes,
        "people": row.n_participants,
        "next": row.next_on,
        "lost": row.cancelled_because,
    }


def _forms(programme: Programme) -> Iterable[dict[str, Any]]:
    """In the order in which the programme's kinds of meeting name them, so that a visit leads through them."""
    kinds = list(programme.encounter_types.filter(retired=False).order_by("code"))
    versions = offered.versions(programme)
    meanings = dict(FormVersion.objects.filter(pk__in=[row.pk for row in versions]).values_list("pk", "meanings"))
    for row in versions:
        form_id, terms = row.form.form_id, vocabulary.terms_of(meanings[row.pk])
        yield {
            "id": form_id,
            "title": row.form.title,
            "purpose": row.form.purpose,
            "here": "field" in row.clients,
            "person": bool(terms & ABOUT_ONE),
            "own": "rating.rater" in terms,  # filled in by the person themselves, and hidden from their mentor
            "kinds": {kind.code: kind.forms.index(form_id) for kind in kinds if form_id in kind.forms},
        }


def guidance(programme: Programme) -> Iterable[dict[str, Any]]:
    """What there is to read, with its size, so that nobody pays for more than they meant to."""
    for one in queries.materials(programme):
        yield {
            "name": one.name,
            "title": one.title,
            "domain": one.domain,
            "kind": one.kind,
            "bytes": one.size,  # type: ignore[attr-defined]
            "sha256": one.sha256,
            "licence": one.licence,
            "source": one.source,
            "url": f"app/guidance/{quote(one.name, safe='')}",  # below the phone's address
        }


def as_json(facts: object) -> bytes:
    """As it goes over the wire: no space, every letter as itself, the same facts in the same order."""
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"), default=str).encode()
