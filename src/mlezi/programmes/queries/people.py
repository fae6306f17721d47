"""People of a programme as a list shows them: where they work, as what they take part, since when."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, QuerySet, Subquery, Value

from mlezi.people import problems
from mlezi.people.models import Account, Person, Post
from mlezi.people.queries.persons import held_on
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.models import Enrolment, Programme
from mlezi.programmes.queries.participants import participants


def listed(scope: Scope, programme: Programme, *, on: date | None = None, keeps: bool = False) -> QuerySet[Person]:
    """Participants with `place_name`, `district_name`, their enrolments as `parts`, and `has_account`.

    `keeps` is handed on: whether the person asking keeps them in order, and gets links to do so.
    """
    day = on or clock.today(programme.time_zone)
    posts = Post.objects.filter(held_on(day), person=OuterRef("pk")).order_by(F("from_on").desc(nulls_last=True), "-id")
    enrolments = Enrolment.objects.filter(programme=programme).order_by("from_on", "id")
    return (
        participants(scope, programme, on=day)
        .annotate(
            of=Value(programme.code),
            is_kept=Value(keeps),
            place_name=Subquery(posts.values("place__name")[:1]),
            district_name=Subquery(posts.values("place__parent__name")[:1]),
            has_account=Exists(Account.objects.filter(person=OuterRef("pk"), is_active=True)),
        )
        .prefetch_related(Prefetch("enrolments", enrolments, to_attr="parts"))
    )


def one(scope: Scope, programme: Programme, uid: UUID) -> Person:
    """The participant with that uid. Raises `NoSuchPerson`, also when they are out of the scope."""
    found = participants(scope, programme).filter(uid=uid).first()
    if found is None:
        raise problems.NoSuchPerson
    return found
