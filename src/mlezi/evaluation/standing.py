"""Whether a programme's rollups were made by the present definitions. Until they are, nobody reads them.

After an update whose rollups are new or mean something else, figures come from the live tables (slower,
never wrong or empty) while the worker makes the rollups again, portion by portion.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from mlezi.encounters.models import Encounter
from mlezi.evaluation import makers
from mlezi.evaluation.models import RollupState
from mlezi.plumbing import once
from mlezi.programmes.models import Programme

FEW = 500  # encounters: a programme this young has its rollups made on the spot


def fingerprint() -> str:
    return makers.fingerprint(connection.vendor)


@once.a_page
def is_current(programme: int) -> bool:
    """Whether the rollups may be read."""
    return RollupState.objects.filter(programme=programme, made_with=fingerprint()).exists()


def is_new(programme: Programme) -> bool:
    """Whether nothing was ever rolled up of a programme with few records."""
    if RollupState.objects.filter(programme=programme).exists():
        return False
    return not Encounter.objects.filter(programme=programme).order_by("pk")[FEW : FEW + 1].exists()


def made(programme: Programme) -> None:
    """They are made whole, by the present definitions."""
    RollupState.objects.update_or_create(programme=programme, defaults={"made_with": fingerprint(), "making": ""})


def outdated() -> list[Programme]:
    """Programmes with encounters whose rollups are missing or of other definitions."""
    current = RollupState.objects.filter(made_with=fingerprint()).values("programme")
    held = Encounter.objects.values("programme")
    return list(Programme.objects.filter(pk__in=held).exclude(pk__in=current).order_by("pk"))


def begin(programme: Programme, total: int, *, at: datetime) -> None:
    """They are being made again, in so many portions; the old ones are not read from now on."""
    now = {"made_with": "", "making": fingerprint(), "n_done": 0, "n_total": total, "started_at": at}
    RollupState.objects.update_or_create(programme=programme, defaults=now)


def went_on(programme: Programme, done: int) -> None:
    RollupState.objects.filter(programme=programme).update(n_done=done)
