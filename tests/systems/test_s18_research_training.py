"""S18, research training for rural allied health. Reconstructed: 34 people of 14 organisations at the first workshop,
31 at the second; 31 surveys before and 9 three months after. The scores themselves are made up. The interviews are
played with the words.
"""

from datetime import timedelta

import pytest

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

FIRST, SECOND, BEFORE, AFTER, ORGANISATIONS = 34, 31, 31, 9, 14
ENROLLED = play.TODAY - timedelta(days=130)


def people():
    for number in range(FIRST):
        yield {
            "name": f"Participant {number + 1:02d}",
            "code": f"P{number + 1:02d}",
            "facility": f"Organisation {number % ORGANISATIONS + 1:02d}",
            "takes part as": "mentee",
            "takes part since": ENROLLED,
        }


def places():
    for number in range(ORGANISATIONS):
        yield {"state": "Victoria", "region": "Rural", "organisation": f"Organisation {number + 1:02d}"}


def uids(here):
    return [here.phone.row("mentees", f"Participant {number + 1:02d}")["name"] for number in range(FIRST)]


def workshop(here, name, day, present):
    place = here.phone.row("facilities", "Organisation 01")["name"]
    return (
        name,
        {
            "encounter": play.uid("s18", name),
            "place": place,
            "held_on": day,
            "which": name,
            "minutes": 420,
            "who": " ".join(present),
            "topics": "question search",
        },
    )


def survey(name, who, *, day, more):
    said = {f"{scale}_{item}": 3 + (item + more) % 3 for scale in ("knowledge", "attitude") for item in range(1, 6)}
    said |= {f"practice_{item}": 2 + more for item in range(1, 6)}
    return name, {"me": who, "start": f"{day}T09:00:00.000+10:00", "end": f"{day}T09:20:00.000+10:00", **said}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s18")
    with play.running(folder, "research-training", places=list(places()), people=list(people())) as here:
        everybody = uids(here)
        play.send(
            here,
            "workshop",
            [
                workshop(here, "workshop_1", ENROLLED + timedelta(days=2), everybody),
                workshop(here, "workshop_2", ENROLLED + timedelta(days=40), everybody[:SECOND]),
            ],
        )
        play.send(
            here,
            "ebp",
            [
                *(
                    survey(f"before {n}", who, day=ENROLLED + timedelta(days=1), more=0)
                    for n, who in enumerate(everybody[:BEFORE])
                ),
                *(
                    survey(f"after {n}", who, day=ENROLLED + timedelta(days=100), more=1)
                    for n, who in enumerate(everybody[:AFTER])
                ),
            ],
        )
        play.derived(here)
        here.results = play.study(here, "ebp")
        yield here


def test_who_came_to_each_workshop(story):
    first, second = (play.figure(story.results, name, "all") for name in ("first", "second"))

    assert (first["numbers"]["count"], second["numbers"]["count"]) == (FIRST, SECOND)
    assert first["n_used"] == second["n_used"] == FIRST  # who was not there stays in the base


def test_change_is_told_from_people_with_both_times_only(story):
    change = play.figure(story.results, "practice", "all.change")

    assert change["n_used"] == AFTER
    assert change["point"] == pytest.approx(1.0)  # and not the difference between 31 and 9 other people


def test_the_attrition_table_says_who_was_lost(story):
    steps = dict(story.results["analyses"]["practice"]["steps"])

    assert steps == {"eligible": FIRST, "first_time": BEFORE, "both_times": AFTER}


def test_with_nine_pairs_no_p_value_is_made_much_of(story):
    change = play.figure(story.results, "practice", "all.change")

    assert "p_not_headline" in str(change["warnings"]) or "few" in str(change["warnings"])
