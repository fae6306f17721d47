"""Who is what, and what follows from it: programmes, roles, permissions and scopes.

Every other room asks here which rows somebody may see, and gets one `Scope`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import NOTHING, Scope
from mlezi.plumbing import clock, once
from mlezi.programmes import scopes
from mlezi.programmes.models import Programme, RoleAssignment, Share
from mlezi.programmes.permissions import ABOUT_ONESELF, ROLES, SHAREABLE, Permission, Role

OPENS_NOTHING = frozenset({Permission.CODE_TEXTS})  # to code texts shows nobody a text they could not read before
WHOLE_TREE = ("/", "0")  # every path starts with "/", and "0" follows "/"
TAKING_PART = frozenset({"mentee", "mentor"})  # roles that come with an enrolment


def running_on(day: date, *, of: str = "") -> Q:
    """Rows with `from_on` and `to_on` that hold on that day; `to_on` is the last day. `of`: the way to such rows."""
    begun, no_end, not_ended = (f"{of}{name}" for name in ("from_on__lte", "to_on__isnull", "to_on__gte"))
    return Q(**{begun: day}) & (Q(**{no_end: True}) | Q(**{not_ended: day}))


def runs_on(role: RoleAssignment, day: date) -> bool:
    """The same of one that was read already."""
    return role.from_on <= day and (role.to_on is None or role.to_on >= day)


@once.a_page
def roles_of(person: Person | None, programme: Programme, *, on: date | None = None) -> list[RoleAssignment]:
    """What the person is in the programme that day, roles over all programmes included."""
    if person is None:
        return []
    day = on or clock.today(programme.time_zone)
    held = RoleAssignment.objects.filter(running_on(day), person=person)
    return list(held.filter(Q(programme=programme) | Q(programme=None)).select_related("place").order_by("id"))


def programmes_of(person: Person | None, *, on: date | None = None) -> QuerySet[Programme]:
    """The programmes in which the person has any role that day."""
    if person is None:
        return Programme.objects.none()
    held = RoleAssignment.objects.filter(running_on(on or clock.today()), person=person)
    if held.filter(programme=None).exists():
        return Programme.objects.order_by("code")
    return Programme.objects.filter(pk__in=held.values("programme")).order_by("code")


@once.a_page
def scope_of(person: Person | None, permission: Permission, *, programme: Programme, on: date | None = None) -> Scope:
    """The rows of `programme` for which the person holds `permission`, as one value.

    Ranges come from roles over places. Persons are oneself, the people one guides, and those who
    shared what the permission shows.
    """
    day = on or clock.today(programme.time_zone)
    held = roles_of(person, programme, on=day)
    if person is None or not held:
        return NOTHING
    kinds = [(role, ROLES[role.role]) for role in held if role.role in ROLES]
    ranges = _ranges(programme, [role for role, kind in kinds if kind.allows(permission)])
    persons = _persons(person, permission, programme, {kind for _, kind in kinds}, day)
    if not ranges and not persons:
        return NOTHING
    return Scope(ranges=ranges, programmes=frozenset({programme.pk}), persons=persons)


def permissions_of(person: Person | None, programme: Programme, *, on: date | None = None) -> frozenset[Permission]:
    """Everything the person may do or see over some part of the tree; what menus are made from."""
    found: set[Permission] = set()
    for role in roles_of(person, programme, on=on):
        kind = ROLES.get(role.role, Role)
        found |= kind.sees | kind.does
    return frozenset(found)


def may(
    person: Person | None,
    permission: Permission,
    *,
    programme: Programme,
    place: Place | None = None,
    about: Person | None = None,
    on: date | None = None,
) -> bool:
    """Whether the person holds the permission: somewhere, at `place`, or about the person `about`."""
    scope = scope_of(person, permission, programme=programme, on=on)
    if about is not None and about.pk in scope.persons:
        return True
    if place is not None:
        return any(start <= place.path < end for start, end in scope.ranges)
    return about is None and not scope.sees_nothing


def _ranges(programme: Programme, roles: Iterable[RoleAssignment]) -> tuple[tuple[str, str], ...]:
    """Ranges of the tree, sorted, none inside another. A role without a place holds for the programme's part."""
    found = set()
    for role in roles:
        place = role.place or programme.place
        found.add((place.path, place.path_to) if place else WHOLE_TREE)
    kept: list[tuple[str, str]] = []
    for start, end in sorted(found, key=lambda pair: (pair[0], -len(pair[1]))):
        if not (kept and kept[-1][0] <= start < kept[-1][1]):
            kept.append((start, end))
    return tuple(kept)


def _persons(
    person: Person, permission: Permission, programme: Programme, kinds: set[type[Role]], day: date
) -> frozenset[int]:
    found: set[int] = set()
    if permission in ABOUT_ONESELF:
        found.add(person.pk)
    if any(permission in kind.of_guided for kind in kinds):
        found |= scopes.guided_by(person, programme, day)
    if permission in SHAREABLE:
        shares = Share.objects.filter(
            programme=programme, shared_with=person, permission=permission.name, withdrawn_at=None
        )
        found |= set(shares.values_list("person", flat=True))
    return frozenset(found)


def may_more(person: Person, *, than: Person) -> bool:
    """Whether the person holds anything that the other does not, over any place of any programme.

    What a mentor or a mentee may is not counted place by place: a mentor who works in three districts keeps
    nothing from the coordinator of one. What comes with being somebody's mentor is theirs alone, and whoever
    helps them to sign in is written down.
    """
    for programme in programmes_of(person):
        if permissions_of(person, programme) - permissions_of(than, programme) - OPENS_NOTHING:
            return True
        held = [role for role in roles_of(person, programme) if role.role not in TAKING_PART]
        for role in held:
            kind = ROLES.get(role.role, Role)
            reach = _ranges(programme, [role])
            if any(not _covers(than, one, programme, reach) for one in (kind.sees | kind.does) - OPENS_NOTHING):
                return True
    return False


def may_give(person: Person, role: type[Role], *, programme: Programme, place: Place | None) -> bool:
    """Whether the person holds all that the role may, over all of the place they would give it for."""
    part = place or programme.place
    reach = ((part.path, part.path_to) if part else WHOLE_TREE,)
    return all(_covers(person, one, programme, reach) for one in (role.sees | role.does) - OPENS_NOTHING)


def _covers(person: Person, permission: Permission, programme: Programme, reach: Iterable[tuple[str, str]]) -> bool:
    own = scope_of(person, permission, programme=programme).ranges
    return all(any(low <= start and end <= high for low, high in own) for start, end in reach)
