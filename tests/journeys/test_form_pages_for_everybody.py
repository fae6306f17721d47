"""The pages about forms hold to the rules that axe checks, wide and narrow, and can be used by keyboard."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from mlezi.testing.makers import forms
from tests.journeys.test_web_form import VISIT, ask

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visit(world):
    return forms.published(world.programme, VISIT)


def violations(page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("path", ["", "new/", "visit/", "visit/paper/"])
def test_pages_about_forms(visit, browse, path, width):
    page = browse("chiku", f"/mwanza/forms/{path}", width=width)

    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1440])
def test_every_page_of_a_form(visit, browse, width):
    page = browse("amina", "/mwanza/forms/visit/fill/", width=width)
    ask(page, "held").wait_for()
    while page.get_by_role("button", name="Next").is_visible():
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.get_by_role("button", name="Next").click()

    assert violations(page) == []


def test_a_form_can_be_tried_before_it_is_published(world, browse):
    page = browse("chiku", "/mwanza/forms/new/")
    page.get_by_label("The form").set_input_files(
        {"name": "visit.md", "mimeType": "text/markdown", "buffer": forms.source(VISIT)}
    )
    page.get_by_role("button", name="Look at it").click()
    ask(page, "place").get_by_text("Igoma Dispensary").click()
    ask(page, "held").get_by_text("No").click()
    ask(page, "why").wait_for()

    assert violations(page) == []
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
