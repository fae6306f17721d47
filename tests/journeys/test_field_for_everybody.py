"""Every screen of the phone app holds to the rules that axe checks, on a small phone, a phone and a desk; with words
twice as large nothing is cut off; and all of it can be read in Swahili."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys import a_phone

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = (320, 390, 1440)
SCREENS = ("today", "visits", "people", "unsent", "guidance", "settings")
SMALLEST = 48  # pixels a thumb needs


def violations(page):
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def look(phone, name):
    """At every width: axe, nothing wider than the screen, keys large enough."""
    for width in WIDTHS:
        phone.page.set_viewport_size({"width": width, "height": 844})
        assert violations(phone.page) == [], f"{name} at {width}"
        assert phone.fits(), f"{name} at {width}"
    small = phone.page.evaluate(
        """least => [...document.querySelectorAll('button, a, select, input, textarea, summary')]
          .filter(one => one.checkVisibility() && !['radio', 'checkbox'].includes(one.type) && !one.matches('.skip'))
          .filter(one => one.getBoundingClientRect().height < least - 0.5).map(one => one.outerHTML.slice(0, 120))""",
        SMALLEST,
    )
    assert small == [], name


def go(phone, address, screen):
    phone.page.evaluate("address => { location.hash = address }", f"#/{address}")
    phone.on(screen)


def test_every_screen(world, new_phone):
    a_phone.told(world)
    world.amina.languages = ["en", "sw"]
    world.amina.save()
    phone = new_phone()
    phone.page.goto(phone.url + a_phone.link_for(world))
    phone.page.get_by_label("Choose a PIN").wait_for()
    look(phone, "enrol")
    phone.choose_a_pin()
    for name in SCREENS:
        go(phone, name, name)
        look(phone, name)

    go(phone, "today", "today")
    phone.page.get_by_role("button", name="Visit: Igoma Dispensary").click()
    phone.on("visit")
    look(phone, "visit")
    phone.page.get_by_role("link", name="Their own view").click()
    phone.on("hand")
    look(phone, "hand")
    phone.page.get_by_role("link", name="Back").first.click()
    phone.on("visit")
    phone.page.get_by_role("link", name="Fill in").click()
    phone.ask("held").wait_for()
    while phone.page.get_by_role("button", name="Next", exact=True).is_visible():
        look(phone, phone.page.locator(".page-title").inner_text())
        phone.press("Next")
    look(phone, "looking over")
    phone.press("Go to the first one")
    assert phone.page.evaluate("document.activeElement.closest('.ask').dataset.name") == "minutes"

    phone.page.get_by_role("link", name="Back").first.click()
    phone.on("visit")
    phone.page.get_by_role("link", name="Summary").click()
    phone.on("summary")
    look(phone, "summary")
    words_twice_as_large(phone)
    in_swahili(phone)


def words_twice_as_large(phone):
    phone.page.set_viewport_size({"width": 320, "height": 844})
    phone.page.add_style_tag(content="html { font-size: 200% !important }")
    for name in SCREENS:
        go(phone, name, name)
        assert phone.fits(), name


def in_swahili(phone):
    go(phone, "settings", "settings")
    phone.press("Kiswahili")
    phone.page.get_by_role("heading", name="Mipangilio").wait_for()
    go(phone, "unsent", "unsent")
    phone.page.get_by_text("Kila kitu kiko ofisini").wait_for()
    assert phone.page.evaluate("document.documentElement.lang") == "sw"
    phone.page.reload()
    phone.page.get_by_label("PIN yako").wait_for()
    assert violations(phone.page) == []
