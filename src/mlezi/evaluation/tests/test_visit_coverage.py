"""Two facilities take part; visits should be 30 days apart."""

from datetime import date

import pytest


@pytest.fixture
def monthly(records):
    records.type("visit", every_days=30)
    records.type("call", mode="contact")
    return records


def test_one_of_two_due_facilities_was_visited(world, monthly, ask):
    monthly.encounter(world.igoma, date(2026, 1, 10), world.baraka, lead=world.amina)
    monthly.encounter(world.igoma, date(2026, 2, 10), world.baraka, lead=world.amina)

    figure = ask("visit_coverage", by="facility")

    assert (figure.value, figure.numbers.n, figure.numbers.of) == (0.5, 1, 2)
    assert {key: part.value for key, part in figure.parts.items()} == {world.igoma.pk: 1.0, world.kisesa.pk: 0.0}


def test_a_facility_just_visited_is_not_due(world, monthly, ask):
    monthly.encounter(world.igoma, date(2026, 2, 27))

    figure = ask("visit_coverage", start=date(2026, 3, 1), end=date(2026, 3, 20))

    assert (figure.numbers.n, figure.numbers.of) == (0, 1)  # Kisesa joined in January and was never visited


def test_a_call_or_a_visit_that_did_not_take_place_is_no_visit(world, monthly, ask):
    monthly.encounter(world.igoma, date(2026, 1, 10), type="call")
    monthly.encounter(world.igoma, date(2026, 1, 11), cancelled_because="road")
    monthly.encounter(world.igoma, None)

    assert ask("visit_coverage").numbers.n == 0


def test_a_district_without_facilities_has_no_data(world, monthly, ask):
    figure = ask("visit_coverage", world.elsewhere)

    assert figure.value is None
    assert figure.numbers.of == 0
