"""A locked report stays as it was; what comes later shows as a change."""

from datetime import UTC, date, datetime

import pytest

from mlezi.places.scope import Scope
from mlezi.reports import actions, problems, quarter, queries
from mlezi.reports.models import LockedReport
from mlezi.testing.makers.records import Records

AFTER = datetime(2026, 4, 3, 9, tzinfo=UTC)


@pytest.fixture
def part(world):
    place = world.mwanza
    scope = Scope(ranges=((place.path, place.path_to),), programmes=frozenset({world.programme.pk}))
    return quarter.Part(world.programme, place, date(2026, 1, 1), date(2026, 4, 1), scope)


@pytest.fixture
def records(world):
    made = Records(world.programme)
    made.type("visit", every_days=30)
    made.encounter(world.igoma, date(2026, 2, 3), world.baraka, lead=world.amina)
    return made


def test_what_was_reported_stays_when_records_come_later(part, records, world):
    report = actions.lock(part=part, period="2026-Q1", goals={"visit_coverage": 0.9}, by=world.neema, at=AFTER)
    assert report.content["figures"]["visit_coverage"]["whole"]["value"] == 0.5  # Igoma of Igoma and Kisesa

    records.encounter(world.kisesa, date(2026, 3, 30), lead=world.amina)
    now = quarter.made(part, {"visit_coverage": 0.9})
    changed = {(one.code, one.place): (one.then, one.now) for one in quarter.changes(report.content, now)}

    assert changed[("visit_coverage", "")] == (0.5, 1.0)
    assert changed[("visit_coverage", "MAG")] == (0.0, 1.0)
    assert ("visit_coverage", "NYA") not in changed
    assert queries.as_reported(world.programme, world.mwanza, "2026-Q1") == report


def test_the_fingerprint_is_of_the_content(part, records, world):
    report = actions.lock(part=part, period="2026-Q1", goals={}, by=world.neema, at=AFTER)

    assert quarter.fingerprint(LockedReport.objects.get().content) == report.sha256


def test_locking_the_same_twice_is_one_report(part, records, world):
    for _ in range(2):
        actions.lock(part=part, period="2026-Q1", goals={}, by=world.neema, at=AFTER)

    assert LockedReport.objects.count() == 1


def test_a_running_period_is_not_locked(part, records, world):
    with pytest.raises(problems.PeriodRuns):
        actions.lock(part=part, period="2026-Q1", goals={}, by=world.neema, at=datetime(2026, 3, 31, 9, tzinfo=UTC))


def test_costs_are_kept_by_currency_and_never_added(part, records, world):
    records.plan(world.igoma, date(2026, 2, 3), cost=60000, currency="TZS")
    records.plan(world.igoma, date(2026, 2, 9), cost=20, currency="USD")

    costs = quarter.made(part, {})["costs"]["NYA"]

    assert costs["TZS"]["planned"].startswith("60000")
    assert costs["USD"]["planned"].startswith("20")
