"""What evaluation reads besides datasets: a programme's own rules, and the names of a breakdown's parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet

from mlezi.competencies.models import Domain
from mlezi.encounters.models import EncounterType
from mlezi.encounters.queries import LATE_DAYS
from mlezi.encounters.refreshers import trainings
from mlezi.evaluation.models import RatingSpell, SiteFigure
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing import once
from mlezi.programmes.models import Programme

SILENT_DAYS = 7


@once.a_page
def rules(programme: int) -> dict[str, Any]:
    """The values a programme's blueprint settles: how often to visit, how long training holds.

    `every_days` is the shortest interval of its types of visit, None when none is given; `refresh_days` for how long
    the training of mentors holds, else the shortest interval of its types of workshop.
    """
    shortest: dict[str, int | None] = dict(
        EncounterType.objects.filter(programme_id=programme, retired=False)
        .values_list("mode")
        .annotate(days=Min("every_days"))
    )
    return {
        "every_days": shortest.get("visit"),
        "refresh_days": _training_holds(programme) or shortest.get("workshop"),
        "late_days": LATE_DAYS,
        "silent_days": SILENT_DAYS,
    }


def _training_holds(programme: int) -> int | None:
    found = Programme.objects.filter(pk=programme).only("blueprint").first()
    return trainings(found)[1] if found else None


@once.a_page
def rated_since(programme: int, day: date) -> bool:
    """Whether anybody's latest rating is of that day or later."""
    return RatingSpell.objects.filter(programme_id=programme, until=None, rated_on__gte=day).exists()


def labels(by: str, keys: Iterable[Any], *, programme: int, language: str) -> Mapping[Any, str]:
    """What the parts of a breakdown are called. A key without a name is called by itself."""
    keys = [key for key in keys if key not in (None, "")]
    if by in ("region", "district", "facility"):
        return dict(Place.objects.filter(pk__in=keys).values_list("pk", "name"))
    if by == "topic":
        titles = Domain.objects.filter(programme_id=programme, code__in=keys).values_list("code", "title")
        return {code: title.get(language) or title.get("en") or code for code, title in titles}
    return {key: str(key).replace("_", " ") for key in keys}


def site_figures(scope: Scope, programme: Programme) -> QuerySet[SiteFigure]:
    """Facility figures of the programme in scope, newest month first."""
    rows = SiteFigure.objects.filter(scope.where(), programme=programme).select_related("place", "programme")
    return rows.order_by("-month", "place__name", "measure")
