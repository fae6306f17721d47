"""What the encounters' deriver looks up: types, plans and people's decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from uuid import UUID

from mlezi.encounters.models import EncounterDecision, EncounterType, PlannedEncounter
from mlezi.encounters.modes import BY_CODE
from mlezi.formats import answers
from mlezi.instruments.derivation import known as lookups
from mlezi.instruments.derivation.known import Known
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.models import Programme


class Kind(NamedTuple):
    """An encounter type, as the derivation needs it."""

    id: int
    code: str
    mode: str
    forms: dict[str, int]  # form id → rank: 0 is the main form
    planned_minutes: int | None
    longest_minutes: int


class Plan(NamedTuple):
    kind_id: int
    place_id: int
    lead_id: int | None
    planned_on: date
    planned_minutes: int | None
    cancelled_because: str


@dataclass(slots=True)
class Plans:
    kinds: dict[str, Kind] = field(default_factory=dict)
    by_id: dict[int, Kind] = field(default_factory=dict)
    by_form: dict[str, list[Kind]] = field(default_factory=dict)
    planned: dict[UUID, Plan] = field(default_factory=dict)
    decided: dict[UUID, dict[str, str]] = field(default_factory=dict)  # the newest decision per field


def forms_of_meetings(programme: Programme) -> set[str]:
    """The ids of forms that feed any of the programme's encounter types."""
    types = EncounterType.objects.filter(programme=programme).values_list("forms", flat=True)
    return {form for forms in types for form in forms}


def load(known: Known, uids: Sequence[UUID] | None) -> Plans:
    """For these encounters; None loads everything of the programme."""
    plans = Plans()
    for kind in _kinds(known.programme_id):
        plans.kinds[kind.code] = plans.by_id[kind.id] = kind
        for form_id in kind.forms:
            plans.by_form.setdefault(form_id, []).append(kind)
    _load_planned(plans, known, uids)
    _load_decisions(plans, uids)
    if uids is not None:
        _load_named(plans, known)
    return plans


def _kinds(programme_id: int) -> Iterable[Kind]:
    rows = EncounterType.objects.filter(programme_id=programme_id).order_by("code")
    for pk, code, mode, forms, minutes in rows.values_list("pk", "code", "mode", "forms", "planned_minutes"):
        longest = BY_CODE[mode].longest_minutes if mode in BY_CODE else 24 * 60
        yield Kind(pk, code, mode, {form: rank for rank, form in reversed(list(enumerate(forms)))}, minutes, longest)


def _load_planned(plans: Plans, known: Known, uids: Sequence[UUID] | None) -> None:
    columns = ("uid", "type_id", "place_id", "lead_id", "planned_on", "planned_minutes", "cancelled_because")
    rows = PlannedEncounter.objects.filter(programme_id=known.programme_id)
    for some in [None] if uids is None else chunks(uids):
        for uid, *facts in (rows if some is None else rows.filter(uid__in=some)).values_list(*columns):
            plans.planned[uid] = Plan(*facts)


def _load_decisions(plans: Plans, uids: Sequence[UUID] | None) -> None:
    rows = EncounterDecision.objects.order_by("decided_at", "pk")
    for some in [None] if uids is None else chunks(uids):
        found = rows if some is None else rows.filter(encounter_uid__in=some)
        for uid, name, value in found.values_list("encounter_uid", "field", "value"):
            plans.decided.setdefault(uid, {})[name] = value


def _load_named(plans: Plans, known: Known) -> None:
    """People and places that plans and decisions name."""
    decided = plans.decided.values()
    people = {uid for one in decided if (uid := answers.uid(one.get("lead", "")))}
    leads = {plan.lead_id for plan in plans.planned.values() if plan.lead_id is not None}
    lookups.load_people(known, uids=people, ids=leads)
    places = {plan.place_id for plan in plans.planned.values()}
    lookups.load_places(known, names={one["place"] for one in decided if one.get("place")}, ids=places)
