"""A scope compiled to a dataset filter gives the ids that it gives as a queryset filter, for every role."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Encounter, PlannedEncounter
from mlezi.evaluation import engines
from mlezi.evaluation.ask import Ask, Question, shape_of
from mlezi.evaluation.datasets import live
from mlezi.evaluation.queries import rules
from mlezi.goals.models import AgreedAction
from mlezi.pairing.models import Pairing
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.programmes.models import Site
from mlezi.programmes.permissions import Permission
from mlezi.programmes.queries import scope_of
from mlezi.resources.models import Need, Practice
from mlezi.testing.makers import busy as maker

KEPT = (  # dataset, its key, model, field of the person
    ("encounters", "encounter_uid", Encounter, None),
    ("sites", "site_id", Site, None),
    ("planned", "planned_uid", PlannedEncounter, None),
    ("needs", "need_uid", Need, None),
    ("actions", "action_uid", AgreedAction, None),
    ("ratings", "rating_uid", Rating, "person"),
    ("practices", "practice_uid", Practice, "person"),
)


def by_dataset(name, key, person, programme, scope):
    """Ids as text: a UUID is 32 digits on SQLite."""
    data, question = live(connection.vendor), Question(programme, date(2026, 1, 1), date(2027, 1, 1), scope)
    seen = Ask(shape_of(question.scope)).visible(data[name], person=f"{person}_id" if person else None)
    statement = engines.compiled(seen.select(record=seen[key]), connection.vendor)
    values = {**question.values(), **rules(programme)}
    return {str(row["record"]) for row in engines.read(statement, values)}


def by_queryset(model, person, programme, scope):
    if programme not in scope.programmes:
        scope = Scope()
    rows = model.objects.filter(scope.where(person=person), programme=programme)
    return {str(key) for key in rows.values_list("pk", flat=True)}


@pytest.mark.parametrize("permission", [Permission.SEE_COUNTS, Permission.SEE_RATINGS, Permission.SEE_NEEDS])
def test_for_every_role_both_filters_agree(db, permission):
    busy = maker.make(encounters=40)
    programme, n_seen = busy.world.programme, 0
    Pairing.objects.create(
        programme=programme, guide=busy.world.amina, learner=busy.mentees[0], from_on=date(2025, 10, 1)
    )
    for person in busy.world.people.values():
        scope = scope_of(person, permission, programme=programme, on=date(2026, 6, 1))
        for name, key, model, field in KEPT:
            found = by_dataset(name, key, field, programme.pk, scope)
            assert found == by_queryset(model, field, programme.pk, scope), (person.name, name)
            n_seen += len(found)
    assert n_seen  # somebody sees something, or this proves nothing


def test_for_any_scope_both_filters_agree(db):
    busy = maker.make(encounters=40)
    places = list(Place.objects.order_by("pk"))
    programmes = [busy.world.programme.pk, busy.world.other.pk]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(
        st.lists(st.sampled_from(places), max_size=3),
        st.sets(st.sampled_from(programmes)),
        st.sets(st.sampled_from([person.pk for person in busy.mentees]), max_size=3),
        st.sampled_from(programmes),
    )
    def agrees(chosen, of, persons, asked):
        scope = Scope(tuple((one.path, one.path_to) for one in chosen), frozenset(of), frozenset(persons))
        for name, key, model, field in (KEPT[0], KEPT[5]):
            assert by_dataset(name, key, field, asked, scope) == by_queryset(model, field, asked, scope)

    agrees()
