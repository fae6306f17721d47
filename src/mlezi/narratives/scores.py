"""The joint display: beside each theme the scores and the hours of the people who said it, and of those who did not.

Means of groups only; a group smaller than the threshold is not shown to those who may not read the texts, and never
when it has fewer than two people.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext

from mlezi.encounters.models import Attendance
from mlezi.methods.statistics.estimate import Estimate
from mlezi.methods.statistics.means import mean
from mlezi.narratives.models import Code
from mlezi.narratives.queries.results import Material
from mlezi.narratives.tables import masked
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Programme
from mlezi.surveys.models import Filled, ScaleScore

LEAST = 2
HOURS = "hours"


@dataclass(frozen=True)
class Measured:
    """One measure among those who said a theme and those who did not; None is hidden or not known."""

    name: str
    said: Estimate | None
    silent: Estimate | None


@dataclass(frozen=True)
class JointRow:
    code: Code
    n_said: int | None  # None is hidden
    measures: list[Measured]


def joint(material: Material, *, reads_all: bool) -> list[JointRow]:
    """Top themes with every scale and the hours of support, for participants who are persons of the programme."""
    persons = {pk: who.person_id for pk, who in material.participants.items() if who.person_id}
    values = {**_scores(material, set(persons.values())), **_hours(material, set(persons.values()))}
    names = _names(material.programme)
    said = material.grid.said_by()
    rows = []
    for code in material.codes:
        if code.parent_id is not None or not said[code.pk]:
            continue
        inside = {persons[who] for who in persons if who in said[code.pk]}
        outside = set(persons.values()) - inside
        measures = [
            Measured(names.get(name) or name.replace("_", " "), *_means(by_person, inside, outside, reads_all))
            for name, by_person in sorted(values.items())
        ]
        n = len(said[code.pk])
        rows.append(JointRow(code, n if reads_all else masked(n, material.n_people), measures))
    return rows


def _means(values: dict[int, float], inside: set[Any], outside: set[Any],
           reads_all: bool) -> tuple[Estimate | None, Estimate | None]:  # fmt: skip
    """Of those who said it and of the others. Who knows the mean of all could work out that of few: then neither."""
    n_of = [len(among & set(values)) for among in (inside, outside)]
    if not reads_all and any(0 < n < settings.SMALL_GROUP for n in n_of):
        return None, None
    return _mean(values, inside, reads_all), _mean(values, outside, reads_all)


def _mean(values: dict[int, float], among: set[Any], reads_all: bool) -> Estimate | None:
    found = [values[person] for person in sorted(among) if person in values]
    if len(found) < (LEAST if reads_all else max(LEAST, settings.SMALL_GROUP)):
        return None
    return mean(found)


def _scores(material: Material, persons: set[Any]) -> dict[str, dict[int, float]]:
    """The latest score of each person on each scale."""
    filled = Filled.objects.filter(programme=material.programme, person__in=persons).order_by("answered_on", "pk")
    who = dict(filled.values_list("pk", "person"))
    order = {pk: n for n, pk in enumerate(who)}
    found: dict[str, dict[int, float]] = defaultdict(dict)
    rows = ScaleScore.objects.filter(filled_id__in=who, score__isnull=False).values_list("filled_id", "scale", "score")
    for filled_id, scale, score in sorted(rows, key=lambda row: order[row[0]]):
        person = who[filled_id]
        if score is not None and person is not None:
            found[scale][person] = score
    return dict(found)


def _names(programme: Programme) -> dict[str, str]:
    """What scales are called in the programme's instruments."""
    scales = [scale for one in programme.blueprint.get("instruments") or ()
              for scale in [*one.get("scales", ()), *one.get("tests", ())]]  # fmt: skip
    titled = {scale["code"]: worded(scale["title"]) for scale in scales if scale.get("title")}
    return {**titled, HOURS: gettext("Hours of support")}


def _hours(material: Material, persons: set[Any]) -> dict[str, dict[int, float]]:
    """Hours of support each person had in the programme; nobody's hours are guessed."""
    rows = Attendance.objects.filter(
        encounter__programme=material.programme, person__in=persons, is_present=True, minutes__isnull=False
    ).exclude(part=Attendance.Part.LEAD)
    sums = rows.values("person").annotate(total=Sum("minutes")).values_list("person", "total")
    found = {person: total / 60 for person, total in sums}
    return {HOURS: found} if found else {}
