"""One example on paper for every indicator; the first quarter of 2026, two facilities, a handful of people.

Each docstring does the sum. Four more have files of their own: visit coverage, hours of support, needs
open, and at or above the level.
"""

from datetime import date

import pytest

from mlezi.evaluation.indicators import BY_CODE
from mlezi.people.models import Post
from mlezi.testing.makers.records import noon

ELSEWHERE = {"visit_coverage", "dose_hours", "needs_open", "at_level"}
JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 5) for month in (1, 2, 3, 4))


def overdue_facilities(world, records):
    """Every 30 days. Igoma was seen on 10 March, not late on the 31st. Kisesa on 10 February, due by 12 March: 1."""
    records.type("visit", every_days=30)
    records.encounter(world.igoma, date(2026, 3, 10))
    records.encounter(world.kisesa, date(2026, 2, 10))
    return {"value": 1, "n": 1, "of": 2}


def encounters_held(world, records):
    """Two visits and a call in the quarter; one called off and one in April do not count: 3."""
    for day in (JANUARY, FEBRUARY):
        records.encounter(world.igoma, day)
    records.encounter(world.kisesa, MARCH, type="call")
    records.encounter(world.igoma, MARCH, cancelled_because="road")
    records.encounter(world.igoma, APRIL)
    return {"value": 3, "n": 3, "of": 3}


def hours_held(world, records):
    """Half an hour, one hour, two hours, one of unknown length: the median is 1, together 3.5."""
    for minutes in (30, 60, 120, None):
        records.encounter(world.igoma, JANUARY, minutes=minutes)
    return {"value": 1.0, "n": 3, "missing": 1, "total": 3.5}


def plan_kept(world, records):
    """Four planned; one was cancelled and is left out; two of the other three were held: 2/3."""
    for _ in range(2):
        records.encounter(world.igoma, JANUARY, uid=records.plan(world.igoma, JANUARY).uid)
    records.plan(world.igoma, FEBRUARY)
    records.plan(world.igoma, MARCH, cancelled_on=MARCH, cancelled_because="rain")
    return {"value": 2 / 3, "n": 2, "of": 3, "missing": 1}


def hours_of_planned(world, records):
    """One hour planned took an hour and a half; two hours planned were not held: 1.5 of 3 hours, one half."""
    records.encounter(world.igoma, JANUARY, minutes=90, uid=records.plan(world.igoma, JANUARY, minutes=60).uid)
    records.plan(world.igoma, FEBRUARY, minutes=120)
    return {"value": 0.5, "of": 2}


def dose_encounters(world, records):
    """Baraka was met twice, Grace once, Hamisi never: the median is 1, together 3."""
    grace, _hamisi = (records.mentee(name, world.igoma) for name in ("Grace", "Hamisi"))
    records.encounter(world.igoma, JANUARY, world.baraka, grace)
    records.encounter(world.igoma, FEBRUARY, world.baraka, type="call")
    return {"value": 1.0, "n": 3, "total": 3.0}


def participation(world, records):
    """Of Baraka, Grace and Hamisi, two were met: 2/3."""
    grace, _hamisi = (records.mentee(name, world.igoma) for name in ("Grace", "Hamisi"))
    records.encounter(world.igoma, JANUARY, world.baraka, grace)
    return {"value": 2 / 3, "n": 2, "of": 3}


def people_supported(world, records):
    """Baraka three times and Grace once are two people; Amina, who led, is not one of them: 2."""
    grace = records.mentee("Grace", world.kisesa)
    for day in (JANUARY, FEBRUARY):
        meeting = records.encounter(world.igoma, day, world.baraka, lead=world.amina)
        records.seat(meeting, world.amina, part="lead")
    records.encounter(world.kisesa, MARCH, world.baraka, grace)
    return {"value": 2, "n": 2, "of": 2}


def practice_logged(world, records):
    """Baraka logged practice twice, Grace only in April: 1 of 2."""
    grace = records.mentee("Grace", world.igoma)
    for person, day in ((world.baraka, JANUARY), (world.baraka, MARCH), (grace, APRIL)):
        records.practice(person, world.igoma, day)
    return {"value": 0.5, "n": 1, "of": 2}


def topics_covered(world, records):
    """Two topics at two facilities are four; a visit to Igoma touched labour, twice: 1 of 4."""
    records.competency("labour", "partograph")
    records.competency("newborn", "bag_mask")
    for day in (JANUARY, FEBRUARY):
        records.encounter(world.igoma, day, topics=("labour",))
    return {"value": 0.25, "n": 1, "of": 4}


def competency_progress(world, records):
    """Baraka rose from 2 to 3 in one skill and stayed at 3 in another; Grace was rated once: 1 of 2, 1 missing."""
    grace = records.mentee("Grace", world.igoma)
    bag, hands = records.competency("newborn", "bag_mask"), records.competency("infection", "hands")
    for person, skill, level, day in (
        (world.baraka, bag, 2, JANUARY),
        (world.baraka, bag, 3, MARCH),
        (world.baraka, hands, 3, JANUARY),
        (world.baraka, hands, 3, MARCH),
        (grace, bag, 1, FEBRUARY),
    ):
        records.rating(person, skill, level, day, place=world.igoma)
    return {"value": 0.5, "n": 1, "of": 2, "missing": 1}


