"""What stands beside the mentoring: facility figures by month, and what visits cost. Made up, with a seed."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import StringIO
from random import Random

from django.db import transaction

from mlezi.audit.imports import actions as imports
from mlezi.demo import cast
from mlezi.demo.stage import SEED, Stage
from mlezi.encounters.models import Encounter, PlannedEncounter
from mlezi.evaluation.models import SiteFigure
from mlezi.people.models import Person
from mlezi.programmes.importing.contexts import context_for
from mlezi.programmes.models import Site
from mlezi.programmes.permissions import Permission
from mlezi.resources.actions import note_spending
from mlezi.resources.models import Spending

MEASURES = ("antenatal_visits", "deliveries", "newborns_referred")
BATCH = 200


def facility_figures(on: Stage, *, at: datetime) -> int:
    """A year of monthly figures where anybody counts clients, brought in as a coordinator would. Once."""
    if SiteFigure.objects.filter(programme=on.programme).exists():
        return 0
    coordinator = on.people[cast.uid("officer", "Chiku Mwakyusa")]
    context = context_for(
        coordinator, on.programme, Permission.IMPORT_FIGURES, at=at, today=at.date(), measures=list(MEASURES)
    )
    content = _sheet(on, at.date()).encode()
    batch = imports.preview(kind="outcomes", content=content, file_name="facility-figures.csv", context=context)
    imports.apply(batch_id=batch.pk, context=context)
    return SiteFigure.objects.filter(programme=on.programme).count()


def _sheet(on: Stage, today: date) -> str:
    """One row a facility and month; now and then nothing was reported, which stays empty and is not zero."""
    random, text = Random(SEED + 7), StringIO()
    sheet = csv.writer(text)
    sheet.writerow(["code", "month", *MEASURES])
    sites = Site.objects.filter(programme=on.programme, volume__isnull=False).select_related("place")
    for site in sites.order_by("place__code"):
        clients = site.volume or 0
        for month in _months(on.first, today):
            season = 1 + 0.12 * ((month.month % 6) - 2.5) / 2.5
            row = [round(clients * share * season * random.uniform(0.85, 1.15)) for share in (0.5, 0.16, 0.012)]
            told = [value if random.random() > 0.06 else "" for value in row]
            if any(value != "" for value in told):
                sheet.writerow([site.place.code, f"{month:%Y-%m}", *told])
    return text.getvalue()


def _months(first: date, today: date) -> list[date]:
    """The full months of the year."""
    months, month = [], (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while month < today.replace(day=1):
        months.append(month)
        month = (month + timedelta(days=32)).replace(day=1)
    return months


def spending(on: Stage, *, at: datetime) -> int:
    """Of the planned visits that were held most people wrote down what was spent; a second call adds only new ones."""
    coordinator = on.people[cast.uid("officer", "Chiku Mwakyusa")]
    held = set(Encounter.objects.filter(programme=on.programme, held_on__isnull=False).values_list("pk", flat=True))
    paid = set(Spending.objects.filter(programme=on.programme).values_list("encounter_uid", flat=True))
    plans = PlannedEncounter.objects.filter(programme=on.programme, cost__isnull=False).select_related("place")
    due = [plan for plan in plans.order_by("planned_on", "pk") if plan.uid in held - paid]
    for start in range(0, len(due), BATCH):
        with transaction.atomic():
            for plan in due[start : start + BATCH]:
                _spend(plan, coordinator, at)
    return len(due)


def _spend(plan: PlannedEncounter, by: Person, at: datetime) -> None:
    random = Random(f"{SEED}{plan.uid}")
    if random.random() > 0.86 or not plan.cost:  # nobody wrote it down
        return
    amount = plan.cost * Decimal(random.choice((85, 95, 100, 100, 100, 105, 110, 125))) / 100
    note_spending(
        programme=plan.programme, place=plan.place, amount=str(amount.quantize(Decimal(1))), currency=plan.currency,
        on=plan.planned_on, by=by, at=at, encounter_uid=plan.uid,
    )  # fmt: skip
