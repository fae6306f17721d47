"""A run as its people stand: who came, what the tests say, who has what the certificate asks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from mlezi.courses import declared, problems, rules
from mlezi.courses.declared import Course
from mlezi.courses.models import Certificate, OnRoster, Run
from mlezi.encounters.models import Attendance, Encounter
from mlezi.people.models import Person
from mlezi.places import queries as places
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Programme
from mlezi.programmes.queries.participants import participants, sees_whole
from mlezi.surveys.models import Filled, Invitation, ScaleScore, Standing
from mlezi.surveys.queries import waiting
from mlezi.surveys.queries.titles import titles_of

PRE, POST, EVALUATION = "pre", "post", "evaluation"
READABLE = 500  # names in a list to choose from


@dataclass
class Row:
    """One person of a run. `tests` are scores before and after; `taken` which waves were answered."""

    person: Person
    is_on_roster: bool
    attended: int = 0
    sessions: int = 0
    scores: dict[str, dict[str, float | None]] = field(default_factory=dict)  # wave → scale → score
    taken: set[str] = field(default_factory=set)
    scale: str = ""
    missing: tuple[str, ...] = ()
    certificate: Certificate | None = None
    taken_back: Certificate | None = None  # the latest that was, where none stands

    def score(self, wave: str) -> float | None:
        """The course's own scale; where it names none, the only one there is."""
        found = self.scores.get(wave, {})
        return found.get(self.scale) if self.scale else next(iter(found.values()), None) if len(found) == 1 else None

    @property
    def pre(self) -> float | None:
        return self.score(PRE)

    @property
    def post(self) -> float | None:
        return self.score(POST)

    @property
    def is_earned(self) -> bool:
        """All that the rule asks for is there, and no certificate stands yet."""
        return not self.missing and self.certificate is None and self.is_on_roster

    @property
    def is_ready(self) -> bool:
        """To be issued with the others. One that was taken back is issued again only by name."""
        return self.is_earned and self.taken_back is None


def runs(programme: Programme, scope: Scope) -> QuerySet[Run]:
    """Those at places within the scope; a run at no place is seen by whoever sees the whole programme."""
    inside = scope.where()
    if sees_whole(scope, programme):
        inside |= Q(place__isnull=True)
    return Run.objects.filter(inside, programme=programme).select_related("place")


def sessions(run: Run, course: Course) -> QuerySet[Encounter]:
    """The meetings of the course that were held in its days, at its place."""
    held = Encounter.objects.filter(
        programme=run.programme_id, type__code__in=course.encounters, held_on__range=(run.from_on, run.to_on)
    ).filter(cancelled_because="")
    if run.place is not None:
        held = held.filter(place__path__gte=run.place.path, place__path__lt=run.place.path_to)
    return held


def rows(run: Run, scope: Scope) -> list[Row]:
    """Everybody on the roster, and whoever came without being on it, within the scope."""
    course = declared.course(run.programme, run.course)
    held = sessions(run, course)
    n_sessions = course.sessions or held.count()
    came = defaultdict(set)
    seats = Attendance.objects.filter(encounter__in=held, is_present=True).exclude(part=Attendance.Part.LEAD)
    for person_id, encounter in seats.values_list("person_id", "encounter_id"):
        came[person_id].add(encounter)
    roster = set(OnRoster.objects.filter(run=run, removed_at=None).values_list("person_id", flat=True))
    people = participants(scope, run.programme).filter(pk__in=roster | set(came)).order_by("name", "pk")
    scores, taken = _tests(run, course, [one.pk for one in people])
    certificates: dict[int, Certificate] = {}
    taken_back: dict[int, Certificate] = {}
    for one in Certificate.objects.filter(run=run).order_by("issued_on", "revoked_on", "pk"):
        (taken_back if one.revoked_on else certificates)[one.person_id] = one
    found = []
    for person in people:
        row = Row(person, person.pk in roster, min(len(came[person.pk]), n_sessions), n_sessions, scale=course.scale)
        row.scores, row.taken = scores.get(person.pk, {}), taken.get(person.pk, set())
        row.certificate = certificates.get(person.pk)
        row.taken_back = None if row.certificate else taken_back.get(person.pk)
        if course.certificate is not None:
            done = rules.Done(row.attended, n_sessions, row.post, row.scores.get(POST, {}))
            row.missing = rules.missing(course.certificate, done)
        found.append(row)
    return found


