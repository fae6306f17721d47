"""Rows of an older installation are given by a migration what rows of today are given when they are made."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from mlezi.encounters.models import PlannedEncounter
from mlezi.goals.models import AgreedAction
from mlezi.plumbing import clock
from mlezi.resources.models import Need
from mlezi.testing.makers.records import Records

TODAY = clock.today()


def upgrade(app, migration, function):
    with connection.schema_editor() as editor:
        getattr(import_module(f"mlezi.{app}.migrations.{migration}"), function)(apps, editor)


def told(model, *names):
    return list(model.objects.order_by("pk").values_list("pk", *names))


@pytest.mark.django_db(transaction=True)
def test_of_an_action_and_a_need_the_newest_decision_holds(world):
    records = Records(world.programme)
    for n in range(4):  # decided not at all, once, twice, three times
        agreed = records.action(world.igoma, TODAY - timedelta(days=40))
        lacking = records.need(world.igoma, f"item {n}", TODAY - timedelta(days=40))
        for at, (done, met) in enumerate((("done", "met"), ("reopened", "reopened"), ("dropped", "wrong"))[:n]):
            day = TODAY - timedelta(days=30 - at)
            records.decide_action(agreed, done, day)
            records.decide_need(lacking, met, day)

    for model, app in ((AgreedAction, "goals"), (Need, "resources")):
        now = told(model, "outcome", "decided_on")
        assert len({outcome for _, outcome, _ in now}) == 4
        model.objects.update(outcome="", decided_on=None)

        upgrade(app, "0005_what_holds", "keep_what_holds")

        assert told(model, "outcome", "decided_on") == now


@pytest.mark.django_db(transaction=True)
def test_a_plan_bears_what_was_held(world):
    records = Records(world.programme)
    records.type("visit")
    held, cancelled, _never = (records.plan(world.igoma, TODAY - timedelta(days=n)) for n in (3, 2, 1))
    records.encounter(world.igoma, TODAY - timedelta(days=3), uid=held.pk, minutes=90)
    records.encounter(world.igoma, TODAY - timedelta(days=2), uid=cancelled.pk, cancelled_because="rain")
    now = told(PlannedEncounter, "was_held", "held_minutes")
    assert sorted((was, minutes) for _, was, minutes in now if was) == [(True, 90)]
    PlannedEncounter.objects.update(was_held=False, held_minutes=None)

    upgrade("encounters", "0004_what_was_held", "keep_what_was_held")

    assert told(PlannedEncounter, "was_held", "held_minutes") == now
