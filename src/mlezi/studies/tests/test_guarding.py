"""What a report prints of few people: who answered may be known, what they answered may not."""

from mlezi.methods.statistics.proportions import proportion
from mlezi.methods.statistics.two_proportions import risk_difference
from mlezi.studies.found import RESPONSE, Figure, Found, of
from mlezi.studies.guarding import guarded


def printed(count, n, family):
    figure = Figure("all", of("text", "x"), proportion(count, n, estimand="A share"), "share", family=family)
    return guarded(Found((figure,)), threshold=5).figures[0].estimate.point


def test_a_response_of_31_of_34_is_printed():
    assert printed(31, 34, RESPONSE) == 31 / 34


def test_the_same_share_of_answers_is_hidden_for_the_three_others():
    assert printed(31, 34, "choice") is None


def test_the_response_of_four_people_is_hidden():
    assert printed(2, 4, RESPONSE) is None


def test_a_difference_does_not_give_away_the_one_who_was_not_reached():
    gap = risk_difference(34, 35, 270, 280, asked=315, names=("clinic", "others"))
    figure = Figure("clinic.gap", of("text", "x"), gap, "share", family="gap", p=0.3)
    printed = guarded(Found((figure,)), threshold=5).figures[0]

    assert printed.estimate.point is None
    assert printed.p is None


def test_three_groups_of_one_person_each_take_another_group_with_them():
    """The whole less the groups shown leaves three people in three groups: each would hold one."""
    groups = {"all": (30, 53), "a": (1, 1), "b": (0, 1), "c": (1, 1), "d": (9, 20), "e": (19, 30)}
    figures = tuple(
        Figure(f"{key}.reached", of("text", key), proportion(*counts, estimand="A share"), "share", family="reached")
        for key, counts in groups.items()
    )
    printed = guarded(Found(figures), threshold=5).figures

    assert [one.key for one in printed if one.estimate.point is not None] == ["all.reached", "e.reached"]
