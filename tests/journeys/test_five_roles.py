"""Five people go through their pages: nothing that axe minds, nothing wider than the screen, all by keyboard."""

import pytest

from mlezi.programmes.models import Site
from mlezi.testing import cast
from mlezi.testing.barriers import barriers
from mlezi.testing.makers import month as months

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = {
    "eliya": ["districts/NYA/", "facilities/", "facilities/IGO/", "figures/", "figures/visit_coverage/?by=facility",
              "actions/", "needs/", "needs/{need}/", "encounters/{visit}/", "records/{record}/", "search/?q=igo"],
    "neema": ["national/", "reports/", "districts/"],
    "amina": ["mine/", "person/{baraka}/", "person/{baraka}/competency/{competency}/", "encounters/{visit}/"],
    "baraka": ["me/", "me/card/", "actions/{action}/"],
    "chiku": ["desk/", "desk/due/", "plan/", "plan/routes/", "plan/costs/", "encounters/"],
}  # fmt: skip


@pytest.fixture
def keys(world):
    made = months.told(world)
    return {name: getattr(row, "uid", None) or row.pk for name, row in made.items()} | {"baraka": world.baraka.uid}


@pytest.mark.parametrize("who", PAGES)
def test_every_page_of_a_role_holds_to_axe_and_to_the_screen(keys, browse, who):
    for path in PAGES[who]:
        page = browse(who, "/mwanza/" + path.format(**keys))
        assert page.locator("h1").count() == 1, path
        assert barriers(page) == []
        page.close()


@pytest.mark.parametrize(
    ("who", "heading"),
    [("eliya", "Nyamagana"), ("neema", "Mwanza"), ("amina", "Who needs me next"), ("baraka", "Baraka"),
     ("chiku", "The coordinator's desk")],
)  # fmt: skip
def test_the_first_page_is_reached_and_read_by_keyboard_alone(keys, browse, who, heading):
    page = browse(who, "/mwanza/")

    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    assert heading in page.locator("h1").inner_text()
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.textContent.trim()"))
    assert len(reached) > 3


def test_whatever_the_keyboard_reaches_is_seen_to_be_reached(keys, browse):
    """Every kind of button too: a ring is drawn around it."""
    page = browse("chiku", "/mwanza/plan/")
    page.add_style_tag(content="* { transition: none !important }")

    bare, buttons = [], 0
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break  # the end of the page
        name, ring, is_button = page.evaluate(
            "(e => [e.textContent.trim(), getComputedStyle(e).outlineStyle !== 'none'"
            " || getComputedStyle(e).boxShadow !== 'none', e.matches('.btn-quiet')])(document.activeElement)"
        )
        buttons += is_button
        bare += [] if ring else [name]
    assert buttons
    assert bare == []


def test_a_point_on_the_map_is_reached_by_keyboard_and_opens_its_facility(keys, browse):
    page = browse("eliya", "/mwanza/districts/NYA/")

    page.locator("svg a[data-place=IGO]").focus()
    assert "is-lit" in page.locator("li[data-place=IGO]").get_attribute("class")
    page.keyboard.press("Enter")
    page.wait_for_url("**/facilities/IGO/")


def test_without_scripts_the_pages_still_work(keys, browse, chromium, live_server, sign_in):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    session = sign_in("eliya").cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/mwanza/districts/NYA/")

    page.locator("#filter-period").select_option("90d")
    page.get_by_role("button", name="Show").click()
    assert "period=90d" in page.url
    page.locator("summary", has_text="Menu").click()
    page.locator(".menu-narrow a", has_text="Facilities").click()
    assert page.locator("h1").inner_text() == "Facilities side by side"
    context.close()


def test_a_map_is_one_stop_and_arrows_go_to_every_place_on_it(keys, world, browse):
    for n in range(12):
        where = {"latitude": -2.58 + (n * 7 % 12) / 100, "longitude": 33.0 + (n * 5 % 12) / 100}
        made = cast.place(f"F{n}", f"Facility {n}", world.igoma.level, world.igoma.parent, **where)
        Site.objects.create(programme=world.programme, place=made, from_on=cast.START)
    page = browse("eliya", "/mwanza/districts/NYA/")

    assert page.locator("svg a[data-place][tabindex='0']").count() == 1
    there, new = set(), ["IGO"]
    while new:
        here = new.pop()
        there.add(here)
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            page.locator(f"svg a[data-place={here}]").focus()
            page.keyboard.press(key)
            reached = page.evaluate("document.activeElement.dataset.place")
            new += [reached] if reached not in {*there, *new} else []
    assert there == {"IGO", *(f"F{n}" for n in range(12))}
    assert page.locator("svg a[data-place][tabindex='0']").count() == 1
