"""One encounter: who met whom, what was covered, agreed and found, and the records it was made from."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from mlezi.competencies.models import Rating
from mlezi.encounters import queries as encounters
from mlezi.encounters.models import Encounter, PlannedEncounter
from mlezi.goals import queries as goals
from mlezi.instruments.models import Submission
from mlezi.office import links, names, problems, ways
from mlezi.office.pictures import lists
from mlezi.office.pictures.asked import Asked
from mlezi.office.pictures.checklists import one_site
from mlezi.places.scope import Scope
from mlezi.plumbing.words import worded
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of
from mlezi.resources.models import Need


def found(scope: Scope, uid: UUID) -> Encounter:
    """The encounter, if the scope covers it. Raises `NoSuchRecord`."""
    one = encounters.visible_to(scope).filter(pk=uid).first()
    if one is None:
        raise problems.NoSuchRecord
    return one


def page(asked: Asked, one: Encounter, today: date) -> dict[str, Any]:
    programme = asked.programme

    def ask(needed: P) -> Scope:
        return scope_of(asked.person, needed, programme=programme)

    titles = names.topics(programme)
    actions = goals.visible_to(ask(P.SEE_ACTIONS)).filter(encounter_uid=one.pk)
    return {
        "one": one,
        "title": worded(one.type.title) or one.type.code,
        "mode": names.mode(one.mode),
        "place_url": ways.place(asked, one.place),
        "lead_url": ways.person(asked, one.lead),
        "cancelled": names.not_held(programme, one.cancelled_because),
        "topics": [titles.get(code, names.plain(code)) for code in one.topics.values_list("topic", flat=True)],
        "people": people(asked, one),
        "ratings": ratings(asked, one, ask(P.SEE_RATINGS)),
        "notes": encounters.notes_visible_to(ask(P.SEE_COACHING), one, reader=asked.person),
        "actions": [lists.agreed(asked, action, today) for action in actions],
        "needs": needs(asked, one, ask(P.SEE_NEEDS)),
        "checked": one_site.at_encounter(asked, one),
        "plan": PlannedEncounter.objects.filter(pk=one.planned_uid or one.pk).first(),
        "claims": one.claims.order_by("field", "precedence") if one.has_conflict else [],
        "sources": sources(asked, one),
        "today": today,
    }


def people(asked: Asked, one: Encounter) -> list[dict[str, Any]]:
    """Who took part. Somebody who may see that it was held sees who was there; contacts are on their own pages."""
    titles = names.cadres(asked.programme)
    seats = one.attendances.select_related("person").order_by("part", "person__name")
    return [
        {"name": seat.person.name, "url": ways.person(asked, seat.person), "part": seat.part,
         "cadre": titles.get(seat.cadre, names.plain(seat.cadre)), "minutes": seat.minutes,
         "was_there": seat.is_present}
        for seat in seats
    ]  # fmt: skip


def ratings(asked: Asked, one: Encounter, seen: Scope) -> list[dict[str, Any]]:
    rows = Rating.objects.filter(encounter_uid=one.pk, person__in=seen.persons, programme=asked.programme)
    return [
        {"name": row.person.name, "title": worded(row.competency.title), "basis": names.basis(row.basis),
         "level": names.level(row.competency.levels, row.level), "because": names.because(row.because),
         "url": links.page("competency", asked.programme, row.person.uid, row.competency_id)}
        for row in rows.select_related("person", "competency").order_by("person__name", "competency__order")
    ]  # fmt: skip


def needs(asked: Asked, one: Encounter, seen: Scope) -> list[dict[str, Any]]:
    rows = Need.objects.filter(seen.where(), encounter_uid=one.pk).order_by("kind", "item")
    titles = names.items(asked.programme)
    return [
        {"title": titles.get(row.item, names.plain(row.item)), "kind": names.kind(row.kind),
         "url": links.page("need", asked.programme, row.pk)}
        for row in rows
    ]  # fmt: skip


def sources(asked: Asked, one: Encounter) -> list[dict[str, Any]]:
    """The form records it was made from: when they came, by whom, and the fingerprint of their bytes."""
    rows = Submission.objects.filter(encounter_uid=one.pk, programme=asked.programme).defer("xml")
    return [
        {"form": row.form_id, "version": row.version, "received_at": row.received_at, "size": row.size,
         "sha256": row.sha256, "source": row.get_source_display(), "is_current": row.is_current,
         "sender": row.sender.name if row.sender else "", "url": links.page("record", asked.programme, row.pk)}
        for row in rows.select_related("sender").order_by("received_at")
    ]  # fmt: skip
