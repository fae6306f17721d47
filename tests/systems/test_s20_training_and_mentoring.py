"""S20, care for drug-resistant TB in Tanzania. Reconstructed: 454 people at 55 sites with a rise of 15 to 20 points,
and treatment results of 81 v 79 %, 0 v 3 % and 3 v 12 %. No denominators are published: 1,100 and 100 patients are
assumed.
"""

import json
import random

import pytest

from tests.systems import programme as play

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

PEOPLE, SITES = 454, 55
RIGHT = {
    "symptoms": "treatment_failed", "first_test": "rapid", "daily": "seen", "hearing": "hearing", "culture": "monthly",
    "missed": "trace", "contacts": "all", "masks": "respirator", "windows": "open", "hiv": "both",
}  # fmt: skip
WRONG = {
    "symptoms": "nobody", "first_test": "x_ray", "daily": "alone", "hearing": "teeth", "culture": "yearly",
    "missed": "wait", "contacts": "none", "masks": "cloth", "windows": "paint", "hiv": "one",
}  # fmt: skip
# patients who started, culture negative at six months, lost, died
PER_SITE, CENTRAL = (20, 16.2, 0, 0.6), (100, 79, 3, 12)


def places(n_central):
    codes = ["CENTRAL", *(f"C{n}" for n in range(1, n_central))]
    rows = [("Centre", f"Central {n + 1}", code) for n, code in enumerate(codes)]
    rows += [(f"Region {n % 11 + 1:02d}", f"Site {n + 1:02d}", f"S{n + 1:02d}") for n in range(SITES)]
    return [{"country": "Tanzania", "region": region, "site": site, "code": code} for region, site, code in rows]


def people(count=PEOPLE):
    return [
        {
            "name": f"Worker {number + 1:03d}",
            "facility": f"Site {number % SITES + 1:02d}",
            "takes part as": "mentee",
            "takes part since": play.TODAY,
        }
        for number in range(count)
    ]


def knowledge_tests(here):
    """Six of ten right before the course and, for most, two more after it."""
    draw = random.Random(20)
    for number in range(PEOPLE):
        who = here.phone.row("people", f"Worker {number + 1:03d}")["name"]
        before = draw.choice([5, 6, 6, 7])
        for wave, right in (("pre", before), ("post", min(10, before + draw.choice([1, 2, 2, 2])))):
            said = {name: (RIGHT if place < right else WRONG)[name] for place, name in enumerate(RIGHT)}
            yield f"{number} {wave}", {"me": who, "wave": wave, **said}


def results_by_site(folder, n_central):
    """Whole patients: the sites' totals give the published shares; one side or the other is split over its sites."""
    central = [round_robin(CENTRAL, n_central, n) for n in range(n_central)]
    mentored = [round_robin([SITES * one for one in PER_SITE], SITES, n) for n in range(SITES)]
    codes = ["CENTRAL", *(f"C{n}" for n in range(1, n_central)), *(f"S{n + 1:02d}" for n in range(SITES))]
    names = ("started", "culture_negative", "lost", "died")
    rows = [
        {"code": code, "month": f"{play.TODAY:%Y-%m}", **dict(zip(names, figures, strict=True))}
        for code, figures in zip(codes, [*central, *mentored], strict=True)
    ]
    return play.sheet(folder / "results.csv", rows)


def round_robin(totals, n_sites, site):
    return [round(total) * (site + 1) // n_sites - round(total) * site // n_sites for total in totals]


def bring_in_results(here, n_central):
    measures = [word for name in ("started", "culture_negative", "lost", "died") for word in ("--measure", name)]
    here.mlezi(
        "import", "outcomes", results_by_site(here.folder, n_central), "--yes", "--programme", here.code, *measures
    )


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s20")
    with play.running(folder, "training-and-mentoring", places=places(1), people=people()) as here:
        assert play.send(here, "knowledge", knowledge_tests(here)) == 2 * PEOPLE
        bring_in_results(here, 1)
        play.derived(here)
        play.study(here, "decentralised")
        yield folder / "decentralised-published"


@pytest.fixture(scope="module")
def one_central(published):
    return json.loads((published / "results.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def several_central(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s20_several")
    changed = {"places: [CENTRAL]": "places: [CENTRAL, C1, C2]"}
    with play.running(
        folder, "training-and-mentoring", places=places(3), people=people(SITES), changed=changed
    ) as here:
        bring_in_results(here, 3)
        yield play.study(here, "decentralised")


def test_knowledge_rises_by_fifteen_to_twenty_points_in_the_same_people(one_central):
    change = play.figure(one_central, "knowledge", "all.change")

    assert change["n_used"] == PEOPLE
    assert 15 <= change["point"] <= 20


@pytest.mark.parametrize(
    ("outcome", "mentored", "central"), [("negative", "81", "79"), ("lost", "0", "3"), ("died", "3", "12")]
)
def test_treatment_results_come_out_as_published(one_central, outcome, mentored, central):
    sides = {side: play.figure(one_central, outcome, f"side.{side}") for side in ("decentralised", "central")}

    assert [f"{100 * sides[side]['point']:.0f}" for side in ("decentralised", "central")] == [mentored, central]
    assert all(one["low"] <= one["point"] <= one["high"] for one in sides.values())  # an interval within each side


@pytest.mark.parametrize("outcome", ["negative", "lost", "died"])
def test_with_one_site_on_a_side_no_inference_between_sides_is_made_and_the_reason_is_given(one_central, outcome):
    between = play.figure(one_central, outcome, "difference")

    assert between["empty_because"]["code"] == "one_site_side"
    assert between["low"] is None


def test_with_several_sites_on_both_sides_the_inference_respects_sites(several_central):
    between = play.figure(several_central, "died", "difference")

    assert between["empty_because"] is None
    assert between["low"] < between["point"] < between["high"]


def test_the_assumed_denominators_are_declared_in_the_report(published):
    assert "without their denominators; those used here are assumed" in (published / "report.en.html").read_text()
