"""S18, the interviews about mentored research training in rural Victoria. Reconstructed: 16 interviews with 11 people,
at 3 and at 16 months, 5 people at both; what they say is made up."""

import io

import pytest
from openpyxl import load_workbook

from tests.systems.words import CODE

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

EARLY, LATE = [f"P{n}" for n in range(1, 9)], [f"P{n}" for n in range(4, 12)]  # P4 to P8 are heard twice
THEMES = {"Time": "There was never enough time.", "Support": "My mentor answered every question.",
          "Confidence": "I can read a paper now."}  # fmt: skip


def interviews(people: list[str], first: int) -> dict[str, str]:
    names = list(THEMES)
    return {
        f"{who} at {first} months.txt": f"Interviewer: How is it going?\n{who}: {THEMES[names[n % 3]]} "
        f"{THEMES[names[(n + first) % 3]]}\nInterviewer: Thank you.\n{who}: Goodbye from interview {who}-{first}."
        for n, who in enumerate(people)
    }


@pytest.fixture(scope="module")
def analyst(words_house):
    analyst = words_house.analyst
    for wave, people, months in (("3 months", EARLY, 3), ("16 months", LATE, 16)):
        analyst.bring_in(interviews(people, months), kind="interview", wave=wave, study="S18")
    status, _, where = analyst.post("codebooks/new/", code="evidence", title="Evidence in practice", source="")
    assert status == 200
    number = where.rstrip("/").rpartition("/")[2]
    for theme in THEMES:
        facts = {"title": theme, "code": theme.lower(), "parent": "", "title_sw": ""}
        assert analyst.post(f"codebooks/{number}/codes/new/", **facts)[0] == 200
    for label, text in analyst.texts("S18").items():
        say_who(analyst, text, label.partition(" ")[0])
        analyst.code(text, {words: [(theme.lower(), "")] for theme, words in THEMES.items()})
    analyst.chosen = f"book={number}&study=S18"
    return analyst


def say_who(analyst, text: str, who: str) -> None:
    """The keeper says that this speaker is the participant of that label, in both interviews; the label made up on
    arrival is withdrawn."""
    page = analyst.visitor.page(f"/{CODE}/texts/{text}/")
    made_up = page.xpath("//a[contains(@href, '/speaks/?who=')]/text()")
    analyst.post(f"texts/{text}/speaks/", label=f"Person {who}", speaker=who, consent="given", group="")
    for label in made_up:
        analyst.post(f"texts/{text}/speaks/", label=label, speaker=who, consent="withdrawn", group="")


def test_sixteen_interviews_are_with_eleven_people_of_whom_five_are_heard_twice(analyst):
    rows = analyst.table(f"themes/matrix/?{analyst.chosen}")

    assert len(rows) == 16
    people = [row["Participant"] for row in rows]
    assert len(set(people)) == 11
    assert sum(people.count(who) == 2 for who in set(people)) == 5
    assert {row["Time point"] for row in rows} == {"3 months", "16 months"}


def test_the_matrix_is_a_workbook_of_people_by_themes(analyst):
    status, body, _ = analyst.visitor.fetch(f"/{CODE}/themes/matrix/?{analyst.chosen}&format=xlsx")
    sheet = load_workbook(io.BytesIO(body)).active

    assert status == 200
    themes = ["Time", "Support", "Confidence"]
    assert [cell.value for cell in sheet[1]] == ["Participant", "Time point", *themes, "How N was found"]
    assert sheet.max_row == 17


def test_the_share_is_of_people_not_of_interviews(analyst):
    people = {row["Theme"]: row for row in analyst.table(f"themes/?{analyst.chosen}")}
    texts = {row["Theme"]: row for row in analyst.table(f"themes/?{analyst.chosen}&base=documents")}

    assert people["time"]["N"] == "11"
    assert texts["time"]["N"] == "16"
    assert int(people["time"]["n"]) < int(texts["time"]["n"])
