"""A newer version of the app arrives while a form is open and a record is unsent: nothing is lost or hurried."""

from dataclasses import replace

import pytest
from django.db import connection

from mlezi.field import words
from mlezi.instruments.models import Submission
from mlezi.plumbing import assets
from tests.journeys.test_field_visit import begin_a_visit, fill_the_visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEPT = """async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("mlezi-app-"));
  const inside = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return [names.length, inside.flat().map((one) => new URL(one.url).pathname)];
}"""


def a_newer_version(monkeypatch):
    """Other sentences, and one file of the app under another name."""
    said, entry = words.words, assets.entry
    monkeypatch.setattr(words, "words", lambda: said() | {"who_needs_me": "Who needs me first"})
    copied = assets.BUILT / "assets" / "newer-0aB1cD2e.js"
    copied.write_text("export const newer = true;\n")
    built = entry("field")
    newer = replace(built, chunks=(*built.chunks, "built/assets/newer-0aB1cD2e.js"))
    monkeypatch.setattr(assets, "entry", lambda name: newer if name == "field" else entry(name))
    return copied


def test_an_update_of_the_app_loses_nothing_and_waits_until_asked(world, phone, monkeypatch):
    page = phone.page
    phone.context.route("**/phone/**", lambda route: route.abort())  # a line on which nothing gets through to the door
    begin_a_visit(phone)
    fill_the_visit(phone)
    phone.press("Rating of one mentee: Baraka")
    phone.ask("seen").get_by_text("Infection prevention").click()

    copied = a_newer_version(monkeypatch)
    try:
        page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
        page.wait_for_function("navigator.serviceWorker.getRegistration().then((found) => Boolean(found.waiting))")
        assert not page.get_by_text("A newer version of the app is ready").is_visible()  # not in the middle of a form
        page.get_by_role("link", name="Back").click()
        page.get_by_text("A newer version of the app is ready").wait_for()
        phone.press("Use it now")
        phone.unlock()
    finally:
        copied.unlink()

    phone.tab("Today")
    page.get_by_role("heading", name="Who needs me first").wait_for()
    caches, files = page.evaluate(KEPT)
    assert caches == 1
    assert any(name.endswith("newer-0aB1cD2e.js") for name in files)
    phone.tab("Unsent")
    page.get_by_text("1 record is only on this phone").wait_for()
    phone.tab("Today")
    page.locator(".row-draft").first.click()
    assert phone.ask("seen").get_by_label("Infection prevention").is_checked()
    page.get_by_role("link", name="Back").click()

    phone.context.unroute("**/phone/**")
    phone.tab("Unsent")
    phone.press("Send now")
    page.get_by_text("Everything is at the office").wait_for()
    connection.close()
    [photo] = Submission.objects.get(form_id="visit", source="field").attachments.all()
    assert photo.size > 1000  # a picture of two colours is small
