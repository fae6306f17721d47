"""Facility figures by month, as they came from elsewhere."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mlezi.evaluation import queries
from mlezi.plumbing.tables import Column, Table
from mlezi.programmes.doors import Request, needs
from mlezi.programmes.permissions import Permission as P
from mlezi.programmes.queries import may

FIGURES = Table(
    name="outcomes",
    columns=(
        Column("facility", _("Facility"), lambda row: row.place.name, sort=("place__name",)),
        Column("code", _("Code"), lambda row: row.place.code, sort=("place__code",)),
        Column("month", _("Month"), lambda row: f"{row.month:%Y-%m}", sort=("month", "place__name")),
        Column("measure", _("Measure"), lambda row: row.measure.replace("_", " "), sort=("measure",)),
        Column("value", _("Value"), lambda row: row.value, sort=("value",), numeric=True),
    ),
    search=("place__name", "place__code", "measure"),
    sort="-month",
    empty=_("Bring in a list of what facilities report each month: clients, deliveries, outcomes."),
)


@needs(P.SEE_PLACES)
@require_safe
def listing(request: Request) -> HttpResponse:
    rows = queries.site_figures(request.scope, request.programme)
    may_import = may(request.person, P.IMPORT_FIGURES, programme=request.programme)
    return FIGURES.answer(request, rows, "evaluation/outcomes.html", may_import=may_import)
