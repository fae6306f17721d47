"""Data versions: numbers that change with whatever figures are made of, by which kept answers are known to hold.

Every change adds a row (`DataStep`) in its own transaction, so that nobody waits for anybody; a version is
the sum of the rows that concern an area. Steps are random: the version of a change that was rolled back
never comes again, so an answer computed inside it is never taken for another's.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, Sum

from mlezi.audit.models import Event
from mlezi.evaluation import areas
from mlezi.evaluation.models import DataStep, RollupState
from mlezi.people.models import Person
from mlezi.plumbing import once
from mlezi.programmes.models import Programme

LONGEST_STEP = 2**32
MANY = 400  # rows; then they are added up

# Every event's name begins as one of these four say (held by tests/architecture/test_events.py); one that does not
# is taken to concern everything. QUIET are those after which no kept figure differs: what records and decisions
# about encounters mean, the derivation tells.
QUIET = (
    "submission.", "quarantine.", "account.", "device.", "share.", "form.", "report.", "event.",
    "derivation.", "spending.", "people.kept_apart", "place.outlined", "encounter.corrected",
    "encounter.voided", "rollups.", "scenario.", "request.", "requests.", "round.", "identity.", "identity_policy.",
    "preference.", "profile.", "material.", "concern.", "terms.", "track_record.", "study.",
    "code.", "codebook.", "coding.", "invitation", "memo.", "participant.", "response.", "source.", "voice.",
    "certificate.", "course.", "highlights.", "project.", "redaction.", "sponsor.", "summary.",
)  # fmt: skip
OF_ROLES = ("role.",)  # who is listed may differ then, but no figure
IN_ONE_PLACE = ("encounter.planned", "encounter.cancelled", "sample.answered", "need.", "action.", "site.")
OF_ONE_PERSON = ("person.", "enrolment.", "pairing.")  # of two: the one who learns
MOVES = ("place.moved", "places.import_undone")  # after which a place may lie in another district
EVERYWHERE = ("blueprint.", "encounter.replanned", "level.", "outcome.", "people.", "place.", "sample.drawn")


@dataclass(frozen=True)
class Versions:
    """The present versions of a programme: of what concerns everything, and besides of each area, or of roles."""

    everywhere: int
    by_area: Mapping[int, int]

    def of(self, area: int) -> int:
        return self.everywhere + self.by_area.get(area, 0)

    @property
    def whole(self) -> int:
        return self.everywhere + sum(self.by_area.values())


@once.a_page
def now(programme: int) -> Versions:
    """The versions as this transaction sees them."""
    rows = DataStep.objects.filter(Q(programme=programme) | Q(programme=None)).order_by()
    found = dict(rows.values_list("area").annotate(number=Sum("step")))
    return Versions(int(found.pop(None, 0)), {area: int(number) for area, number in found.items()})


def raise_areas(programme: int | None, touched: Iterable[int]) -> None:
    """Tell kept answers that these areas changed."""
    DataStep.objects.bulk_create(
        [DataStep(programme_id=programme, area=area, step=_step()) for area in sorted(set(touched))]
    )


def raise_everywhere(programme: int | None = None) -> None:
    """Tell kept answers that anything may have changed, of one programme or of all."""
    DataStep.objects.create(programme_id=programme, area=None, step=_step())


def _step() -> int:
    return 1 + secrets.randbelow(LONGEST_STEP)


def heard(name: str, subject: object) -> None:
    """Called for every event, in its transaction. What is not known to be narrow concerns everything."""
    if name.startswith(QUIET):
        return
    if name in MOVES:
        _mistrust_rollups()
    place, person = getattr(subject, "place_id", None), _person(subject)
    if name.startswith(OF_ROLES):
        raise_areas(None, [areas.ROLES])
    elif name.startswith(IN_ONE_PLACE) and isinstance(place, int):
        raise_areas(getattr(subject, "programme_id", None), areas.of_places([place]))
    elif name.startswith(OF_ONE_PERSON) and person is not None:
        raise_areas(None, areas.of_people([person]))
    else:
        raise_everywhere()


def heard_many(events: Collection[Event]) -> None:
    """The same for events written together, of which only names are known."""
    if any(event.name in MOVES for event in events):
        _mistrust_rollups()
    if not all(event.name.startswith(QUIET) for event in events):
        raise_everywhere()


def _mistrust_rollups() -> None:
    """No rollup is read until it is made again; `standing.outdated` names them all from now on."""
    RollupState.objects.update(made_with="")


def _person(subject: object) -> int | None:
    if isinstance(subject, Person):
        return subject.pk
    found = getattr(subject, "learner_id", getattr(subject, "person_id", None))
    return found if isinstance(found, int) else None


@transaction.atomic
def compact(programme: Programme) -> None:
    """Add up a programme's rows when they have become many. The caller holds the programme's lock."""
    rows = DataStep.objects.filter(Q(programme=programme) | Q(programme=None))
    if rows.aggregate(n=Count("pk"))["n"] <= MANY:
        return
    sums: dict[tuple[int | None, int | None], int] = {}
    kept = []
    for pk, of, area, step in rows.values_list("pk", "programme_id", "area", "step"):
        kept.append(pk)
        sums[of, area] = sums.get((of, area), 0) + step
    DataStep.objects.filter(pk__in=kept).delete()
    DataStep.objects.bulk_create([DataStep(programme_id=of, area=area, step=step) for (of, area), step in sums.items()])
