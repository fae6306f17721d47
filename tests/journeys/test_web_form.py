"""Amina fills in a form at a desk: what she typed arrives byte for byte, and a closed tab loses nothing."""

import pytest
from lxml import etree

from mlezi.instruments.models import Submission
from mlezi.testing.makers import forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VISIT = """
    | settings |
    |          | form_id | version | form_title | default_language |
    |          | visit   | 1       | Visit      | English (en)     |
    | survey   |
    |          | type      | name   | label::English (en) | label::Kiswahili (sw) | required | relevant | constraint | constraint_message::English (en) | constraint_message::Kiswahili (sw) | calculation | appearance |
    |          | calculate | uid    |                  |             |     |                  |                |                   |                     | once(uuid())      |            |
    |          | begin_group | about | The visit      | Ziara       |     |                  |                |                   |                     |                   | field-list |
    |          | select_one_from_file facilities.csv | place | Which facility? | Kituo gani? | yes | |          |                   |                     |                   | minimal autocomplete |
    |          | date      | day    | On which day?    | Siku gani?  | yes |                  |                |                   |                     |                   |            |
    |          | select_one yn | held | Was it held?   | Ilifanyika? | yes |                  |                |                   |                     |                   | horizontal |
    |          | text      | why    | Why not?         | Kwa nini?   |     | ${held} = 'no'   |                |                   |                     |                   |            |
    |          | integer   | minutes | How many minutes? | Dakika ngapi? | yes | ${held} = 'yes' | . > 0 and . < 721 | Between 1 and 720. | Kati ya 1 na 720. |               |            |
    |          | end_group |        |                  |             |     |                  |                |                   |                     |                   |            |
    |          | begin_repeat | person | Person        | Mtu         |     |                  |                |                   |                     |                   |            |
    |          | text      | who    | Who?             | Nani?       | yes |                  |                |                   |                     |                   |            |
    |          | integer   | score  | Score?           | Alama?      |     |                  |                |                   |                     |                   |            |
    |          | end_repeat |       |                  |             |     |                  |                |                   |                     |                   |            |
    |          | calculate | total  |                  |             |     |                  |                |                   |                     | sum(${score})     |            |
    |          | note      | sum    | Total: ${total}  | Jumla: ${total} |  |                 |                |                   |                     |                   |            |
    |          | image     | photo  | A photograph     | Picha       |     |                  |                |                   |                     |                   |            |
    | choices  |
    |          | list_name | name | label::English (en) | label::Kiswahili (sw) |
    |          | yn        | yes  | Yes                 | Ndiyo                 |
    |          | yn        | no   | No                  | Hapana                |
"""  # noqa: E501
FILL = "/mwanza/forms/visit/fill/"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63fccfc0500f0004850180"
    "8ca98c0000000049454e44ae426082"
)
# Keeps what the page hands to the network, to compare with what the server stored.
WATCH = """
const real = window.fetch;
window.fetch = async (address, how) => {
  if (how && how.method === "PUT") sessionStorage.sent = await how.body.get("xml_submission_file").text();
  return real(address, how);
};
"""


@pytest.fixture
def visit(world):
    return forms.published(world.programme, VISIT)


def ask(page, name):
    return page.locator(f"[data-name={name}]")


def fill_first_page(page):
    ask(page, "place").get_by_text("Igoma Dispensary").click()
    ask(page, "day").locator("input").fill("2026-03-02")
    ask(page, "held").get_by_text("Yes").click()


