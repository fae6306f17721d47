"""The lists every programme's phones carry: facilities, mentors and mentees, each as far as its person may see.

Server-mastered and read-only on the phone, except that a mentee may be made there first: a uid that is
in nobody's list is therefore not *gone*, it may be on its way.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from mlezi.instruments import media
from mlezi.people.models import Person, Post
from mlezi.places.models import Place
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment, Programme, RoleAssignment, Site
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import running_on, scope_of

Row = Mapping[str, object]
OF_A_FACILITY = ("code", "district", "latitude", "longitude")
OF_A_PERSON = ("code", "cadre", "facility", "facility_label")


def register() -> None:
    """Called once at start-up."""
    media.register("facilities.csv", facilities, columns=OF_A_FACILITY, known=_places)
    media.register("mentors.csv", mentors, columns=OF_A_PERSON, known=_persons)
    media.register("mentees.csv", mentees, columns=OF_A_PERSON, known=_persons)
    media.register("people.csv", everybody, columns=OF_A_PERSON, known=_persons)
    media.register("places.csv", places, columns=("level",), known=_places)


def facilities(programme: Programme, person: Person) -> Iterator[Row]:
    """The programme's sites within reach of the person."""
    today = clock.today(programme.time_zone)
    scope = scope_of(person, Permission.LOG_ENCOUNTERS, programme=programme)
    sites = Site.objects.filter(running_on(today), scope.where(), programme=programme)
    for site in sites.select_related("place__parent").order_by("place__name", "place_id"):
        place = site.place
        yield {
            "name": place.uid,
            "label": place.name,
            "__version": 1,
            "code": place.code,
            "district": place.parent.name if place.parent else "",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }


def mentors(programme: Programme, person: Person) -> Iterator[Row]:
    """Mentors whose part of the tree meets the person's."""
    today = clock.today(programme.time_zone)
    ranges = scope_of(person, Permission.LOG_ENCOUNTERS, programme=programme).ranges
    roles = RoleAssignment.objects.filter(running_on(today), programme=programme, role="mentor")
    rows = roles.select_related("person", "place").order_by("person__name", "person_id")
    seen: set[int] = set()
    for role in rows:
        meets = role.place is None or any(start < role.place.path_to and role.place.path < end for start, end in ranges)
        if meets and role.person_id not in seen and role.person.merged_into_id is None:
            seen.add(role.person_id)
            yield _person(role.person, None)


def mentees(programme: Programme, person: Person) -> Iterator[Row]:
    """The mentees whose names the person may see: those they guide, or all within a coordinator's reach."""
    today = clock.today(programme.time_zone)
    scope = scope_of(person, Permission.SEE_PEOPLE, programme=programme)
    enrolled = Enrolment.objects.filter(running_on(today), programme=programme, part="mentee")
    posts = _posts(today)
    within = Q(person__in=scope.persons)
    for start, end in scope.ranges:
        within |= Q(person__in=posts.filter(place__path__gte=start, place__path__lt=end).values("person"))
    rows = enrolled.filter(within, person__merged_into=None).select_related("person").order_by("person__name", "id")
    people = list({row.person_id: row.person for row in rows}.values())
    where = {post.person_id: post.place for post in posts.filter(person__in=people).select_related("place")}
    for mentee in people:
        yield _person(mentee, where.get(mentee.pk))


def everybody(programme: Programme, person: Person) -> Iterator[Row]:
    """The person, mentors and mentees: whoever may answer a questionnaire."""
    yield _person(person, None)
    for row in (*mentors(programme, person), *mentees(programme, person)):
        if row["name"] != person.uid:
            yield row


def places(programme: Programme, person: Person) -> Iterator[Row]:
    """Every place of the person's part of the tree, as where a training was held."""
    scope = scope_of(person, Permission.LOG_ENCOUNTERS, programme=programme)
    rows = Place.objects.filter(scope.where(path="path", programme=None), closed_on=None).select_related("level")
    for place in rows.order_by("level__rank", "name", "pk"):
        yield {"name": place.uid, "label": place.name, "__version": 1, "level": place.level.code}


def _posts(today: date) -> QuerySet[Post]:
    running = Q(from_on__isnull=True) | Q(from_on__lte=today)
    return Post.objects.filter(running & (Q(to_on__isnull=True) | Q(to_on__gte=today)))


def _person(person: Person, place: Place | None) -> Row:
    return {
        "name": person.uid,
        "label": person.name,
        "__version": 1,
        "code": person.code or "",
        "cadre": person.cadre,
        "facility": place.uid if place else "",
        "facility_label": place.name if place else "",
    }


def _uids(ids: Collection[str]) -> list[UUID]:
    found = []
    for text in ids:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _places(programme: Programme, ids: Collection[str]) -> set[str]:
    return {str(uid) for uid in Place.objects.filter(uid__in=_uids(ids)).values_list("uid", flat=True)}


def _persons(programme: Programme, ids: Collection[str]) -> set[str]:
    return {str(uid) for uid in Person.objects.filter(uid__in=_uids(ids)).values_list("uid", flat=True)}
