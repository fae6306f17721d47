"""What a programme means to reach: rows of `Target`, else what its blueprint says for every period."""

from __future__ import annotations

from mlezi.office.period import Period
from mlezi.places.models import Place
from mlezi.plumbing import once
from mlezi.programmes.models import Programme, Target


@once.a_page
def of(programme: Programme, period: Period, where: Place | None = None) -> dict[str, float]:
    """Indicator → target. A target of the nearest place above holds before the general one."""
    found = {row["indicator"]: float(row["value"]) for row in programme.blueprint.get("targets") or []}
    rows = Target.objects.filter(programme=programme, from_on__lt=period.end, to_on__gte=period.start)
    for row in sorted(rows.select_related("place"), key=lambda row: len(row.place.path) if row.place else 0):
        if row.place is None or (where and where.path.startswith(row.place.path)):
            found[row.indicator] = row.value
    return found
