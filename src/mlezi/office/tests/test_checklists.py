"""A checklist made into a form: what its records found, for the district, at the facility and at the encounter."""

from datetime import UTC, datetime, timedelta
from textwrap import dedent

import pytest

from mlezi.formats.checklist import composing, reading
from mlezi.plumbing import clock
from mlezi.plumbing.templatetags.furniture import day
from mlezi.testing.makers import forms, meetings

TABLE = """
    | section | section_title | code | label::en | label::sw | type | scoring | na | must pass | skill |
    | hands | Hand hygiene | wash | Washes hands | Ananawa mikono | yes_no | | y | x | y |
    | hands | Hand hygiene | rub | Has hand rub | Ana kitakasa mikono | yes_no | | y | | |
    | tools | Clean tools | tray | Has a clean tray | Ana trei safi | yes_no | | y | | |
"""


def checked(place, on, *, wash="yes", rub="yes", tray="yes", because="equipment"):
    """What a phone would send, scores included."""

    def share(*words):
        known = [word == "yes" for word in words if word != "na"]
        return round(100 * sum(known) / len(known), 1) if known else ""

    said = {"wash": wash, "rub": rub, "tray": tray}
    why = {f"{code}_because": because for code, word in said.items() if word == "no"}
    return {
        "encounter": str(meetings.uid(f"{place.code} {on}")), "place": str(place.uid), "held_on": f"{on}",
        "wash_basis": "patient", "hands_score": share(wash, rub), "tools_score": share(tray),
        "hygiene_all_score": share(wash, rub, tray), **said, **why,
    }  # fmt: skip


@pytest.fixture
def visits(world):
    """Igoma was checked twice, Kisesa (in another district) once; a form about a person is none of it."""
    found = meetings.programme(world)
    table = dedent(TABLE).strip().encode()
    book = composing.compose(reading.read(table, "hygiene.md").checklist, form_id="hygiene")
    found.forms["hygiene"] = forms.published(world.programme, book.markdown().decode(), form_id="hygiene")
    found.visit.forms = [*found.visit.forms, "hygiene"]
    found.visit.save()
    today = clock.today()
    for place, back, said in (
        (world.igoma, 60, {"wash": "no", "because": "skill", "rub": "no"}),
        (world.igoma, 20, {"rub": "no", "tray": "na"}),
        (world.kisesa, 15, {"tray": "no"}),
    ):
        then = today - timedelta(days=back)
        at = datetime(then.year, then.month, then.day, 12, tzinfo=UTC)
        found.send("hygiene", checked(place, then, **said), at=at, by=world.amina)
        found.derive(at=at)
    rated = {"encounter": str(meetings.uid("rated")), "day": f"{today}", "mentee": str(world.baraka.uid),
             "hands": "no", "total": "10"}  # fmt: skip
    found.send("rating", rated, at=clock.now(), by=world.amina)
    found.derive(at=clock.now())
    return found


