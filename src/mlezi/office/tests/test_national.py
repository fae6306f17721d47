"""The quarter against its targets; locked on a day; changes shown."""

from datetime import date

import pytest

from mlezi.reports.models import LockedReport
from mlezi.testing.makers.records import Records


@pytest.fixture
def quarter(world):
    records = Records(world.programme)
    records.type("visit", every_days=30)
    records.encounter(world.igoma, date(2026, 2, 3), world.baraka, lead=world.amina)
    world.programme.blueprint = {"targets": [{"indicator": "visit_coverage", "value": 0.9}]}
    world.programme.save()
    return records


def test_the_quarter_stands_against_its_target(quarter, sign_in):
    page = sign_in("neema").get("/mwanza/national/?period=2026-Q1").content.decode()

    assert "1 of 2." in page
    assert "Target 90" in page


def test_a_locked_quarter_shows_what_changed_since(quarter, world, sign_in):
    neema = sign_in("neema")
    neema.post("/mwanza/national/lock?period=2026-Q1")
    assert (
        "Nothing. The figures are what was reported." in neema.get("/mwanza/national/?period=2026-Q1").content.decode()
    )

    quarter.encounter(world.kisesa, date(2026, 3, 30), lead=world.amina)
    page = neema.get("/mwanza/national/?period=2026-Q1").content.decode()

    changed = page.split("Changed since it was reported", 1)[1].split("</section>")[0]
    assert "50" in changed
    assert "100" in changed
    assert "2026-Q1" in neema.get("/mwanza/reports/").content.decode()


def test_only_those_who_may_lock_can(quarter, sign_in):
    assert sign_in("eliya").post("/mwanza/national/lock?period=2026-Q1").status_code == 403
    assert sign_in("daudi").post("/mwanza/national/lock?period=2026-Q1").status_code == 404
    assert not LockedReport.objects.exists()


def test_daudi_sees_no_report(quarter, sign_in):
    sign_in("neema").post("/mwanza/national/lock?period=2026-Q1")
    daudi = sign_in("daudi")

    assert daudi.get("/mwanza/national/").status_code == 404
    assert daudi.get("/mwanza/reports/").status_code == 404
    assert "2026-Q1" not in daudi.get("/choma/reports/").content.decode()


def test_the_table_of_a_locked_quarter_says_what_was_reported_and_what_is_now(quarter, world, sign_in):
    neema = sign_in("neema")
    neema.post("/mwanza/national/lock?period=2026-Q1")
    quarter.encounter(world.kisesa, date(2026, 3, 30), lead=world.amina)

    page = neema.get("/mwanza/national/?period=2026-Q1").content.decode()

    table = page.split("By region and district", 1)[1]
    assert "0 %<br>" in table.replace("\xa0", " ")
    assert "now 100" in table