def _tests(
    run: Run, course: Course, people: Collection[int]
) -> tuple[dict[int, dict[str, dict[str, float | None]]], dict[int, set[str]]]:
    """Scores by person, wave and scale; and the waves each person answered. Only what stands counts."""
    forms = {form for form in (course.pre_test, course.post_test, course.evaluation) if form}
    standing = Exists(Standing.objects.filter(filled_id=OuterRef("pk")))
    filled = Filled.objects.filter(
        standing, programme=run.programme_id, occasion=run.code, instrument__in=forms, person__in=people
    )
    of: dict[UUID, tuple[int, str]] = {}
    taken: dict[int, set[str]] = defaultdict(set)
    for pk, person_id, wave in filled.values_list("pk", "person_id", "wave"):
        if person_id is not None:
            of[pk] = (person_id, wave)
            taken[person_id].add(wave)
    # Of an anonymous evaluation all that is known is that somebody used their link.
    links = Invitation.objects.filter(
        programme=run.programme_id, occasion=run.code, person__in=people, wave=EVALUATION, is_used=True
    )
    for person_id, wave in links.values_list("person_id", "wave"):
        taken[person_id].add(wave)
    scores: dict[int, dict[str, dict[str, float | None]]] = defaultdict(lambda: defaultdict(dict))
    for filled_id, scale, score in ScaleScore.objects.filter(filled_id__in=list(of)).values_list(
        "filled_id", "scale", "score"
    ):
        person_id, wave = of[filled_id]
        scores[person_id][wave][scale] = score
    return scores, taken


def row_of(run: Run, person: Person) -> Row | None:
    """One person's own row, whoever may see it."""
    own = Scope(persons=frozenset({person.pk}), programmes=frozenset({run.programme_id}))
    return next((row for row in rows(run, own) if row.person.pk == person.pk), None)


def runs_of(programme: Programme, person: Person) -> QuerySet[Run]:
    """The runs somebody is or was expected at."""
    return Run.objects.filter(programme=programme, roster__person=person, roster__removed_at=None)


def open_for(programme: Programme, person: Person, *, on: date) -> list[Invitation]:
    """What somebody may answer today and has not, with `title`."""
    titles = titles_of(programme)
    rows = waiting.answered(Invitation.objects.filter(waiting.is_open(on), programme=programme, person=person))
    found = list(rows.filter(has_answered=False).order_by("due_on", "pk"))
    for row in found:
        row.title = titles.get(row.instrument, row.instrument)
    return [row for row in found if row.instrument in titles]


def holdable(scope: Scope) -> QuerySet[Place]:
    """Where a course may be held, as the tree has it; without the lowest level where that would be too many to read."""
    found = places.visible_to(scope).select_related("level").order_by("path")
    lowest = places.lowest_level()
    return found.exclude(level=lowest) if lowest and found.count() > READABLE else found


def addable(programme: Programme, scope: Scope, run: Run, *, on: date) -> QuerySet[Person]:
    """Who may still be put on the roster."""
    there = OnRoster.objects.filter(run=run, removed_at=None).values("person")
    return participants(scope, programme, on=on).exclude(pk__in=there).order_by("name")


def by_code(code: str) -> Certificate | None:
    """The certificate with that printed code, written any which way."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return Certificate.objects.select_related("run__programme").filter(code=plain).first() if plain else None


def revoked() -> Mapping[UUID, str]:
    """Every certificate taken back, for the public list that badges name."""
    rows_ = Certificate.objects.exclude(revoked_on=None).order_by("pk")
    return dict(rows_.values_list("pk", "revoked_because"))


def certificate_of(programme: Programme, uid: UUID) -> Certificate:
    """Raises `NoSuchCourse`."""
    found = Certificate.objects.select_related("run__programme", "run__place", "person").filter(pk=uid).first()
    if found is None or found.run.programme_id != programme.pk:
        raise problems.NoSuchCourse
    return found