def text(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rows(answer):
    """The lines of the page's table as cells."""
    table = answer.context["table"].page
    return [[plain(cell.value) for cell in line] for line in table]


def plain(value):
    return value.replace("\u00a0", " ") if isinstance(value, str) else value


def test_the_overseer_sees_the_newest_score_of_each_facility_of_the_district(visits, sign_in):
    answer = sign_in("eliya").get("/mwanza/checklists/")

    assert rows(answer) == [
        ["Igoma Dispensary", "Nyamagana", "50 %", "+17", "Hand hygiene (50 %)", 1, rows(answer)[0][6]]
    ]
    assert "Kisesa" not in text(answer)
    assert "Rating" not in [title for _, title in _choices(answer, "form")]


def test_the_record_opens_down_to_its_bytes(visits, sign_in):
    eliya = sign_in("eliya")
    line = eliya.get("/mwanza/checklists/").context["table"].page[0]
    link = next(cell.link for cell in line if "/records/" in cell.link)

    assert eliya.get(link).status_code == 200
    assert eliya.get(f"{link}bytes").status_code == 200


def test_items_tell_how_often_they_were_not_met_and_why(visits, sign_in):
    answer = sign_in("chiku").get("/mwanza/checklists/items/")

    found = {row[0]: row[1:] for row in rows(answer)}
    assert found["Has hand rub"] == ["Hand hygiene", 3, 2, "67 %", 1, 1, 0, 0]
    assert found["Has a clean tray"] == ["Clean tools", 2, 1, "50 %", 0, 1, 0, 0]  # one did not apply
    assert found["Washes hands (must be met)"] == ["Hand hygiene", 3, 1, "33 %", 1, 0, 0, 0]
    assert len(found) == 3


def test_an_item_opens_to_where_it_was_not_met(visits, sign_in):
    chiku = sign_in("chiku")
    line = next(row for row in chiku.get("/mwanza/checklists/items/").context["table"].page if "tray" in row[0].value)

    answer = chiku.get(line[0].link)

    assert [row[0] for row in rows(answer)] == ["Kisesa Dispensary"]
    assert "Where “Has a clean tray” was not met." in text(answer)
    assert [row[1:] for row in rows(chiku.get("/mwanza/checklists/?item=wash"))] == [
        ["Nyamagana", "skill", plain(day(clock.today() - timedelta(days=60)))]
    ]


def test_a_form_of_items_alone_is_told_without_scores(world, sign_in):
    found = meetings.programme(world)
    table = """
        | survey |
        |        | type | name  | label | bind::mlezi:as  |
        |        | text | uid   | Uid   | encounter       |
        |        | text | where | Where | encounter.place |
        |        | text | day   | Day   | encounter.date  |
        |        | text | clean | Clean | item:clean      |
    """
    found.forms["clean"] = forms.published(world.programme, table, form_id="clean")
    found.visit.forms = ["clean"]
    found.visit.save()
    today = clock.today()
    answers = {"uid": str(meetings.uid("clean")), "where": "IGO", "day": f"{today}", "clean": "no"}
    found.send("clean", answers, at=clock.now(), by=world.amina)
    found.derive(at=clock.now())

    answer = sign_in("eliya").get("/mwanza/checklists/?form=clean")

    assert rows(answer) == [["Igoma Dispensary", "Nyamagana", 1, plain(day(today))]]


def test_the_file_has_a_column_for_each_section(visits, sign_in):
    answer = sign_in("chiku").get("/mwanza/checklists/?format=csv")

    header, *lines = answer.content.decode("utf-8-sig").splitlines()
    assert header.endswith("Hand hygiene,Clean tools")
    assert len(lines) == 2


def test_the_facility_and_the_encounter_say_what_was_not_met(visits, world, sign_in):
    eliya = sign_in("eliya")
    at_facility = eliya.get("/mwanza/facilities/IGO/").context["checked"]
    then = clock.today() - timedelta(days=60)
    at_visit = eliya.get(f"/mwanza/encounters/{meetings.uid(f'IGO {then}')}/").context["checked"]

    assert [(plain(one["score"]), [item["title"] for item in one["not_met"]]) for one in at_facility] == [
        ("50 %", ["Has hand rub"])
    ]
    section = at_facility[0]["sections"][0]
    assert (section["title"], plain(section["now"]), section["change"]) == ("Hand hygiene", "50 %", "+50")
    assert [item["because"] for item in at_visit[0]["not_met"]] == ["skill", "skill"]
    for panel in (at_facility[0], at_visit[0]):
        opened = eliya.get(panel["all_url"])
        assert ("IGO", "Igoma Dispensary") in _choices(opened, "place")
        assert [row[0] for row in rows(opened)] == ["Igoma Dispensary"]


def test_days_and_the_district_narrow_it(visits, sign_in):
    chiku = sign_in("chiku")

    assert [row[0] for row in rows(chiku.get("/mwanza/checklists/"))] == ["Igoma Dispensary", "Kisesa Dispensary"]
    assert [row[0] for row in rows(chiku.get("/mwanza/checklists/?place=MAG"))] == ["Kisesa Dispensary"]
    assert [row[0] for row in rows(chiku.get("/mwanza/checklists/?period=16d"))] == ["Kisesa Dispensary"]


def test_it_speaks_the_readers_language(visits, sign_in):
    answer = sign_in("chiku").get("/mwanza/checklists/items/", headers={"accept-language": "sw"})

    assert "Ana kitakasa mikono" in {row[0] for row in rows(answer)}


def test_without_any_checklist_the_page_says_how_to_come_by_one(world, sign_in):
    meetings.programme(world)

    assert "No form here is a checklist yet." in text(sign_in("chiku").get("/mwanza/checklists/"))


def _choices(answer, key):
    return next((one["choices"] for one in answer.context["filters"] if one["key"] == key), [])
