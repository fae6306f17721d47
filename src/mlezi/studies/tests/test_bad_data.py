"""Bad data: every kind gives a message or an estimate that says why it is empty, never a wrong number.

Snapshots are made here as files, the way a stranger would hand one in.
"""

import json

import duckdb
import pytest

from mlezi.studies import canonical, running
from mlezi.studies.plan import Study

PLAN = {
    "code": "bad", "title": "Bad data", "design": "comparison_group",
    "questions": [{"code": "q", "title": "What then?"}],
    "times": [{"code": "pre", "title": "Pre"}, {"code": "post", "title": "Post"}],
    "outcomes": [
        {"code": "test", "title": "Test", "of": "score", "instrument": "t", "scale": "k", "lowest": 0, "highest": 10},
        {"code": "number", "title": "Number", "of": "answer", "instrument": "t", "question": "n"},
        {"code": "cured", "title": "Cured", "of": "site_figure", "figure": "cured", "out_of": "treated"},
    ],
    "comparisons": [{"code": "side", "title": "Side", "by": "cadre"},
                    {"code": "where", "title": "Where", "groups": [{"code": "a", "title": "A", "places": ["A"]},
                                                                    {"code": "b", "title": "B", "places": ["B"]}]}],
    "minimum_group": 2,
    "analyses": [
        {"code": "change", "do": "paired_change", "outcome": "test", "from": "pre", "to": "post"},
        {"code": "mean", "do": "mean", "outcome": "test", "at": "pre", "compare": "side"},
        {"code": "groups", "do": "groups", "outcome": "test", "at": "pre", "compare": "side"},
        {"code": "number", "do": "mean", "outcome": "number"},
        {"code": "stay", "do": "retention", "options": {"spell": "employment", "days": [30], "up_to": 30}},
        {"code": "asked", "do": "flow", "outcome": "test"},
        {"code": "sites", "do": "sites", "outcome": "cured", "compare": "where"},
    ],
}  # fmt: skip
COLUMNS = {
    "participants": "participant VARCHAR, part VARCHAR, cadre VARCHAR, cohort VARCHAR, site VARCHAR, district VARCHAR, "
    "region VARCHAR, entered_on DATE, left_on DATE, left_because VARCHAR, g_where VARCHAR",
    "scores": "participant VARCHAR, instrument VARCHAR, wave VARCHAR, scale VARCHAR, score DOUBLE, answered_on DATE",
    "responses": "participant VARCHAR, instrument VARCHAR, wave VARCHAR, question VARCHAR, choice VARCHAR, "
    "number DOUBLE, answered_on DATE",
    "spells": "participant VARCHAR, site VARCHAR, reason VARCHAR, from_on DATE, to_on DATE",
    "site_figures": "site VARCHAR, measure VARCHAR, value DOUBLE, month DATE",
    "sites": "site VARCHAR, g_where VARCHAR",
    "invitations": "participant VARCHAR, instrument VARCHAR, wave VARCHAR, is_answered BOOLEAN, asked_on DATE",
}
PEOPLE = [(f"P{i}", "mentee", "nurse" if i < 6 else "midwife", "", f"S{i % 3}", "", "", "2026-01-01", None, "", None)
          for i in range(12)]  # fmt: skip
PRE = [(f"P{i}", "t", "pre", "k", float(i % 5), "2026-01-02") for i in range(12)]
POST = [(f"P{i}", "t", "post", "k", float(i % 5 + i % 3), "2026-03-02") for i in range(12)]


def snapshot(folder, plan, **rows):
    """A snapshot of these rows, as a stranger would hand one in."""
    plan, files = Study.model_validate(plan).model_dump(mode="json", by_alias=True), {}
    with duckdb.connect() as duck:
        for name, columns in COLUMNS.items():
            duck.execute(f"CREATE TABLE {name} ({columns})")
            for row in rows.get(name, []):
                duck.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", list(row))
            target = folder / f"{name}.parquet"
            duck.execute(f"COPY {name} TO '{target}' (FORMAT parquet)")
            files[target.name] = {"dataset": name, "rows": 0, "sha256": canonical.sha256_of(target)}
    manifest = {"mlezi_snapshot": 1, "as_of": "2026-06-30", "flow": [], "left_out": {}, "amendments": [],
                "plan_sha256": canonical.sha256(plan), "versions": {}, "files": files}  # fmt: skip
    canonical.write(folder / "plan.json", plan)
    canonical.write(folder / "manifest.json", manifest)


@pytest.fixture
def run(tmp_path):
    """`run(scores=…, …)` makes a snapshot of these rows and gives its results."""

    def one(**rows):
        snapshot(tmp_path, PLAN, **{"participants": PEOPLE, "scores": PRE + POST, **rows})
        return json.loads(canonical.text(running.results(tmp_path)))["analyses"]

    return one


def estimate(found, analysis, key):
    return next(one["estimate"] for one in found[analysis]["figures"] if one["key"] == key)


def test_good_data_give_figures(run):
    found = run()

    assert estimate(found, "change", "all.change")["point"] == pytest.approx(1.0)
    assert estimate(found, "groups", "difference")["point"] is not None


def test_somebody_with_two_scores_at_one_time_counts_once_and_is_counted(run):
    found = run(scores=[*PRE, *POST, ("P1", "t", "pre", "k", 0.0, "2026-01-09")])

    mean = estimate(found, "mean", "all.mean")
    assert mean["n_used"] == 12
    assert mean["point"] == pytest.approx(20 / 12), "of two scores the later counts, though the first was higher"
    assert estimate(found, "change", "all.change")["point"] == pytest.approx(13 / 12)
    assert "answered_twice" in {one["code"] for one in mean["warnings"]}


