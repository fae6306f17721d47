"""S02, barriers and facilitators of coaching: a running programme's own table from its interviews, by construct and
month, and what a blueprint is asked for. Reconstructed: the interviews are made up."""

import pytest

from tests.systems.words import CODE

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

SAYS = {
    "Our hours are protected.": [("inner_setting.available_resources", "helps")],
    "Nobody speaks openly.": [("inner_setting.culture.learning_centeredness", "hinders")],
    "Other work comes first.": [("inner_setting.relative_priority", "hinders")],
    "We planned it together.": [("process.planning", "helps")],
}


def interview(month: str, n: int) -> str:
    words = list(SAYS)
    return f"Interviewer: {month}?\nP{n}: {words[n % 4]} {words[(n + 1) % 4]}\nInterviewer: {n}.\nP{n}: Yes."


@pytest.fixture(scope="module")
def analyst(words_house):
    analyst = words_house.analyst
    analyst.take_book("cfir-2022")
    for month in ("2026-03-10", "2026-04-10"):
        files = {f"{month} {n}.txt": interview(month, n) for n in range(6)}
        analyst.bring_in(files, kind="interview", held_on=month, study="S02")
    for text in analyst.texts("S02").values():
        analyst.code(text, SAYS)
    return analyst


def test_constructs_are_counted_as_barrier_and_facilitator_and_add_up_to_domains(analyst):
    rows = {row["Construct"]: row for row in analyst.table("themes/barriers/?base=documents&study=S02")}

    assert rows["process.planning"]["Barrier"] == "0"
    assert int(rows["inner_setting"]["Facilitator"]) > 0
    assert int(rows["inner_setting"]["Barrier"]) > 0
    assert int(rows["inner_setting"]["All"]) == 12, "every text says something of the inner setting"


def test_the_table_goes_by_month(analyst):
    text = analyst.visitor.text(f"/{CODE}/themes/barriers/?study=S02")

    assert "2026-03" in text
    assert "2026-04" in text


def test_the_programme_is_asked_for_what_is_known_to_help(analyst):
    text = analyst.visitor.text(f"/{CODE}/readiness/")

    assert "Protected time for mentors" in text
    assert "Who reads what is said in coaching" in text, "safety is not in place by the blueprint's word"
