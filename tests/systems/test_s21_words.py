"""S21, the interviews at the end of clinical mentorship in Mwanza. Reconstructed: 17 interviews, with 8 mentees, 5
mentors and 4 District Medical Officers; what they say is made up along the themes of the abstract."""

import pytest

from tests.systems.words import CODE

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

GROUPS = {"mentee": 8, "mentor": 5, "DMO": 4}
SAYS = {
    "benefits.confidence": "I am not afraid any more.",
    "challenges.equipment": "We have no doll to practise on.",
    "sustainability.district_plan": "It belongs into the district health plan.",
    "suggestions.refresher": "Mentors need a refresher.",
    "other": "The road was bad.",
}


def interview(who: str, n: int) -> str:
    said = [words for place, words in enumerate(SAYS.values()) if (n + place) % 2 or who == "mentee"]
    return f"Msaili: Karibu {who} {n}.\nMhojiwa: {' '.join(said)}\nMsaili: Asante.\nMhojiwa: Ni mimi, {who} {n}."


@pytest.fixture(scope="module")
def analyst(words_house):
    analyst = words_house.analyst
    for who, n in GROUPS.items():
        files = {f"{who} {k}.txt": interview(who, k) for k in range(1, n + 1)}
        analyst.bring_in(files, kind="interview", study="S21")
    for label, text in analyst.texts("S21").items():
        group = label.partition(" ")[0]
        page = analyst.visitor.page(f"/{CODE}/texts/{text}/")
        voice = page.xpath("//a[contains(@href, '/speaks/?who=')]/text()")[0]
        analyst.post(f"texts/{text}/speaks/", label=voice, speaker="Mhojiwa", group=group, consent="given")
        analyst.code(text, {words: [(path, "")] for path, words in SAYS.items()})
    analyst.chosen = f"book={analyst.book('Experiences with mentorship')}&study=S21"
    return analyst


@pytest.fixture(scope="module")
def manager(words_house):
    return words_house.visitor("Farida Lyimo", role="manager", programme=CODE)


def squeezed(visitor, query: str) -> str:
    """The page of themes without its blanks."""
    return visitor.text(f"/{CODE}/themes/?{query}").replace(" ", "")


def test_seventeen_people_and_five_themes_from_the_blueprints_own_codebook(analyst):
    rows = analyst.table(f"themes/?{analyst.chosen}")
    top = {row["Theme"] for row in rows if "." not in row["Theme"]}

    assert top == {"benefits", "challenges", "sustainability", "suggestions", "other"}
    assert {row["N"] for row in rows} == {"17"}
    assert all(int(row["n"]) > 0 for row in rows if row["Theme"] in top)


def test_groups_of_eight_five_and_four_stand_side_by_side_for_those_who_read(analyst):
    text = squeezed(analyst.visitor, f"{analyst.chosen}&by=group")

    assert "menteeN=8" in text
    assert "mentorN=5" in text
    assert "DMON=4" in text


def test_the_manager_sees_counts_with_small_groups_hidden_and_no_quote(analyst, manager):
    text = squeezed(manager, f"{analyst.chosen}&by=group")

    assert "DMON=hidden" in text
    assert "DMON=4" not in text
    assert manager.status(f"/{CODE}/themes/quotes/?code=1") == 403
    assert manager.status(f"/{CODE}/texts/") == 403
