"""The flow of a review: counted from records it always adds up; what is printed may not."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.methods.statistics.review_flow import (
    BOXES,
    OPTIONAL,
    SCREENING,
    SOURCES,
    STATES,
    BadRecord,
    Broken,
    Flow,
    Record,
    broken,
    flow,
)


def records(**counts):
    """`database_included=3` and so on, as records; an included one is a study of its own."""
    made = []
    for name, n in counts.items():
        source, _, state = name.partition("_")
        made += [Record(source, state, reason="not about mentoring" if state == "ineligible" else "")] * n
    return made


# By hand: 100 + 20 found, 30 + 4 + 6 removed, 80 screened, 50 excluded, 30 sought, 2 not found, 28 assessed, 20
# ineligible, 8 reports; 5 + 3 + 2 found otherwise, 1 not found, 9 assessed, 7 ineligible, 2 reports.
SEARCH = records(
    database_duplicate=30, database_automatic=4, database_removed=6, database_excluded=40, register_excluded=10,
    database_not_retrieved=2, database_ineligible=12, register_ineligible=8, database_included=6, register_included=2,
    website_ineligible=5, organisation_ineligible=2, organisation_not_retrieved=1, citation_included=2,
)  # fmt: skip
COUNTED = dict(
    previous_studies=0, previous_reports=0, database_results=100, register_results=20, website_results=5,
    organisation_results=3, citations_results=2, duplicates=30, excluded_automatic=4, excluded_other=6,
    records_screened=80, records_excluded=50, dbr_sought_reports=30, dbr_notretrieved_reports=2, dbr_assessed=28,
    other_sought_reports=10, other_notretrieved_reports=1, other_assessed=9, new_studies=10, new_reports=10,
    total_studies=10, total_reports=10,
)  # fmt: skip


def test_every_box_is_counted_from_what_became_of_each_record():
    found = flow(SEARCH)

    assert found.boxes == COUNTED
    assert found.reasons == {"dbr": {"not about mentoring": 20}, "other": {"not about mentoring": 7}}
    assert not broken(found)


def test_reports_of_one_study_count_as_one_study():
    found = flow([Record("database", "included", study="A")] * 2 + [Record("citation", "included")] * 3)

    assert (found.boxes["new_reports"], found.boxes["new_studies"]) == (5, 4)


def test_an_updated_review_adds_what_it_had():
    found = flow(records(database_included=2), previous_studies=7, previous_reports=9)

    assert (found.boxes["total_studies"], found.boxes["total_reports"]) == (9, 11)
    assert not broken(found)


def test_what_waits_is_counted_apart_and_breaks_nothing():
    found = flow(records(database_to_screen=3, database_to_retrieve=2, register_to_assess=1, website_to_assess=4))

    assert found.waiting == {"screening": 3, "dbr": 3, "other": 4}
    assert (found.boxes["records_screened"], found.boxes["dbr_assessed"], found.boxes["other_assessed"]) == (3, 0, 0)
    assert not broken(found)
    assert {one.box for one in broken(replace(found, waiting={}))} == {
        "records_screened", "dbr_assessed", "other_assessed"
    }  # fmt: skip


# Each printed box one too high: what the others make of it.
@pytest.mark.parametrize(
    ("box", "said"),
    [
        ("database_results", [Broken("records_screened", 80, 81)]),
        ("register_results", [Broken("records_screened", 80, 81)]),
        ("duplicates", [Broken("records_screened", 80, 79)]),
        ("excluded_automatic", [Broken("records_screened", 80, 79)]),
        ("excluded_other", [Broken("records_screened", 80, 79)]),
        ("records_screened", [Broken("records_screened", 81, 80), Broken("dbr_sought_reports", 30, 31)]),
        ("records_excluded", [Broken("dbr_sought_reports", 30, 29)]),
        ("dbr_sought_reports", [Broken("dbr_sought_reports", 31, 30), Broken("dbr_assessed", 28, 29)]),
        ("dbr_notretrieved_reports", [Broken("dbr_assessed", 28, 27)]),
        ("dbr_assessed", [Broken("dbr_assessed", 29, 28), Broken("new_reports", 10, 11)]),
        ("other_sought_reports", [Broken("other_sought_reports", 11, 10, True), Broken("other_assessed", 9, 10)]),
        ("other_notretrieved_reports", [Broken("other_assessed", 9, 8)]),
        ("other_assessed", [Broken("other_assessed", 10, 9), Broken("new_reports", 10, 11)]),
        ("new_studies", [Broken("new_studies", 11, 10, at_most=True), Broken("total_studies", 10, 11)]),
        ("new_reports", [Broken("new_reports", 11, 10), Broken("total_reports", 10, 11)]),
        ("previous_studies", [Broken("total_studies", 10, 11)]),
        ("previous_reports", [Broken("total_reports", 10, 11)]),
        ("total_reports", [Broken("total_reports", 11, 10)]),
        ("total_studies", [Broken("total_studies", 11, 10), Broken("total_studies", 11, 10, at_most=True)]),
    ],
)  # fmt: skip
def test_a_box_that_is_one_off_is_told_with_what_it_would_be(box, said):
    found = flow(SEARCH)

    assert list(broken(replace(found, boxes={**found.boxes, box: found.boxes[box] + 1}))) == said


def test_a_reason_too_many_breaks_the_reports():
    found = flow(SEARCH)

    assert broken(replace(found, reasons={**found.reasons, "other": {"abstract only": 8}})) == (
        Broken("new_reports", 10, 9),
    )


def test_fewer_may_be_sought_than_were_found_in_other_ways():
    found = flow(SEARCH)

    assert not broken(replace(found, boxes={**found.boxes, "website_results": 50}))


def test_boxes_that_a_review_need_not_have_count_as_nought():
    needed = {name: n for name, n in flow(records(database_included=1)).boxes.items() if name not in OPTIONAL}

    assert not broken(Flow(needed, {}))
    with pytest.raises(KeyError, match="records_screened"):
        broken(Flow({name: n for name, n in needed.items() if name != "records_screened"}, {}))


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (Record("library", "included"), "unknown_source"),
        (Record("database", "lost"), "unknown_state"),
        (Record("citation", "duplicate"), "not_screened"),
        (Record("database", "ineligible"), "no_reason"),
    ],
)
def test_a_record_that_cannot_be_counted_is_refused_with_its_place(record, code):
    with pytest.raises(BadRecord) as refused:
        flow([Record("database", "included"), record])

    assert (refused.value.place, refused.value.code) == (2, code)


def possible(source, state):
    return not (SOURCES[source][0] == "other" and state in SCREENING)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(SOURCES)), st.sampled_from(STATES), st.sampled_from(["", "A", "B"]))
        .filter(lambda one: possible(*one[:2]))
        .map(lambda one: Record(one[0], one[1], "too few", one[2])),
        max_size=60,
    )
)
def test_what_is_counted_from_records_always_adds_up(found):
    made = flow(found)

    assert tuple(made.boxes) == BOXES
    assert not broken(made)
    assert sum(made.boxes[box] for _, box in SOURCES.values()) == len(found)
