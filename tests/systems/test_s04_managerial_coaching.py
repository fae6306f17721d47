"""S04, managerial coaching and role ambiguity. Reconstructed: 382 answers drawn so that ambiguity is low, coaching
seldom perceived and the two go against each other, as the paper says; it publishes no coefficient to reproduce.
"""

import random

import pytest

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

CLEAR = ("clear_tasks", "clear_limits", "clear_time", "clear_authority", "clear_goals", "clear_judged")
COACH = ("asks", "listens", "feedback", "goals", "examples", "resources", "wider", "asked")
RESPONDENTS = 382
WITH_GAPS = 4  # answered too few of the sentences about their role for a score


def answers():
    """One nurse each. Roles are clear; whoever is coached more finds them clearer."""
    draw = random.Random(4)
    for nurse in range(RESPONDENTS):
        coached = draw.gauss(2.7, 1.0)
        clear = draw.gauss(5.4 + 0.35 * (coached - 2.7), 0.8)
        said = {name: scale(draw.gauss(clear, 0.9)) for name in CLEAR}
        said |= {f"coach_{name}": scale(draw.gauss(coached, 0.9)) for name in COACH}
        if nurse < WITH_GAPS:
            said |= dict.fromkeys(CLEAR[:2], "")
        yield nurse, {"service": draw.choice(["military", "civilian"]), "years": "2_5", **said}


def scale(value):
    return min(7, max(1, round(value)))


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    places = [{"country": "USA", "hospital": "Medical centre", "unit": "All units"}]
    with play.running(tmp_path_factory.mktemp("s04"), "managerial-coaching", places=places) as here:
        assert play.send(here, "survey", answers()) == RESPONDENTS
        play.derived(here)
        yield play.study(here, "clear-roles")


def test_n_stands_at_each_step(results):
    steps = dict(results["analyses"]["related"]["steps"])

    assert steps == {
        "eligible": RESPONDENTS,
        "have_first": RESPONDENTS,
        "both_measures": RESPONDENTS - WITH_GAPS,
    }


def test_reversed_items_make_clear_roles_low_ambiguity(results):
    ambiguity = play.figure(results, "ambiguity", "all.mean")

    assert 2 < ambiguity["point"] < 3.2
    assert ambiguity["n_used"] == RESPONDENTS - WITH_GAPS  # fewer than 80 % of the items: no score, never a low one


def test_coaching_and_ambiguity_go_against_each_other(results):
    related = play.figure(results, "related", "r")

    assert related["high"] < 0
    assert related["numbers"]["p"] < 0.001


def test_both_scales_tell_how_far_they_hold_together(results):
    for scale_items in ("clarity_items", "coaching_items"):
        alpha, omega = (play.figure(results, scale_items, key) for key in ("alpha", "omega"))
        assert 0 < alpha["low"] < alpha["point"] < alpha["high"] < 1
        assert omega["low"] < omega["point"] < omega["high"]


def test_military_and_civilian_nurses_are_compared(results):
    assert play.figure(results, "ambiguity_by_service", "difference")["low"] is not None