def test_what_is_typed_arrives_byte_for_byte(world, visit, browse):
    page = browse("amina", FILL)
    page.add_init_script(WATCH)
    page.reload()
    ask(page, "held").wait_for()
    assert ask(page, "why").count() == 0
    fill_first_page(page)

    ask(page, "minutes").locator("input").fill("900")
    ask(page, "minutes").locator("input").blur()
    ask(page, "minutes").get_by_text("Between 1 and 720.").wait_for()
    page.get_by_role("button", name="Kiswahili").click()
    ask(page, "minutes").get_by_text("Kati ya 1 na 720.").wait_for()
    ask(page, "minutes").locator("input").fill("90")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Next").click()

    ask(page, "who").locator("input").fill("Baraka")
    ask(page, "score").locator("input").fill("3")
    page.get_by_role("button", name="Add: Person").click()
    ask(page, "who").nth(1).locator("input").fill("Neema")
    ask(page, "score").nth(1).locator("input").fill("4")
    page.get_by_role("button", name="Next").click()

    ask(page, "sum").get_by_text("Total: 7").wait_for()
    ask(page, "photo").locator("input").set_input_files(
        {"name": "image.png", "mimeType": "image/png", "buffer": PICTURE}
    )
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/mwanza/forms/visit/?sent=1")

    record = Submission.objects.get()
    assert bytes(record.xml).decode() == page.evaluate("sessionStorage.sent")
    assert (record.source, record.sender, record.form_version) == ("web", world.amina, visit)
    answers = etree.fromstring(bytes(record.xml))
    assert answers.xpath("//*[local-name()='who']/text()") == ["Baraka", "Neema"]
    assert answers.xpath("string(//*[local-name()='total'])") == "7"
    assert answers.xpath("string(//*[local-name()='place'])") == str(world.igoma.uid)
    assert [file.name for file in record.attachments.all()] == record.expected_files
    assert record.expected_files[0].endswith("-image.png")


def test_a_closed_tab_loses_nothing(world, visit, browse):
    page = browse("amina", FILL)
    ask(page, "held").wait_for()
    fill_first_page(page)
    ask(page, "minutes").locator("input").fill("45")
    page.get_by_text("Draft saved").wait_for()
    context = page.context
    page.close()

    again = browse("amina", FILL, context=context)
    again.get_by_role("button", name="Continue").click()

    ask(again, "minutes").wait_for()
    assert ask(again, "minutes").locator("input").input_value() == "45"
    assert ask(again, "place").get_by_label("Igoma Dispensary").is_checked()


def test_a_lost_connection_keeps_the_record_and_sends_the_same_bytes_later(world, visit, browse):
    page = browse("amina", FILL)
    page.add_init_script(WATCH)
    page.reload()
    ask(page, "held").wait_for()
    fill_first_page(page)
    ask(page, "minutes").locator("input").fill("45")
    page.get_by_role("button", name="Next").click()
    ask(page, "who").locator("input").fill("Baraka")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()

    page.route("**/desk/submission", lambda route: route.abort())
    page.get_by_role("button", name="Send", exact=True).click()
    page.get_by_text("There is no connection to the office.").wait_for()
    first = page.evaluate("sessionStorage.sent")
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("button", name="Send again").wait_for()
    assert page.evaluate("sessionStorage.sent") == first
    assert not Submission.objects.exists()

    page.unroute("**/desk/submission")
    page.goto(page.url.partition("#")[0])
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("Sent. Thank you.").wait_for()

    assert bytes(Submission.objects.get().xml).decode() == first == page.evaluate("sessionStorage.sent")


def test_what_is_missing_is_named_and_nothing_is_sent(world, visit, browse):
    page = browse("amina", FILL)
    ask(page, "held").wait_for()
    for _ in range(3):
        page.get_by_role("button", name="Next").click()

    assert page.get_by_text("Before this can be sent").is_visible()
    assert page.get_by_role("button", name="Send", exact=True).is_disabled()
    page.get_by_role("button", name="The visit").click()
    ask(page, "day").get_by_text("This must be answered.").wait_for()


def test_typed_in_from_paper_says_so(world, visit, browse):
    page = browse("amina", f"{FILL}?from=paper")
    ask(page, "held").wait_for()
    ask(page, "place").get_by_text("Igoma Dispensary").click()
    ask(page, "day").locator("input").fill("2026-03-02")
    ask(page, "held").get_by_text("No").click()
    ask(page, "why").locator("input").fill("Rain")
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Remove 1").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/mwanza/forms/visit/?sent=1")

    assert Submission.objects.get().source == "paper"
