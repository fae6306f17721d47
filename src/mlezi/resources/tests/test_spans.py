"""A run of lacking is one need."""

from datetime import UTC, date, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from mlezi.resources.spans import ALL_OF_KIND, Decided, Seen, spans

NOON = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


def seen(number, day, is_there, item="bag_mask"):
    return Seen(UUID(int=number), UUID(int=900 + number), None, item, "", date(2026, 3, day), is_there)


def found(sightings, decisions=None):
    made = spans(sightings, decisions or {})
    return [(span.id.int, span.first.on.day, span.seen_met_on.day if span.seen_met_on else None) for span in made]


def test_lacking_again_is_still_the_same_need():
    assert found([seen(1, 1, False), seen(2, 8, False)]) == [(1, 1, None)]


def test_seen_there_ends_it_and_lacking_later_is_another():
    assert found([seen(1, 1, False), seen(2, 8, True), seen(3, 15, False)]) == [(1, 1, 8), (3, 15, None)]


def test_nothing_lacking_ends_all_of_the_kind():
    assert found([seen(1, 1, False), seen(2, 2, False, "doppler"), seen(3, 9, True, ALL_OF_KIND)]) == [
        (1, 1, 9),
        (2, 2, 9),
    ]


def test_decided_met_ends_it_without_being_seen():
    met = {UUID(int=1): Decided("met", date(2026, 3, 5), NOON)}

    assert found([seen(1, 1, False), seen(2, 4, False), seen(3, 9, False)], met) == [(1, 1, None), (3, 9, None)]


def test_an_earlier_sighting_that_comes_late_keeps_the_id_people_decided_about():
    decided = {UUID(int=2): Decided("reopened", date(2026, 3, 5), NOON)}

    assert found([seen(2, 4, False), seen(1, 1, False)], decided) == [(2, 1, None)]


def test_what_is_only_there_is_no_need():
    assert found([seen(1, 1, True)]) == []


@given(st.permutations([seen(n, 1 + n % 5, n % 3 == 0) for n in range(12)]))
def test_the_order_of_arrival_does_not_matter(sightings):
    assert spans(sightings, {}) == spans(sorted(sightings), {})
