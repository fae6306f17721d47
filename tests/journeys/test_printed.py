"""Pages on paper: a card of one sheet that still says what its colours say, tables as tables, no dead links."""

import io

import pypdf
import pytest

from mlezi.competencies.models import Competency
from mlezi.testing.makers import month

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def told(world):
    made = month.told(world)
    world.programme.is_made_up = True
    world.programme.save()
    first = made["competency"]
    for n in range(22):  # as many as a real framework has
        Competency.objects.create(
            domain=first.domain,
            code=f"skill_{n}",
            title={"en": f"Skill {n}"},
            levels=first.levels,
            order=n + 1,
            pass_level=3,
        )
    return made


def printed(page):
    return pypdf.PdfReader(io.BytesIO(page.pdf(format="A4"))).pages


def test_the_card_of_a_mentee_is_one_sheet_and_keeps_its_steps(told, browse):
    page = browse("baraka", "/mwanza/me/card/")
    page.emulate_media(media="print")

    assert page.locator(".steps i.on").first.evaluate("e => getComputedStyle(e).printColorAdjust") == "exact"
    assert not page.get_by_text("Print this page with your browser").is_visible()
    assert page.get_by_text("Made-up data").is_visible()
    assert len(printed(page)) == 1


def test_a_long_list_begins_below_its_heading(told, browse):
    page = browse("amina", "/mwanza/mine/")

    assert "Baraka" in printed(page)[0].extract_text()


def test_a_table_stays_a_table_on_paper(told, browse):
    page = browse("neema", "/mwanza/national/?period=2026-Q1")
    page.set_viewport_size({"width": 720, "height": 1000})
    page.emulate_media(media="print")

    assert page.locator(".table-stack thead th").first.is_visible()
    assert page.locator(".table-stack td").first.evaluate("e => getComputedStyle(e).display") == "table-cell"
    assert not page.get_by_text("Open the records").first.is_visible()
