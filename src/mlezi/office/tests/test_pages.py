"""Pages say what the records say, open to them, and say *no data* where there is nothing."""

import csv
import io

from mlezi.plumbing import clock


def test_the_district_page_opens_its_coverage_to_facilities(world, month, sign_in):
    eliya = sign_in("eliya")
    page = eliya.get("/mwanza/districts/NYA/").content.decode()
    figure = eliya.get("/mwanza/figures/overdue_facilities/?place=NYA").content.decode()

    assert "/mwanza/figures/overdue_facilities/?place=NYA" in page
    assert "Igoma Dispensary" in figure


def test_nothing_recorded_says_no_data_and_not_zero(world, sign_in):
    page = sign_in("eliya").get("/mwanza/districts/NYA/").content.decode()

    rated = page.split('figure-name">Competencies at or above')[1].split("</div>")[0]
    assert "no data" in rated
    assert "0" not in rated.split("figure-note")[0]


def test_hours_say_how_many_there_were_in_all(world, month, sign_in):
    page = sign_in("eliya").get("/mwanza/figures/hours_held/?place=NYA").content.decode()

    hours = f"{month['visit'].minutes / 60:.1f}"
    assert f"{hours} hours in all." in page


def test_a_figure_opens_down_to_the_bytes(world, month, sign_in):
    """Figure → encounter → record → the fingerprint of what was sent."""
    eliya = sign_in("eliya")
    visit, record = month["visit"], month["record"]

    figure = eliya.get("/mwanza/figures/encounters_held/?place=NYA").content.decode()
    assert f"/mwanza/encounters/{visit.uid}/" in figure
    meeting = eliya.get(f"/mwanza/encounters/{visit.uid}/").content.decode()
    assert f"/mwanza/records/{record.pk}/" in meeting
    assert record.sha256 in eliya.get(f"/mwanza/records/{record.pk}/").content.decode()


def test_a_mentor_sees_who_needs_them_and_why(world, month, sign_in):
    page = sign_in("amina").get("/mwanza/mine/").content.decode()

    assert "Baraka" in page
    assert "1 action overdue" in page


def test_a_mentee_sees_what_was_agreed_and_what_is_next(world, month, sign_in):
    page = sign_in("baraka").get("/mwanza/me/").content.decode()

    assert "Restock gloves" in page
    assert "Agreed at the last visit" in page
    assert "0 of 1 competencies reached" in page


def test_an_action_is_marked_done_and_stays_told(world, month, sign_in):
    chiku, action = sign_in("chiku"), month["action"]

    answer = chiku.post(f"/mwanza/actions/{action.pk}/decide", {"outcome": "done", "note": "seen"}, follow=True)

    page = answer.content.decode()
    assert "seen" in page
    assert "overdue" not in page


def test_a_need_is_decided_by_the_overseer(world, month, sign_in):
    answer = sign_in("eliya").post(f"/mwanza/needs/{month['need'].pk}/decide", {"outcome": "met"}, follow=True)

    assert "met" in answer.content.decode()


def test_a_mentee_cannot_decide_about_a_need(world, month, sign_in):
    answer = sign_in("baraka").post(f"/mwanza/needs/{month['need'].pk}/decide", {"outcome": "met"})

    assert answer.status_code == 403


def test_every_table_comes_as_a_file_with_the_same_rows(world, month, sign_in):
    chiku = sign_in("chiku")
    for name in ("actions", "needs", "encounters", "facilities", "desk/due", "figures/overdue_facilities"):
        rows = list(csv.reader(io.StringIO(chiku.get(f"/mwanza/{name}/?format=csv").content.decode("utf-8-sig"))))
        assert len(rows) >= 2, name
        assert chiku.get(f"/mwanza/{name}/?format=xlsx").content[:2] == b"PK"


def test_the_due_list_is_lines_of_text(world, month, sign_in):
    text = sign_in("chiku").get("/mwanza/desk/due/?format=txt").content.decode()

    assert text.startswith("\tHello Amina.")
    assert "1 agreement is late" in text


def test_search_finds_only_what_is_theirs(world, month, sign_in):
    found = sign_in("eliya").get("/mwanza/search/?q=disp").content.decode()

    assert "Igoma Dispensary" in found
    assert "Kisesa" not in found  # in Magu, which is not Eliya's


def test_the_facility_page_tells_its_last_visit(world, month, sign_in):
    page = sign_in("eliya").get("/mwanza/facilities/IGO/").content.decode()

    assert "10 days ago" in page
    assert str(clock.today().year) in page
