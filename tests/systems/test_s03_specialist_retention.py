"""S03, keeping neonatal nurse practitioners. Reconstructed: 60 nurses, half with a mentor, with satisfaction at set
times and employment spells; the review publishes no records.
"""

import random
from datetime import timedelta

import pytest

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

NURSES = 60
HIRED = play.TODAY - timedelta(days=800)


def people():
    return [
        {
            "name": f"Nurse {n + 1:02d}",
            "facility": "Neonatal unit",
            "takes part as": "mentee",
            "takes part since": HIRED,
            "cohort": "mentored" if n % 2 else "unmentored",
        }
        for n in range(NURSES)
    ]


def employment(here):
    """Of the mentored every sixth leaves after 500 days, of the others every second after 200 to 600."""
    draw = random.Random(3)
    for n in range(NURSES):
        mentored, who = n % 2, here.phone.row("people", f"Nurse {n + 1:02d}")["name"]
        leaves = n % 12 == 1 if mentored else n % 4 == 0
        after = 500 if mentored else draw.randint(200, 600)
        ended = {"to": HIRED + timedelta(days=after), "reason": "other_employer"} if leaves else {}
        yield n, {"who": who, "from": HIRED, **ended}


def satisfaction(here):
    """Everybody at the start; a year later those who answered."""
    for n in range(NURSES):
        who = here.phone.row("people", f"Nurse {n + 1:02d}")["name"]
        for day, more in ((5, 0), (370, 1 if n % 2 else 0)):
            if day > 5 and n % 5 == 0:
                continue
            on = HIRED + timedelta(days=day)
            said = {f"sat_{item}": 3 + more for item in range(1, 8)}
            stamps = {"start": f"{on}T09:00:00.000-05:00", "end": f"{on}T09:10:00.000-05:00"}
            yield f"{n} {day}", {"me": who, **stamps, **said, "rude": 2, "left_out": 1, "stay": "yes"}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s03")
    places = [{"country": "USA", "hospital": "A hospital", "unit": "Neonatal unit"}]
    with play.running(
        folder, "specialist-retention", places=places, people=people(), starts_on=HIRED - timedelta(days=30)
    ) as here:
        play.send(here, "employment", employment(here))
        play.send(here, "satisfaction", satisfaction(here))
        play.derived(here)
        yield play.study(here, "staying")


def test_the_curve_of_everybody_has_its_band_and_censors_those_still_there(results):
    found = {one["key"]: one["estimate"] for one in results["analyses"]["stay"]["figures"]}
    year = next(estimate for key, estimate in found.items() if key.endswith("365"))

    assert year["low"] < year["point"] < year["high"] < 1
    assert year["n_used"] == NURSES


def test_with_a_comparison_both_curves_and_their_difference_are_given(results):
    keys = [one["key"] for one in results["analyses"]["stay_compared"]["figures"]]

    assert any("mentored" in key for key in keys)
    assert any("log_rank" in key or "difference" in key for key in keys)


def test_satisfaction_is_followed_at_set_times_in_the_same_people(results):
    change = play.figure(results, "change", "all.change")

    assert change["n_used"] == NURSES - NURSES // 5
    assert 0 < change["point"] < 1
