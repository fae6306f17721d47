"""A real checklist, filled in a browser: its scores are those its sentences say, and the overseer sees them."""

from fractions import Fraction
from pathlib import Path

import pytest
from lxml import etree

import mlezi.formats
from mlezi.audit import worker
from mlezi.audit.actions import COMMAND_LINE
from mlezi.encounters.models import EncounterType
from mlezi.formats.checklist import composing, reading
from mlezi.instruments.actions import publishing
from mlezi.instruments.models import Submission
from mlezi.plumbing import clock
from mlezi.testing.barriers import barriers
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import meetings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILE = Path(mlezi.formats.__file__).parent / "tests" / "data" / "checklist-infection-prevention.xlsx"

# Answers what stands on the page, like somebody in a hurry: every third item is not met, of things to
# tick the first five are; then gives the first reason wherever one is asked.
ANSWER = """() => {
  const boxes = [...document.querySelectorAll(".form-page .ask")];
  for (const box of boxes) {
    const inputs = [...box.querySelectorAll("input[type=radio], input[type=checkbox]")];
    if (!inputs.length || inputs.some((input) => input.checked)) continue;
    if (inputs[0].type === "checkbox") inputs.slice(0, 5).forEach((input) => input.value !== "none" && input.click());
    else if (inputs.length === 2) inputs[(window.n = (window.n ?? 0) + 1) % 3 ? 0 : 1].click();
    else inputs[0].click();
  }
  return document.querySelectorAll(".form-page .ask").length;
}"""


def expected(checklist, answers):
    """Scores from the rules alone, without a form."""
    scores, all_points = {}, []
    for section in checklist.sections:
        points = []
        for item in section.items:
            given = answers[item.code]
            value = len([word for word in given.split() if word != "none"]) if item.kind == "tick_all" else given
            points.append(item.rule.points(value))
        scores[section.code] = round(float(100 * sum(points, Fraction(0)) / len(points)), 1)
        all_points += points
    scores["c6_all"] = round(float(100 * sum(all_points, Fraction(0)) / len(all_points)), 1)
    return scores


def test_scores_are_those_the_sentences_say_and_the_overseer_sees_them(world, browse):
    checklist = reading.read(FILE.read_bytes(), FILE.name).checklist
    book = composing.compose(checklist)
    meetings.programme(world)
    EncounterType.objects.update(forms=["checklist_c6"])
    publishing.publish(programme=world.programme, source=book.workbook(), name="c6.xlsx", by=COMMAND_LINE, at=MORNING)
    page = browse("amina", "/mwanza/forms/checklist_c6/fill/")
    page.locator("[data-name=place]").get_by_text("Igoma Dispensary").click()
    while page.get_by_role("button", name="Next").is_visible():
        before = -1
        while (now := page.evaluate(ANSWER)) != before:
            before = now
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/?sent=1")

    record = etree.fromstring(bytes(Submission.objects.get().xml))
    answers = {etree.QName(element).localname: element.text or "" for element in record.iter() if not len(element)}
    shown = {code: float(answers[f"{code}_score"]) for code in expected(checklist, answers)}
    assert shown == expected(checklist, answers)
    assert 0 < shown["c6_all"] < 100
    failed = [item.code for item in checklist.items if answers.get(f"{item.code}_because")]
    assert len(failed) > 20

    worker.drain(at=clock.now())
    page = browse("eliya", "/mwanza/checklists/")
    told = page.locator(".table-stack tbody tr").filter(has_text="Igoma Dispensary").inner_text()
    assert f"{round(shown['c6_all'])}\u00a0%" in told
    assert barriers(page, name="checklists") == []
    page.get_by_role("link", name="By item").click()
    assert page.locator(".table-stack tbody tr").count() == len(checklist.items)
    assert barriers(page, name="checklist-items") == []
    page.goto(page.url.replace("checklists/items/", "facilities/IGO/"))
    page.get_by_text("Which, and why").click()
    assert barriers(page, name="checklist-at-facility") == []
    page.locator(".panel", has_text=f"{len(failed)} items were not met").get_by_role("link").nth(1).click()
    page.wait_for_url("**/records/**")
