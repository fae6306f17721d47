"""A report of a country has its regions, each with its districts below it, and guards what districts hide."""

from datetime import UTC, date, datetime

import pytest

from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.reports import actions, quarter
from mlezi.testing.makers.records import Records

AFTER = datetime(2026, 4, 3, 9, tzinfo=UTC)


@pytest.fixture
def records(world):
    return Records(world.programme)


@pytest.fixture
def country(world, records):
    """All of Tanzania over a quarter in which Igoma was visited."""
    tanzania = Place.objects.get(code="TZ")
    records.type("visit", every_days=30)
    records.encounter(world.igoma, date(2026, 2, 3), world.baraka, lead=world.amina)
    scope = Scope(ranges=((tanzania.path, tanzania.path_to),), programmes=frozenset({world.programme.pk}))
    return quarter.Part(world.programme, tanzania, date(2026, 1, 1), date(2026, 4, 1), scope)


def test_a_region_stands_above_its_districts(country):
    content = quarter.made(country, {})

    assert content["regions"] == {"MWZ": "Mwanza"}
    assert content["region_of"] == {"MAG": "MWZ", "NYA": "MWZ"}
    parts = content["figures"]["visit_coverage"]["parts"]
    assert {code: parts[code]["value"] for code in ("MWZ", "NYA", "MAG")} == {"MWZ": 0.5, "NYA": 1.0, "MAG": 0.0}


def test_a_report_of_one_region_does_not_repeat_it(country, world):
    part = quarter.Part(world.programme, world.mwanza, country.start, country.end, country.scope)

    assert quarter.made(part, {})["regions"] == {}


def test_costs_that_came_later_are_changes(country, records, world):
    records.plan(world.igoma, date(2026, 2, 3), cost=60000, currency="TZS")
    report = actions.lock(part=country, period="2026-Q1", goals={}, by=world.neema, at=AFTER)
    records.plan(world.igoma, date(2026, 2, 9), cost=5000, currency="TZS")

    changed = quarter.cost_changes(report.content, quarter.made(country, {}))

    assert [(one.place, one.currency, one.kind) for one in changed] == [("NYA", "TZS", "planned")]
    assert (float(changed[0].then), float(changed[0].now)) == (60000, 65000)


def test_a_region_does_not_give_away_its_only_hidden_district():
    shown, hidden = {"hidden": False}, {"hidden": True}
    above = {"A1": "A", "A2": "A", "B1": "B"}

    alone = quarter.guarded({"A": shown, "B": shown}, {"A1": shown, "A2": hidden, "B1": shown}, above)
    two = quarter.guarded({"A": shown, "B": shown}, {"A1": hidden, "A2": hidden, "B1": shown}, above)

    assert all(one["hidden"] for one in alone.values())
    assert two == {"A": shown, "B": shown}
