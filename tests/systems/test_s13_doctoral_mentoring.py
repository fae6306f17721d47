"""S13, mentoring accelerated doctoral students. Reconstructed: 93 mentors, 61 of whose students wrote manuscripts."""

import pytest

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

MENTORS, MANUSCRIPTS = 93, 61


def answers():
    for mentor in range(MENTORS):
        yield (
            mentor,
            {
                "format": "manuscripts" if mentor < MANUSCRIPTS else "monograph",
                "papers": (3 if mentor % 3 == 0 else 1) + mentor % 2,
                "alignment": 4 if mentor % 3 == 0 else 2,
                "time": "more" if mentor % 4 else "same",
                "contact": "more" if mentor % 3 else "same",
                "emotional": "often" if mentor % 5 else "sometimes",
                "hard": "Three years are short.",
            },
        )


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    places = [{"country": "USA", "university": "A university", "school": "School of nursing"}]
    with play.running(tmp_path_factory.mktemp("s13"), "doctoral-mentoring", places=places) as here:
        play.send(here, "mentors", answers())
        play.derived(here)
        here.results = play.study(here, "mentors-survey")
        yield here


def test_sixty_one_of_ninety_three_is_sixty_five_point_six_per_cent(story):
    found = play.figure(story.results, "format", "all")

    assert (found["numbers"]["count"], found["n_used"]) == (MANUSCRIPTS, MENTORS)
    assert f"{100 * found['point']:.1f}" == "65.6"
    assert found["low"] < found["point"] < found["high"]


def test_time_and_contact_are_compared_with_other_students(story):
    for analysis in ("time", "contact", "support"):
        assert play.figure(story.results, analysis, "all")["n_used"] == MENTORS


def test_students_whose_topic_is_close_submitted_more(story):
    assert play.figure(story.results, "alignment", "r")["low"] > 0
