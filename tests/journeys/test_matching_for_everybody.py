"""Matching in a browser: every page holds to axe and to the screen, and a round is made by keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from mlezi.audit import worker
from mlezi.matching.actions import publishing
from mlezi.matching.models import Request, Round
from mlezi.plumbing import clock
from mlezi.testing.makers import rounds as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "chiku": ["", "new/", "waiting/", "mentors/", "{round}/", "{round}/another/", "{round}/equity/",
              "{round}/requests/",
              "{round}/1/", "{round}/1/pairs/", "{round}/1/{mentee}/", "{round}/1/{left}/", "{round}/1/certificate/"],
    "farida": ["policy/", "concerns/"],
    "amina": ["mine/", "mine/profile/", "mine/wishes/", "mine/record/", "mine/{request}/accept/"],
    "baraka": ["mine/", "mine/wishes/?q=a", "mine/identity/", "mine/{amina}/concern/"],
}  # fmt: skip


@pytest.fixture
def people(world):
    mentees = [world.baraka, *make.mentees(world, "Rehema", "Grace")]
    return mentees, [world.amina, *make.mentors(world, "Zawadi", places=1, at=world.kisesa)]


@pytest.fixture
def keys(world, people):
    """A published round; Amina is asked to take Baraka on and has a place for nobody else."""
    make.signed(world)
    make.profiles.agree(person=world.amina, programme=world.programme, places=1, by=world.amina, at=clock.now())
    scenario = make.worked_out(world, make.round_of(world, *people))
    publishing.publish(scenario=scenario, by=world.chiku, at=clock.now())
    left = scenario.left_over.get().mentee
    return {
        "round": scenario.round.uid, "mentee": scenario.proposals.first().mentee.uid, "left": left.uid,
        "request": Request.objects.get(mentor=world.amina).uid, "amina": world.amina.uid,
    }  # fmt: skip


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_matching_holds_to_axe_and_to_the_screen(keys, browse, who, width):
    for path in PAGES[who]:
        page = browse(who, "/mwanza/matching/" + path.format(**keys), width=width)
        assert page.locator("h1").count() == 1, path
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.close()


def test_a_round_is_tried_compared_changed_and_published_by_keyboard_alone(world, people, browse):
    make.signed(world)
    round_ = make.round_of(world, *people)
    page = browse("chiku", f"/mwanza/matching/{round_.uid}/another/")

    for title in ("Usual", "Nearer"):
        page.goto(page.url if title == "Usual" else page.url.replace("/1/", "/another/"))
        press(page, "#id_title")
        page.keyboard.type(title)
        page.keyboard.press("Enter")
        page.wait_for_url("**/1/" if title == "Usual" else "**/2/")
        worker.drain()
    press(page, "nav a:has-text('April')", opens="**/matching/*/")
    assert "2. Nearer" in page.locator("thead").first.inner_text()
    press(page, "thead a:has-text('Usual')", opens="**/1/")
    press(page, "a:has-text('All pairs')", opens="**/pairs/")
    press(page, "tbody a >> nth=0", opens="**/1/*/")
    press(page, "button:has-text('Put together') >> nth=0", opens="**/3/")
    worker.drain()
    page.reload()
    assert "Decided by hand" in page.locator("main").inner_text()
    press(page, "button:has-text('Publish these pairs')", opens=f"**/{round_.uid}/")

    assert "was sent" in page.locator("main").inner_text() or "were sent" in page.locator("main").inner_text()
    assert Round.objects.get().published.number == 3


def press(page, what, *, opens=None):
    """Go to a control by the tabulator key, as somebody without a mouse does, and press it where it opens a page."""
    wanted = page.locator(what).first.element_handle()
    for _ in range(200):
        if page.evaluate("one => document.activeElement === one", wanted):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"{what} is not reached by keyboard")
    if opens:
        page.keyboard.press("Enter")
        page.wait_for_url(opens)
