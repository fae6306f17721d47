"""The pages about forms hold to the rules that axe checks, wide and narrow, and can be used by keyboard."""

import pytest

from mlezi.testing.barriers import barriers
from mlezi.testing.makers import forms
from tests.journeys.test_web_form import VISIT, ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(world):
    return forms.published(world.programme, VISIT)


def test_pages_about_forms(visit, browse):
    for path in ("", "new/", "visit/", "visit/paper/"):
        assert barriers(browse("chiku", f"/mwanza/forms/{path}")) == []


def test_every_page_of_a_form(visit, browse):
    page = browse("amina", "/mwanza/forms/visit/fill/")
    ask(page, "held").wait_for()
    while page.get_by_role("button", name="Next").is_visible():
        assert barriers(page) == []
        page.get_by_role("button", name="Next").click()

    assert barriers(page) == []


def test_a_form_can_be_tried_before_it_is_published(world, browse):
    page = browse("chiku", "/mwanza/forms/new/")
    page.get_by_label("The form").set_input_files(
        {"name": "visit.md", "mimeType": "text/markdown", "buffer": forms.source(VISIT)}
    )
    page.get_by_role("button", name="Look at it").click()
    ask(page, "place").get_by_text("Igoma Dispensary").click()
    ask(page, "held").get_by_text("No").click()
    ask(page, "why").wait_for()

    assert barriers(page) == []
    assert page.get_by_role("button", name="Send", exact=True).count() == 0


def test_the_keyboard_is_enough(visit, browse):
    page = browse("amina", "/mwanza/forms/visit/fill/")
    ask(page, "place").get_by_label("Igoma Dispensary").focus()
    page.keyboard.press("Space")
    ask(page, "day").locator("input").focus()
    page.keyboard.type("02032026")
    page.keyboard.press("Tab")
    ask(page, "held").get_by_label("Yes").focus()
    page.keyboard.press("Space")
    ask(page, "minutes").locator("input").focus()
    page.keyboard.type("45")
    page.keyboard.press("Tab")  # past Back, which leads nowhere on the first page
    page.keyboard.press("Enter")

    ask(page, "who").wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Person"
