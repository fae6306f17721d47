"""S08, the words of ECHO tele-mentoring in Zambia. Reconstructed: who said what is made up so that the counts are the
published ones; the figures are computed from it, and the two that were misprinted come out right."""

import pytest

from tests.systems.words import CODE, percent

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

PEOPLE = 70
PROVINCES = {"Eastern": 18, "Lusaka": 18, "Southern": 17, "Western": 17}
# theme → how many of the seventy said it, and the share that follows. Printed were 22.8 for 16 and 11.5 for 8.
SAID = {
    "benefits.knowledge_skills": (46, "65.7"),
    "benefits.practice": (47, "67.1"),
    "enablers.presenter": (12, "17.1"),
    "enablers.ownership": (15, "21.4"),
    "enablers.coordination": (14, "20.0"),
    "barriers.inclusiveness": (16, "22.9"),
    "barriers.attitudes": (6, "8.6"),
    "barriers.connectivity": (34, "48.6"),
    "barriers.lack_of_ownership": (8, "11.4"),
    "barriers.workload": (22, "31.4"),
}


def sentence(theme: str) -> str:
    return f"We said much about {theme.rpartition('.')[2].replace('_', ' ')} today."


def groups() -> dict[str, str]:
    """One transcript a province. A theme said by n people is said by n neighbours in the row of seventy."""
    files, number = {}, 0
    for province, n in PROVINCES.items():
        lines = ["Moderator: What has changed, and what was hard?"]
        for place in range(1, n + 1):
            said = [sentence(theme) for at, (theme, (count, _)) in enumerate(SAID.items())
                    if (number - 7 * at) % PEOPLE < count]  # fmt: skip
            lines.append(f"R{place}: {' '.join(said) or 'I have nothing to add.'}")
            number += 1
        files[f"{province}.txt"] = "\r\n".join(lines)
    return files


@pytest.fixture(scope="module")
def analyst(words_house):
    analyst = words_house.analyst
    analyst.take_book("tele-mentoring")
    analyst.bring_in(groups(), kind="focus_group", study="S08")
    for text in analyst.texts("S08").values():
        analyst.code(text, {sentence(theme): [(theme, "")] for theme in SAID})
    analyst.chosen = f"book={analyst.book('tele-mentoring')}&study=S08"
    return analyst


def test_the_ten_frequencies_come_out_to_the_printed_digit(analyst):
    rows = {row["Theme"]: row for row in analyst.table(f"themes/?{analyst.chosen}")}

    found = {theme: (int(rows[theme]["n"]), percent(rows[theme])) for theme in SAID}
    assert found == SAID
    assert {row["N"] for row in rows.values()} == {"70"}


def test_each_share_has_wilsons_interval(analyst):
    rows = {row["Theme"]: row for row in analyst.table(f"themes/?{analyst.chosen}")}
    row = rows["benefits.knowledge_skills"]

    low, high = (round(100 * float(row[name]), 1) for name in ("Interval from", "Interval to"))
    assert (low, high) == (54.0, 75.8)


def test_a_count_opens_to_its_quotes_without_names(analyst):
    page = analyst.visitor.page(f"/{CODE}/themes/?{analyst.chosen}")
    link = page.xpath("//tr[.//th[contains(., 'Lack of ownership')]]//a[contains(@href, 'quotes')]/@href")[0]
    shown = analyst.visitor.page(link)

    quotes = shown.xpath("//mark")
    assert len(quotes) == 8
    assert all(quote.text_content() == sentence("barriers.lack_of_ownership") for quote in quotes)


def test_texts_by_province_are_counted_apart(analyst):
    rows = {row["Theme"]: row for row in analyst.table(f"themes/?{analyst.chosen}&base=documents")}

    assert rows["barriers.connectivity"]["N"] == "4"


def test_the_project_travels_and_comes_back_without_doubles(analyst):
    status, project, _ = analyst.visitor.fetch(f"/{CODE}/texts/project.qdpx")
    assert (status, project[:2]) == (200, b"PK")
    before = analyst.table(f"themes/?{analyst.chosen}")

    status, page, _ = analyst.post("texts/exchange/", file=("zambia.qdpx", project))

    assert status == 200
    assert analyst.table(f"themes/?{analyst.chosen}") == before, "the same texts, codes and stretches"
