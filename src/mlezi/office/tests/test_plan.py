"""The month is planned by need, changed by the coordinator, costed by the rates, and taken along as a calendar."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from icalendar import Calendar

from mlezi.encounters.models import PlannedEncounter
from mlezi.office.pictures import plan
from mlezi.programmes.models import Enrolment
from mlezi.resources.models import Rate, Spending
from mlezi.testing import cast

MARCH = "?month=2030-03"


@pytest.fixture
def rates(world):
    start = date(2026, 1, 1)
    for code, unit, amount in (("allowance_day", "day", 60000), ("fuel_km", "km", 700), ("meal_visit", "visit", 15000)):
        Rate.objects.create(programme=world.programme, code=code, unit=unit, amount=amount, from_on=start)


@pytest.fixture
def filled(world, month, rates, sign_in):
    chiku = sign_in("chiku")
    chiku.post(f"/mwanza/plan/fill{MARCH}")
    return chiku


def test_filling_plans_a_visit_with_its_reasons_and_cost(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)

    assert one.lead == world.amina
    assert (one.planned_on.year, one.planned_on.month) == (2030, 3)
    assert one.planned_on.weekday() < 5
    assert {reason["code"] for reason in one.reasons} >= {"overdue", "actions"}
    # One day, no way to go (Amina sets out from the middle of Nyamagana's facilities: Igoma itself), one meal.
    assert one.cost == 75000


def test_filling_again_doubles_nothing(filled):
    n = PlannedEncounter.objects.count()
    filled.post(f"/mwanza/plan/fill{MARCH}")

    assert PlannedEncounter.objects.count() == n


def test_what_the_coordinator_cancelled_is_not_proposed_again(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    filled.post(f"/mwanza/plan/{one.uid}/cancel{MARCH}")
    filled.post(f"/mwanza/plan/fill{MARCH}")

    assert PlannedEncounter.objects.filter(place=world.igoma, cancelled_on=None).count() == 0


def test_a_visit_moves_to_another_day(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    filled.post(f"/mwanza/plan/{one.uid}/change{MARCH}", {"day": "2030-03-07", "mentor": world.amina.pk})

    one.refresh_from_db()
    assert one.planned_on == date(2030, 3, 7)


def test_who_goes_stays_when_only_the_day_moves_also_if_no_mentor_any_more(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    PlannedEncounter.objects.filter(pk=one.pk).update(lead=world.baraka)
    page = filled.get(f"/mwanza/plan/{MARCH}").content.decode()
    filled.post(f"/mwanza/plan/{one.uid}/change{MARCH}", {"day": "2030-03-07", "mentor": world.baraka.pk})

    one.refresh_from_db()
    assert f'<option value="{world.baraka.pk}" selected>' in page
    assert (one.lead, one.planned_on) == (world.baraka, date(2030, 3, 7))


def test_another_mentor_makes_it_cost_what_that_mentor_costs(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    far = cast.person("Grace", "nurse", world.kisesa)
    Enrolment.objects.create(programme=world.programme, person=far, part="mentor", from_on=cast.START)
    answer = filled.post(
        f"/mwanza/plan/{one.uid}/change{MARCH}", {"day": one.planned_on.isoformat(), "mentor": far.pk}, follow=True
    )
    text = filled.get(f"/mwanza/plan/costs/{MARCH}&format=csv").content.decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["Facility"] == "Igoma Dispensary")
    parts = [float(row[code] or 0) for code in ("allowance_day", "fuel_km", "meal_visit")]

    assert parts[1] > 0
    assert float(row["Planned"]) == pytest.approx(sum(parts), abs=1)
    assert "Igoma Dispensary: the visit is now on" in answer.content.decode()
    assert "by Grace" in answer.content.decode()


def test_planning_and_cancelling_say_what_became_of_the_visit(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    gone = filled.post(f"/mwanza/plan/{one.uid}/cancel{MARCH}", follow=True).content.decode()
    again = filled.post(
        f"/mwanza/plan/add/IGO{MARCH}", {"day": "2030-03-12", "mentor": world.amina.pk}, follow=True
    ).content.decode()

    assert "Igoma Dispensary: the visit of" in gone
    assert "is cancelled" in gone
    assert "Igoma Dispensary: a visit is planned for 12 Mar 2030." in again


def test_nobody_who_is_no_mentor_can_be_sent(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    filled.post(f"/mwanza/plan/{one.uid}/change{MARCH}", {"day": "2030-03-07", "mentor": world.baraka.pk})

    one.refresh_from_db()
    assert one.lead is None


def test_of_many_plans_the_first_are_listed_and_all_can_be(filled, monkeypatch):
    monkeypatch.setattr(plan, "SHORT", 1)
    other = PlannedEncounter.objects.get()
    other.pk = uuid4()
    other.save(force_insert=True)
    short, whole = (filled.get(f"/mwanza/plan/{MARCH}{more}").content.decode() for more in ("", "&all=1"))

    assert "Show all" in short
    assert short.count('class="plan-line"') == 1 < whole.count('class="plan-line"')


def test_of_very_many_mentors_only_those_who_would_go_are_offered(filled, world, monkeypatch):
    monkeypatch.setattr(plan, "CHOICES", 0)
    page = filled.get(f"/mwanza/plan/{MARCH}").content.decode()

    assert f'<option value="{world.amina.pk}" selected>' in page


def test_nonsense_for_a_day_says_what_to_write(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    answer = filled.post(f"/mwanza/plan/{one.uid}/change{MARCH}", {"day": "tomorrow"})

    assert answer.status_code == 400
    assert "2026-03-31" in answer.content.decode()


def test_the_calendar_has_the_plans_and_their_own_uids(filled, world):
    calendar = Calendar.from_ical(filled.get(f"/mwanza/plan/visits.ics{MARCH}").content)
    events = {str(event["uid"]): event for event in calendar.walk("VEVENT")}
    one = PlannedEncounter.objects.get(place=world.igoma)

    assert events[f"{one.uid}@mlezi"]["dtstart"].dt == one.planned_on


def test_the_costed_plan_has_a_column_for_each_rate_and_what_was_spent(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    filled.post(f"/mwanza/plan/{one.uid}/spend{MARCH}", {"amount": "80 000"})

    text = filled.get(f"/mwanza/plan/costs/{MARCH}&format=csv").content.decode("utf-8-sig")
    row = next(row for row in csv.DictReader(io.StringIO(text)) if row["Facility"] == "Igoma Dispensary")

    assert float(row["allowance_day"]) == 60000
    assert float(row["meal_visit"]) == 15000
    assert float(row["Planned"]) == 75000
    assert float(row["Spent"]) == 80000
    assert Spending.objects.get().encounter_uid == one.uid


def test_what_was_spent_is_in_the_money_of_the_rates_where_a_plan_tells_none(filled, world):
    one = PlannedEncounter.objects.get(place=world.igoma)
    PlannedEncounter.objects.filter(pk=one.pk).update(currency="", cost=None)
    Rate.objects.update(currency="KES")
    filled.post(f"/mwanza/plan/{one.uid}/spend{MARCH}", {"amount": "800"})

    assert Spending.objects.get().currency == "KES"


def test_daudi_can_neither_see_nor_change_their_plan(filled, world, sign_in):
    daudi = sign_in("daudi")
    one = PlannedEncounter.objects.get(place=world.igoma)

    for name in ("", "costs/", "visits.ics"):
        assert daudi.get(f"/mwanza/plan/{name}").status_code == 404
    for name in ("change", "cancel", "spend"):
        assert daudi.post(f"/mwanza/plan/{one.uid}/{name}", {"day": "2030-03-07", "amount": "1"}).status_code == 404
        assert daudi.post(f"/choma/plan/{one.uid}/{name}", {"day": "2030-03-07", "amount": "1"}).status_code == 404


def test_the_overseer_sees_costs_but_plans_nothing(filled, sign_in):
    eliya = sign_in("eliya")

    assert eliya.get(f"/mwanza/plan/costs/{MARCH}").status_code == 200
    assert eliya.post(f"/mwanza/plan/fill{MARCH}").status_code == 403
