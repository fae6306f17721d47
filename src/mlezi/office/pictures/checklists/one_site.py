"""What checklists found at one facility, and at one encounter there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from mlezi.competencies import checks
from mlezi.competencies.models import ItemResult, Score
from mlezi.encounters.models import Encounter
from mlezi.instruments.queries import checklists
from mlezi.office import links, names, ways
from mlezi.office.pictures.asked import Asked
from mlezi.office.pictures.checklists.sheet import Sheet, gained, points
from mlezi.places.models import Place
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.templatetags.furniture import day
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import scope_of

TIMES = 6  # that a picture goes back


@dataclass
class Look:
    """One record of a checklist: its scores by name."""

    submission: UUID
    on: date
    scores: dict[str, float] = field(default_factory=dict)


def at_place(asked: Asked) -> list[dict[str, Any]]:
    """Of each checklist with a record from here: the newest look, what changed since the one before, and what was not
    met."""
    found = Score.objects.filter(asked.here.where(), place=asked.place, programme=asked.programme, person=None)
    return [_panel(sheet, looks, asked.place) for sheet, looks in _looks(asked, found)]


def at_encounter(asked: Asked, meeting: Encounter) -> list[dict[str, Any]]:
    """The same of the records of one encounter, for those who may see the place."""
    seen = scope_of(asked.person, P.SEE_PLACES, programme=asked.programme)
    found = Score.objects.filter(seen.where(), encounter_uid=meeting.uid, person=None)
    return [_panel(sheet, looks[-1:], meeting.place) for sheet, looks in _looks(asked, found)]


def _looks(asked: Asked, scores: QuerySet[Score]) -> Iterator[tuple[Sheet, list[Look]]]:
    """Each checklist with its looks, oldest first."""
    found: dict[Any, dict[UUID, Look]] = {}
    rows = scores.order_by("scored_on", "id").values_list(
        "submission__form_version__form", "submission_id", "name", "value", "scored_on"
    )
    for form, submission, name, value, on in rows:
        look = found.setdefault(form, {}).setdefault(submission, Look(submission, on))
        look.scores[name] = value
    for one in checklists.of_programme(asked.programme):
        if one.pk in found:
            yield Sheet(asked, one), list(found[one.pk].values())


def _panel(sheet: Sheet, looks: list[Look], where: Place | None) -> dict[str, Any]:
    newest, before = looks[-1], looks[-2] if len(looks) > 1 else None
    at = [(day(look.on), look.scores[sheet.main] / 100) for look in looks[-TIMES:] if sheet.main in look.scores]
    sections = [
        {"title": sheet.section(name), "now": points(newest.scores[name]),
         "change": gained(newest.scores[name] - before.scores[name]) if before and name in before.scores else ""}
        for name in sheet.checklist.parts.sections if name in newest.scores
    ]  # fmt: skip
    return {
        "title": sheet.checklist.title,
        "score": points(newest.scores.get(sheet.main)),
        "on": newest.on,
        "record_url": ways.record(sheet.asked, newest.submission),
        "all_url": links.page("checklists", sheet.asked.programme, form=sheet.checklist.form_id,
                              place=where.code if where else None),
        "chart": bars(gettext("Score each time"), at, names=gettext("Day")) if len(at) > 1 else None,
        "sections": sections,
        "not_met": not_met(sheet, newest.submission),
    }  # fmt: skip


def not_met(sheet: Sheet, submission: UUID) -> list[dict[str, str]]:
    """The items of a record that were not met or only in part, in the form's order, with the reason given."""
    rows = ItemResult.objects.filter(checks.SHORT, submission=submission, person=None)
    order = {code: at for at, code in enumerate(sheet.checklist.parts.items)}
    found = sorted(rows.values_list("item", "because"), key=lambda one: (order.get(one[0], len(order)), one[0]))
    return [
        {"title": sheet.item(item), "section": sheet.section_of(item), "because": names.because(because)}
        for item, because in found
    ]
