"""The pages about matching hold to the rules that axe checks, narrow and wide; a round can be run by keyboard alone."""

from datetime import timedelta

import pytest

from mlezi.audit import worker
from mlezi.matching.actions import publishing, scenarios
from mlezi.matching.models import Request, Round
from mlezi.matching.settings import Settings
from mlezi.plumbing import clock
from mlezi.testing.barriers import barriers
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import rounds as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {"question": {"title": "How would you describe yourself?", "answers": ["woman", "man"]}, "wording": "Free."}


@pytest.fixture
def district(world):
    """Four mentees of whom one is left over; Amina is among the mentors; the policy is signed."""
    make.signed(world, "where-asked", **WORDS)
    people = make.mentees(world, "Rehema", "Grace", "Halima")
    return [world.baraka, *people], [world.amina, *make.mentors(world, "Zawadi", places=2, at=world.kisesa)]


def test_every_page_about_matching(world, browse, district):
    mentees, mentors = district
    asked = make.worked_out(world, make.round_of(world, mentees, mentors), Settings(max_mentees=1))
    make.worked_out(world, asked.round)
    scenarios.change_by_hand(
        scenario=asked, mentee=mentees[0], mentor=mentors[0], verb="together", by=world.chiku, at=MORNING
    )
    once = make.worked_out(world, make.round_of(world, mentees[:1], mentors[:1], answer_days=120))
    (request,) = publishing.publish(scenario=once, by=world.chiku, at=clock.now() - timedelta(days=1))
    round_, one, left = f"{asked.round.uid}/", f"{asked.round.uid}/1/", asked.left_over.get().mentee
    pages = {
        "chiku": ["", "new/", "waiting/", "mentors/", f"people/{mentors[0].uid}/", f"people/{mentors[0].uid}/leaves/",
                  "records/import/",
                  round_, f"{round_}another/", f"{round_}equity/", f"{once.round.uid}/requests/", one, f"{one}pairs/",
                  f"{one}certificate/",
                  f"{one}{left.uid}/", f"{round_}3/"],
        "farida": ["policy/", "concerns/"],
        "baraka": ["mine/", "mine/profile/", "mine/wishes/", "mine/record/", "mine/identity/",
                   f"mine/{mentors[0].uid}/concern/"],
        "amina": ["mine/", f"mine/{request.uid}/accept/", f"mine/{request.uid}/decline/"],
    }  # fmt: skip
    found = []
    for name, paths in pages.items():
        page = browse(name, f"/mwanza/matching/{paths[0]}")
        found += barriers(page)
        for path in paths[1:]:
            answer = page.goto(page.url.split("/mwanza/")[0] + f"/mwanza/matching/{path}")
            assert answer.status == 200, (name, path)
            found += barriers(page)

    assert found == []


def reach(page, text, *, most=120):
    """Tab on until something with this text has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(document.activeElement.innerText || document.activeElement.value || '').trim()") == text:
            return
    raise AssertionError(f"{text!r} cannot be reached by the keyboard on {page.url}")


def go(page, text):
    reach(page, text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_propose_compare_and_publish_by_keyboard_alone(world, browse, district):
    page = browse("chiku", "/mwanza/matching/")
    go(page, "A new round")
    while page.evaluate("document.activeElement.name") != "title":
        page.keyboard.press("Tab")
    page.keyboard.type("April")
    go(page, "Make the round")
    go(page, "Find the best pairs")
    go(page, "Find the best pairs")  # the button of the form with what counts
    worker.drain()
    round_ = Round.objects.get()
    page.goto(page.url.split("/mwanza/")[0] + f"/mwanza/matching/{round_.uid}/")
    assert page.get_by_role("rowheader", name="Mentees served").is_visible()
    go(page, "1. Another way")
    reach(page, "Publish these pairs")  # leads down the page, to what will be sent
    go(page, "Publish these pairs")

    assert Request.objects.filter(round=round_).count() > 0
    assert page.get_by_text("Mentors see them on their page.").is_visible()
