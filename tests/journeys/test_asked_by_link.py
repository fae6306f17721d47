"""Somebody with no account answers through their link in a browser; the office asks, follows, teaches and certifies."""

from datetime import date, timedelta

import pytest

from mlezi.courses import actions as courses
from mlezi.instruments.derivation import runner
from mlezi.instruments.models import Submission
from mlezi.plumbing import clock
from mlezi.surveys import actions
from mlezi.surveys.models import Filled, Invitation
from mlezi.testing.barriers import barriers
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms
from mlezi.testing.makers.records import Records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FORM = """
    | settings |
    |          | form_id | version | form_title | default_language |
    |          | role    | 1       | How clear is your work? | English (en) |
    | survey |
    |        | type            | name | label::English (en) | label::Kiswahili (sw) | bind::mlezi:as | appearance |
    |        | hidden          | wave |  |  | wave | |
    |        | integer         | ra1  | I know what is expected of me (1 to 7) | Najua ninachotarajiwa (1 hadi 7) | answer:ra1 | |
    |        | select_one abcd | q1   | First dose? | Dozi ya kwanza? | answer:q1 | |
    | choices |
    |        | list_name | name | label::English (en) | label::Kiswahili (sw) |
    |        | abcd      | a    | Ampicillin | Ampicillin |
    |        | abcd      | b    | Nothing    | Hakuna |
"""  # noqa: E501
BLUEPRINT = {
    "instruments": [
        {
            "form": "role",
            "licence": "CC BY 4.0",
            "source": "Ours",
            "scales": [{"code": "clarity", "title": {"en": "Role clarity"}, "items": ["ra1"], "range": [1, 7]}],
            "tests": [{"code": "knowledge", "title": {"en": "Knowledge"}, "keys": {"q1": "a"}, "pass_mark": 60}],
        }
    ],
    "schedules": [
        {"code": "role", "title": {"en": "How clear is your work?"}, "form": "role", "who": ["mentee", "mentor"],
         "anchor": "enrolment", "waves": [{"code": "baseline"}]}
    ],
    "courses": [
        {"code": "care", "title": {"en": "Newborn care"}, "encounters": ["training"], "sessions": 1,
         "certificate": {"attendance": 1}}
    ],
}  # fmt: skip


@pytest.fixture
def asked(world):
    """Two people are due; Baraka is asked and gets a line. A course was held and certified."""
    programme, today = world.programme, clock.today()
    programme.blueprint = {**programme.blueprint, **BLUEPRINT}
    programme.save()
    forms.published(programme, FORM, form_id="role", purpose="survey")
    actions.bring_up_to_date(programme=programme, on=today, by=world.chiku, at=MORNING)
    row = Invitation.objects.get(person=world.baraka)
    given = {"programme": programme, "channel": "link", "base": "", "on": today, "by": world.chiku, "at": MORNING}
    (line,) = actions.ask(ids=[row.pk], **given)
    run = courses.begin(
        programme=programme, course="care", code="2026-03", from_on=date(2026, 3, 2), to_on=date(2026, 3, 3),
        place=None, by=world.chiku, at=MORNING,
    )  # fmt: skip
    courses.enrol(run=run, people=[world.baraka, world.amina], by=world.chiku, at=MORNING)
    records = Records(programme)
    records.type("training", mode="workshop")
    records.encounter(world.igoma, date(2026, 3, 2), world.baraka, type="training")
    from mlezi.places.scope import Scope  # noqa: PLC0415

    scope = Scope(ranges=(("/", "0"),), programmes=frozenset({programme.pk}))
    courses.issue(run=run, person_ids={world.baraka.pk}, scope=scope, on=today, by=world.chiku, at=MORNING)
    return line


def test_pages_hold_to_axe_and_to_the_screen(asked, browse, world):
    pages = {
        "tracker": "/mwanza/surveys/",
        "due": "/mwanza/surveys/due/",
        "people": "/mwanza/surveys/people/",
        "instruments": "/mwanza/surveys/instruments/",
        "instrument": "/mwanza/surveys/instruments/role/",
        "invitation": f"/mwanza/surveys/invitations/{asked.invitation.pk}/",
        "courses": "/mwanza/courses/",
        "run": "/mwanza/courses/2026-03/",
        "begin": "/mwanza/courses/begin/",
        "check": "/certificates/?code=AAAA-BBBB",
        "outcomes": "/mwanza/person-outcomes/",
        "outcomes-import": "/mwanza/person-outcomes/import/",
        "employment": "/mwanza/employment/",
        "code": "/answer/",
    }
    for name, address in pages.items():
        assert barriers(browse("chiku", address), name=name) == []
    page = browse("chiku", "/mwanza/surveys/due/")
    page.get_by_role("button", name="Get the lines to send").click()
    assert barriers(page, name="lines") == []
    assert barriers(browse("baraka", "/mwanza/courses/2026-03/mine/"), name="mine") == []


def test_a_link_answered_in_a_browser_without_an_account(asked, chromium, live_server, built, world):
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")
    page = context.new_page()
    page.goto(live_server.url + asked.link)
    page.locator("#form-place[data-ready=true]").wait_for()
    assert barriers(page, widths=[390], name="asked") == []
    page.locator("[data-name=ra1] input").fill("6")
    while page.get_by_role("button", name="Next").or_(page.get_by_role("button", name="Mbele")).count():
        page.get_by_role("button", name="Next").or_(page.get_by_role("button", name="Mbele")).first.click()
        if page.locator("[data-name=q1] label").count():
            page.locator("[data-name=q1] label").first.click()
    page.locator("button.btn-primary").last.click()
    page.wait_for_url("**sent=1**", timeout=15_000)
    assert barriers(page, widths=[390], name="answered") == []
    context.close()

    record = Submission.objects.get()
    assert record.sender == world.baraka
    runner.derive({record.pk}, at=clock.now() + timedelta(minutes=1))
    assert Filled.objects.get().wave == "baseline"