def test_the_response_is_out_of_who_was_asked(run):
    """Before: twelve answered, nobody was asked. After: eight were asked, six answered; three were only due."""
    asked = [(f"P{i}", "t", "post", i < 6, "2026-03-01") for i in range(8)]
    due = [(f"P{i}", "t", "post", False, None) for i in range(8, 11)]
    found = run(invitations=asked + due, scores=[*PRE, *POST[:6]])

    after = estimate(found, "asked", "post")
    assert (after["n_used"], after["point"]) == (8, 6 / 8)
    assert estimate(found, "asked", "pre")["empty_because"]["code"] == "nobody_asked"


def test_mixed_scales_are_refused(run):
    found = run(scores=[*PRE, *POST[:-1], ("P11", "t", "post", "k", 80.0, "2026-03-02")])

    assert estimate(found, "change", "all.change")["empty_because"]["code"] == "outside_scale"


def test_text_in_a_number_column_is_missing_and_counted(run):
    rows = [(f"P{i}", "t", "pre", "n", str(i), float(i), "2026-01-02") for i in range(11)]
    found = run(responses=[*rows, ("P11", "t", "pre", "n", "many", None, "2026-01-02")])

    mean = estimate(found, "number", "all.mean")
    assert mean["n_used"] == 11
    assert mean["point"] == pytest.approx(5.0)
    assert "text_values" in {one["code"] for one in mean["warnings"]}


def test_all_missing_says_so(run):
    found = run(scores=[(*row[:4], None, row[5]) for row in PRE + POST])

    assert estimate(found, "mean", "all.mean")["empty_because"]["code"] == "all_missing"
    assert estimate(found, "change", "all.change")["point"] is None


def test_a_group_without_values_is_named(run):
    found = run(scores=[row for row in PRE if int(row[0][1:]) < 6])

    assert estimate(found, "groups", "difference")["empty_because"]["values"] == {"group": "midwife"}


def test_one_person_is_no_mean(run):
    found = run(participants=PEOPLE[:1], scores=PRE[:1])

    assert estimate(found, "mean", "all.mean")["empty_because"]["code"] == "withheld"


def test_nobody_at_all_is_said(run):
    found = run(participants=[], scores=[])

    assert estimate(found, "mean", "all.mean")["empty_because"]["code"] == "nobody"


def test_days_that_cannot_be_true_are_left_out_and_counted(run):
    good = [(f"P{i}", "S1", "", "2026-01-01", None) for i in range(10)]
    found = run(spells=[*good, ("P10", "S1", "", "2026-05-01", "2026-02-01")])

    assert dict(found["stay"]["steps"])["usable_spell"] == 10
    assert found["stay"]["limits"][0]["code"] == "impossible_days"


FIGURES = [("S0", "cured", 8.0, "2026-01-01"), ("S0", "treated", 10.0, "2026-01-01"),
           ("S1", "cured", 6.0, "2026-01-01"), ("S1", "treated", 12.0, "2026-01-01")]  # fmt: skip


def test_one_site_on_a_side_is_refused_with_the_reason(run):
    found = run(site_figures=FIGURES, sites=[("S0", "a"), ("S1", "b")])

    assert estimate(found, "sites", "difference")["empty_because"]["code"] == "one_site_side"
    assert estimate(found, "sites", "side.a")["point"] == pytest.approx(0.8)
    assert estimate(found, "sites", "plain")["point"] == pytest.approx(0.3)


def test_several_sites_on_both_sides_are_compared(run):
    more = [("S2", "cured", 5.0, "2026-01-01"), ("S2", "treated", 10.0, "2026-01-01"),
            ("S3", "cured", 9.0, "2026-01-01"), ("S3", "treated", 10.0, "2026-01-01")]  # fmt: skip
    found = run(site_figures=FIGURES + more, sites=[("S0", "a"), ("S1", "b"), ("S2", "b"), ("S3", "a")])

    assert estimate(found, "sites", "difference")["point"] == pytest.approx(0.35)


def test_a_part_larger_than_its_whole_is_refused(run):
    found = run(site_figures=[*FIGURES[:2], ("S1", "cured", 20.0, "2026-01-01"), FIGURES[3]],
                sites=[("S0", "a"), ("S1", "b")])  # fmt: skip

    assert "cured is not a part of treated" in estimate(found, "sites", "difference")["empty_because"]["text"]


def test_a_month_without_its_count_is_not_a_month_with_none(run):
    found = run(site_figures=[*FIGURES, ("S1", "treated", 90.0, "2026-03-01")], sites=[("S0", "a"), ("S1", "b")])

    assert "1 month(s) of a site say treated" in estimate(found, "sites", "difference")["empty_because"]["text"]


@pytest.mark.parametrize("odd", [15.0, -2.0])
def test_one_impossible_month_is_not_made_up_for_by_the_others(run, odd):
    """15 of 10 in February, or fewer than none: the sum of both months looks fine and is not."""
    february = [("S1", "cured", odd, "2026-02-01"), ("S1", "treated", 10.0, "2026-02-01")]
    found = run(site_figures=[*FIGURES, *february],
                sites=[("S0", "a"), ("S1", "b")])  # fmt: skip

    assert "in 1 month(s) of a site" in estimate(found, "sites", "difference")["empty_because"]["text"]
