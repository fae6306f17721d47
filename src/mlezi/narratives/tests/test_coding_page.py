"""The coding page in a real browser: with keys alone, with the mouse, by touch, and for two people at once."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from mlezi.narratives.actions import reading
from mlezi.narratives.models import Coding, Memo, Reading
from mlezi.narratives.tests.test_coding import INTERVIEW, mark
from mlezi.testing.cast import MORNING

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("MLEZI_SHOTS", "")  # a folder, to look at what the browser sees
MARK = """([first, from, last, to]) => {
  const words = [...document.querySelectorAll('.piece .words')];
  const a = words[first].firstChild, b = words[last].firstChild;
  getSelection().setBaseAndExtent(a, from, b, to);
}"""


def shot(page, name):
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=False)


def coded(source):
    return {(INTERVIEW[row.start : row.end], row.code.path, row.valence)
            for row in Coding.objects.filter(source=source, is_current=True).select_related("code")}  # fmt: skip


def opened(browse, name, source, **how):
    page = browse(name, f"/mwanza/texts/{source.pk}/code/", **how)
    page.locator("[data-codes] li").first.wait_for(state="attached")
    return page


def said(page, words):
    page.locator("[data-status]", has_text=words).wait_for()


def test_a_whole_transcript_with_keys_alone(coders, book, interview, browse):
    page = opened(browse, "hawa", interview, width=1440)
    page.locator(".piece").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Alt+ArrowRight")
    page.keyboard.type("pti")  # Protected TIme
    page.keyboard.press("Enter")
    said(page, "Protected time set.")
    page.keyboard.press("1")
    said(page, "Kept.")
    page.keyboard.type("hin")
    page.keyboard.press("Enter")
    said(page, "Hinders set.")

    words = INTERVIEW[INTERVIEW.index("more confidence") : INTERVIEW.index("\nInterviewer: And")]
    assert coded(interview) == {(words, "helps.time", "helps"), (words, "hinders", "")}
    assert page.locator(".piece").nth(1).locator(".mark-name").count() == 2
    page.keyboard.press("Alt+m")
    page.keyboard.type("She said this twice.")
    page.keyboard.press("Control+Enter")
    said(page, "The memo is kept.")
    assert Memo.objects.get().text == "She said this twice."
    shot(page, "coding-1440")
    assert Axe().run(page).response["violations"] == []

    page.locator(".piece").nth(1).focus()
    for _ in range(2):
        page.keyboard.press("Control+z")
        said(page, "Taken back.")
        page.wait_for_timeout(200)
    page.locator(".mark-name").nth(1).wait_for(state="detached")
    page.keyboard.press("Control+z")
    page.wait_for_selector(".run.bands-1", state="detached")
    assert coded(interview) == set()
    page.locator("[data-done]").focus()
    page.keyboard.press("Enter")
    said(page, "You are done with this text.")
    assert Reading.objects.get().done_at is not None, "read, and nothing applied"


def test_a_mouse_marks_over_two_pieces_and_letters_find_the_code(coders, book, interview, browse):
    page = opened(browse, "hawa", interview, width=1440)
    page.evaluate(MARK, [0, 13, 1, 6])
    page.locator(".piece").nth(1).dispatch_event("pointerup", {"bubbles": True})
    page.wait_for_selector("#coding.has-span")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    page.keyboard.type("hel")
    page.keyboard.press("Enter")
    said(page, "Helps set.")

    start, end = INTERVIEW.index("What"), INTERVIEW.index("I have") + 1
    assert {words for words, _, _ in coded(interview)} == {INTERVIEW[start:end].strip()}
    page.locator("[data-rule] summary").click()
    page.select_option("#coding-all", label="what P1 says")
    page.locator("[data-rule] button").click()
    said(page, "Pieces coded: 2.")


def test_a_finger_marks_and_taps_a_code(coders, book, interview, browse, chromium, live_server, sign_in):
    phone = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-GB")
    session = sign_in("hawa").cookies["sessionid"].value
    phone.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = opened(browse, "hawa", interview, context=phone)
    shot(page, "coding-390-idle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    page.locator(".piece .words").nth(1).tap()
    page.locator("[data-chosen]", has_text="P1: I have more confidence").wait_for()
    page.locator(".piece .words").nth(1).tap()
    page.locator("[data-chosen]", has_text="Tap what somebody says").wait_for()
    page.evaluate(MARK, [3, 4, 3, 21])
    page.wait_for_selector("#coding.has-span")
    page.locator("[role=option]", has_text="Hinders").first.tap()
    said(page, "set.")
    page.locator("[data-here-codings] button", has_text="hinders").first.tap()
    said(page, "Kept.")
    shot(page, "coding-390")

    ((words, _, valence),) = coded(interview)
    assert (words, valence) == ("There is no time,", "hinders")
    assert Axe().run(page).response["violations"] == []
    page.locator("[data-clear]").tap()
    page.wait_for_selector("#coding:not(.has-span)")
    phone.close()


def test_two_people_see_what_the_other_codes(coders, book, interview, browse):
    hawa, imani = opened(browse, "hawa", interview), opened(browse, "imani", interview)
    hawa.locator(".piece").nth(3).focus()
    hawa.keyboard.press("Enter")
    hawa.locator("[role=option]", has_text="Hinders").first.click()
    hawa.wait_for_selector(".run.bands-1")
    imani.wait_for_selector(".run.bands-1", timeout=15000)
    imani.locator(".mark-name").first.click()
    imani.wait_for_selector("[data-here-codings] li")
    assert "Hawa" in imani.locator("[data-here-codings]").inner_text()
    assert imani.locator("[data-here-codings] button").count() == 0, "nobody changes what another coded"
    hawa.keyboard.press("Control+z")
    imani.wait_for_selector(".run.bands-1", state="detached", timeout=15000)


PAGES = "texts/ codebooks/ themes/ themes/barriers/ themes/matrix/ themes/scores/ themes/map/ readiness/ " \
    "texts/exchange/ texts/agreement/ texts/{id}/ texts/{id}/differences/ codebooks/{book}/ " \
    "texts/new/ texts/search/?q=doll texts/{id}/facts/ texts/{id}/speaks/ texts/{id}/give/ texts/{id}/words/ " \
    "texts/{id}/take-out/ texts/{id}/versions/1/ codebooks/new/ codebooks/bring-in/ codebooks/{book}/codes/new/ " \
    "codebooks/{book}/codes/{code}/ themes/quotes/?book={book}&code={code}"  # fmt: skip


def test_pages_have_no_barriers(coders, book, given, browse):
    from mlezi.narratives.actions import sources

    who = sources.take_part(programme=coders.programme, label="P-01", by=coders.people["gloria"], at=MORNING)
    sources.give_voice(source=given, participant=who, speaker="P1", consent="given", by=coders.people["gloria"],
                       at=MORNING)  # fmt: skip
    mark(given, coders, "hawa", "no time", "hinders.time", valence="hinders")
    mark(given, coders, "imani", "more confidence", "helps", valence="helps")
    for name in ("hawa", "imani"):
        reading.done(source=given, by=coders.people[name], at=MORNING)
    page = browse("gloria", "/mwanza/texts/")
    start = page.url.removesuffix("texts/")
    for address in PAGES.split():
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(start + address.format(id=given.pk, book=book.pk, code=book.codes.get(path="helps").pk))
            name = re.sub(r"[^\w-]", "", address.strip("/").replace("/", "-"))
            shot(page, f"{name}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), (address, width)
        found = Axe().run(page).response["violations"]
        assert found == [], (address, [one["id"] for one in found])


def code_two_turns(page):
    page.locator(".piece").first.focus()
    for letters in ("hel", "hin"):
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.type(letters)
        page.keyboard.press("Enter")


def test_a_late_answer_does_not_disturb_who_codes_on(coders, book, interview, browse):
    page = opened(browse, "hawa", interview, width=1440)
    late = []
    page.route("**/codings/", lambda route: late.append(route) if not late else route.continue_())
    code_two_turns(page)
    page.keyboard.press("2")  # said of a coding that the server does not know yet
    page.wait_for_timeout(200)
    late[0].continue_()
    page.locator(".mark-name").nth(1).wait_for()
    said(page, "Kept.")

    first, second = sorted(coded(interview), key=lambda one: INTERVIEW.index(one[0]))
    assert (first[1:], second[1:]) == (("helps", ""), ("hinders", "hinders"))
    assert INTERVIEW.index(first[0]) + len(first[0]) <= INTERVIEW.index(second[0])


def test_what_is_coded_without_a_connection_is_kept_and_sent_when_it_is_back(coders, book, interview, browse):
    page = opened(browse, "hawa", interview, width=1440)
    page.context.set_offline(True)
    code_two_turns(page)
    said(page, "Codings that wait in this browser: 2.")
    page.keyboard.press("2")
    assert (Coding.objects.count(), page.locator(".mark-name").count()) == (0, 2)

    page.context.set_offline(False)
    said(page, "Connection is back. Codings sent: 2.")

    assert {(path, side) for _, path, side in coded(interview)} == {("helps", ""), ("hinders", "hinders")}
    page.reload()
    page.locator(".mark-name").nth(1).wait_for()
    assert page.locator(".mark-name").count() == 2
