"""S12, coaching for activity at work. Reconstructed: 40 people with steps before, during and after, and contacts held;
the review publishes no records of persons.
"""

import random
from datetime import timedelta

import pytest

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

PEOPLE, PLANNED = 40, 8
ENROLLED = play.TODAY - timedelta(days=130)


def people():
    return [
        {
            "name": f"Clerk {n + 1:02d}",
            "facility": "Head office",
            "takes part as": "mentee",
            "takes part since": ENROLLED,
        }
        for n in range(PEOPLE)
    ]


def contacts(here):
    """Everybody was to have eight contacts; every fourth had four."""
    for n in range(PEOPLE):
        who = here.phone.row("mentees", f"Clerk {n + 1:02d}")["name"]
        for number in range(PLANNED if n % 4 else PLANNED // 2):
            name = f"{n} {number}"
            yield (
                name,
                {
                    "encounter": play.uid("s12", name),
                    "who": who,
                    "held_on": ENROLLED + timedelta(days=10 + 10 * number),
                    "kind": "call" if number % 2 else "meeting",
                    "minutes": 20,
                    "techniques": "goal_behaviour self_monitoring",
                    "note": "Take the stairs.",
                },
            )


def activity(here):
    """A day before, in between and after, for all but five who did not wear the counter at the end."""
    draw = random.Random(12)
    for n in range(PEOPLE):
        who, usual = here.phone.row("people", f"Clerk {n + 1:02d}")["name"], draw.gauss(3000, 400)
        for day, more in ((2, 0), (42, 500), (95, 900)):
            if day == 95 and n < 5:
                continue
            on = ENROLLED + timedelta(days=day)
            yield f"{n} {day}", {"me": who, "on": on, "steps": round(usual + more + draw.gauss(0, 200)), "minutes": 20}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s12")
    places = [{"company": "A company", "workplace": "Head office"}]
    with play.running(folder, "workplace-coaching", places=places, people=people()) as here:
        play.send(here, "session", contacts(here))
        play.send(here, "activity", activity(here))
        play.derived(here)
        yield play.study(here, "moving-more")


def test_the_change_in_steps_has_its_interval_and_says_who_is_missing(results):
    change = play.figure(results, "steps_change", "all.change")

    assert (change["n_used"], change["n_eligible"]) == (PEOPLE - 5, PEOPLE)
    assert 700 < change["low"] < change["point"] < change["high"] < 1100


def test_the_dose_given_is_held_against_the_dose_planned(results):
    figures = {one["key"]: one["estimate"] for one in results["analyses"]["dose"]["figures"]}
    sessions = next(estimate for key, estimate in figures.items() if "sessions" in key)

    assert sessions["n_used"] == PEOPLE


def test_change_over_three_times_also_uses_those_with_a_gap(results):
    assert all(one["estimate"]["n_used"] >= PEOPLE - 5 for one in results["analyses"]["steps_times"]["figures"])