def days_to_met(world, records):
    """Found on 5 January: met after 10 days, met after 30 days, still open. The median of 10 and 30 is 20."""
    records.need(world.igoma, "bag_mask", JANUARY, met=date(2026, 1, 15))
    records.need(world.igoma, "suction", JANUARY, met=date(2026, 2, 4))
    records.need(world.kisesa, "gloves", JANUARY)
    return {"value": 20.0, "n": 2}


def action_completion(world, records):
    """Three due in the quarter: done, open, dropped. The dropped one is left out: 1 of 2, 1 missing."""
    done, _open, dropped = (records.action(world.igoma, JANUARY, FEBRUARY) for _ in range(3))
    records.decide_action(done, "done", MARCH)
    records.decide_action(dropped, "dropped", MARCH)
    return {"value": 0.5, "n": 1, "of": 2, "missing": 1}


def actions_overdue(world, records):
    """On 31 March: due on 5 March, due on 5 April, due on no day, done. One is late of two with a day."""
    for due in (MARCH, APRIL, None):
        records.action(world.igoma, JANUARY, due)
    records.decide_action(records.action(world.igoma, JANUARY, FEBRUARY), "done", MARCH)
    return {"value": 1, "n": 1, "of": 2, "missing": 1}


def still_in_post(world, records):
    """Baraka and Hamisi work where they joined, Grace left in February, Imani moved to Kisesa: 2 of 4."""
    grace, _hamisi, imani = (records.mentee(name, world.igoma) for name in ("Grace", "Hamisi", "Imani"))
    Post.objects.filter(person__in=(grace, imani)).update(to_on=FEBRUARY)
    Post.objects.create(person=imani, place=world.kisesa, from_on=date(2026, 2, 6))
    return {"value": 0.5, "n": 2, "of": 4}


def refreshers_due(world, records):
    """Training holds 90 days. Amina's of 1 December ended on 1 March, Grace's of 1 February holds, Juma had none: 2."""
    records.type("refresher", mode="workshop", every_days=90)
    grace, _juma = (records.mentee(name, world.igoma, part="mentor") for name in ("Grace", "Juma"))
    for person, day in ((world.amina, date(2025, 12, 1)), (grace, date(2026, 2, 1))):
        records.seat(records.encounter(world.nyamagana, day, type="refresher"), person, part="other")
    return {"value": 2, "n": 2, "of": 3}


def data_freshness(world, records):
    """On 31 March the newest record of Igoma was 10 days old and that of Kisesa 20: the median is 15."""
    for place, days in ((world.igoma, (15, 21)), (world.kisesa, (11,))):
        for day in days:
            records.encounter(place, FEBRUARY, first_received_at=noon(date(2026, 3, day)))
    return {"value": 15.0, "n": 2}


def received_late(world, records):
    """One record came after 8 days, two within a week, of one it is not known: 1 of 3, 1 missing."""
    for days in (8, 7, 0, None):
        records.encounter(world.igoma, FEBRUARY, days_to_receipt=days)
    return {"value": 1 / 3, "n": 1, "of": 3, "missing": 1}


def paper_share(world, records):
    """Of four records one was typed in from paper: 1/4."""
    for is_paper in (True, False, False, False):
        records.encounter(world.igoma, FEBRUARY, is_backfilled=is_paper)
    return {"value": 0.25, "n": 1, "of": 4}


def sample_match(world, records):
    """Four were drawn: two confirmed, one denied, one still open: 2 of 3, 1 missing."""
    for answer in ("confirmed", "confirmed", "denied", "open"):
        records.check(world.igoma, "2026-02", answer)
    return {"value": 2 / 3, "n": 2, "of": 3, "missing": 1}


def silent_phones(world, records):
    """On 31 March one phone had called in the day before, another 11 days before: 1 of 2 is silent."""
    records.phone(world.baraka, date(2026, 3, 30), 0)
    records.phone(world.amina, date(2026, 3, 20), 0)
    return {"value": 1, "n": 1, "of": 2}


def unsent_records(world, records):
    """Phones said they hold 0 and 4 records, one says nothing: the median is 2, together 4."""
    for person, unsent in ((world.baraka, 0), (world.amina, 4), (records.mentee("Grace", world.igoma), None)):
        records.phone(person, date(2026, 3, 30), unsent)
    return {"value": 2.0, "n": 2, "missing": 1, "total": 4.0}


EXAMPLES = (
    overdue_facilities, encounters_held, hours_held, plan_kept, hours_of_planned, dose_encounters, participation,
    people_supported, practice_logged, topics_covered, competency_progress, days_to_met, action_completion,
    actions_overdue, still_in_post, refreshers_due, data_freshness, received_late, paper_share, sample_match,
    silent_phones, unsent_records,
)  # fmt: skip


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.__name__)
def test_the_figure_is_what_the_paper_says(world, records, ask, example):
    expected = example(world, records)

    numbers = ask(example.__name__).numbers

    found = {name: getattr(numbers, name) for name in expected}
    assert found == pytest.approx(expected)


def test_every_indicator_has_an_example():
    assert {example.__name__ for example in EXAMPLES} | ELSEWHERE == set(BY_CODE)
