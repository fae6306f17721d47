"""S07, training needs in Ghana's laboratories. Reconstructed: ratings of 316 people whose topic scores give the four
printed domain means, SDs and intervals. The paper does not say how ratings became a topic score; here it is the mean
rating as a share of the highest, in per cent. One number of answers for all topics cannot give all four rows, so
topics differ in how many left them out.
"""

import random
from statistics import NormalDist, mean, stdev

import pytest
from scipy.stats import t

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

PEOPLE = 316
# domain: topics, mean, SD and interval as printed
PRINTED = {
    "quality": (8, "80.59", "9.024", "73.04", "88.13"),
    "science": (14, "78.0", "6.973", "73.97", "82.03"),
    "technical": (10, "73.97", "10.65", "66.35", "81.59"),
    "leadership": (15, "72.82", "9.719", "67.44", "78.2"),
}
MODES = {"face_to_face": 0.75, "workshop": 0.7, "hands_on": 0.65, "online": 0.4, "mentoring": 0.35, "reading": 0.1}
HURDLES = {"money": 0.7, "time": 0.6, "distance": 0.3, "internet": 0.25, "not_told": 0.2, "no_leave": 0.15}


def printed_as(value, text):
    return f"{value:.{len(text.partition('.')[2])}f}" == text


def totals(domain):
    """For each topic how many answered and the sum of their ratings, so that mean and SD print as in the paper."""
    k, middle, spread = PRINTED[domain][0], float(PRINTED[domain][1]), float(PRINTED[domain][2])
    shape = [NormalDist().inv_cdf((i + 0.5) / k) for i in range(k)]
    targets = [middle + spread * (one - mean(shape)) / stdev(shape) for one in shape]
    near = [sorted(possible(), key=lambda pair: abs(score(pair) - target))[:12] for target in targets]
    draw = random.Random(k)
    while True:
        chosen = [draw.choice(some) for some in near]
        scores = [score(pair) for pair in chosen]
        if all(printed_as(one, text) for one, text in zip(summary(scores), PRINTED[domain][1:], strict=True)):
            return chosen


def summary(scores):
    """Mean, SD and t-interval, worked out here and not by Mlezi."""
    half = t.ppf(0.975, len(scores) - 1) * stdev(scores) / len(scores) ** 0.5
    return mean(scores), stdev(scores), mean(scores) - half, mean(scores) + half


def possible():
    return [(n, total) for n in range(290, PEOPLE + 1) for total in range(n, 3 * n + 1)]


def score(pair):
    return 100 * pair[1] / (3 * pair[0])


def ratings(pair, draw):
    """Ratings 1 to 3 of so many people with this sum, the others empty."""
    n, total = pair
    low = max(0, 2 * n - total, min(n // 20, (3 * n - total) // 2))
    high = total - 2 * n + low
    given = [3] * high + [1] * low + [2] * (n - high - low)
    assert sum(given) == total
    given += [""] * (PEOPLE - n)
    draw.shuffle(given)
    return given


def answers():
    draw = random.Random(7)
    columns = {}
    for domain in PRINTED:
        for number, pair in enumerate(totals(domain), start=1):
            columns[f"{domain}_{number:02d}"] = ratings(pair, draw)
    for person in range(PEOPLE):
        supervises = draw.random() < 0.4
        yield (
            person,
            {
                "workplace": draw.choice(["teaching", "regional", "district", "private"]),
                "years": draw.choice(["under_5", "5_10", "over_10"]),
                "supervisor": "yes" if supervises else "no",
                "staff": draw.choice(["1_5", "6_15"]) if supervises else "",
                "last_cpd": draw.choice(["this_year", "last_year", "earlier"]),
                "reason": draw.choice(["knowledge", "licence", "promotion"]),
                "modes": " ".join(mode for mode, share in MODES.items() if draw.random() < share),
                "constraints": " ".join(one for one, share in HURDLES.items() if draw.random() < share),
                **{name: column[person] for name, column in columns.items()},
            },
        )


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    places = [{"country": "Ghana", "region": "Everywhere", "laboratory": "Online"}]
    with play.running(tmp_path_factory.mktemp("s07"), "training-needs", places=places) as here:
        assert play.send(here, "needs", answers()) == PEOPLE
        play.derived(here)
        yield play.study(here, "needs")


@pytest.mark.parametrize("domain", PRINTED)
def test_means_deviations_and_intervals_come_out_to_the_printed_digits(results, domain):
    topics, middle, spread, low, high = PRINTED[domain]
    found = play.figure(results, "ranked", f"all.domain.{domain}.topics")

    assert found["n_used"] == topics
    assert printed_as(found["point"], middle)
    assert printed_as(found["numbers"]["sd"], spread)
    assert printed_as(found["low"], low)
    assert printed_as(found["high"], high)


@pytest.mark.parametrize("domain", PRINTED)
def test_the_interval_that_respects_the_sampling_of_people_stands_beside_it_and_is_narrower(results, domain):
    topics, people = (play.figure(results, "ranked", f"all.domain.{domain}.{of}") for of in ("topics", "respondents"))

    assert people["n_used"] > 300
    assert people["high"] - people["low"] < topics["high"] - topics["low"]


def test_the_report_says_why_the_two_differ(results):
    assert any("two_intervals" in str(limit) for limit in results["analyses"]["ranked"]["limits"])


def test_factors_are_tested_and_adjusted_for_their_number(results):
    found = results["analyses"]["factors"]["figures"]

    assert len({one["key"] for one in found}) == 6
    assert all(results["adjusted"][f"factors.{one['key']}"] >= one["p"] for one in found)


def test_ways_of_learning_and_hurdles_are_tabulated(results):
    shares = {one["key"]: one["estimate"]["point"] for one in results["analyses"]["ways"]["figures"]}

    assert max(shares, key=lambda key: shares[key] or 0).endswith("face_to_face")
    assert results["analyses"]["hurdles"]["figures"]
