"""What an address asks stays asked: choosing a period, searching or filtering never leaves the place by itself."""

import csv
import io
import re
from datetime import date
from uuid import NAMESPACE_URL, uuid5

import openpyxl

from mlezi.evaluation import rollups
from mlezi.testing.makers.records import Records


def main(client, address):
    return client.get(f"/mwanza/{address}").content.decode().split("<main", 1)[1]


def fields(page):
    """What the page's forms send by themselves."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def test_another_period_of_all_figures_is_of_the_same_place(world, month, sign_in):
    assert fields(main(sign_in("chiku"), "figures/?place=NYA"))["place"] == "NYA"


def test_another_period_of_a_figure_keeps_what_it_was_narrowed_to_and_its_order(world, month, sign_in):
    page = main(sign_in("chiku"), "figures/needs_open/?place=NYA&item=bag_mask&sort=-place&page=3")

    assert fields(page) == {"place": "NYA", "item": "bag_mask", "sort": "-place"}


def test_a_search_among_facilities_keeps_district_and_period(world, month, sign_in):
    page = main(sign_in("chiku"), "facilities/?place=NYA&period=90d")

    assert 'name="place" value="NYA"' in page.split('role="search"')[1]
    assert 'name="period" value="90d"' in page.split('role="search"')[1]


def test_a_list_says_to_which_place_it_is_narrowed_and_lets_it_be_left(world, month, sign_in):
    for name in ("actions", "needs", "encounters"):
        page = main(sign_in("chiku"), f"{name}/?place=IGO")
        assert '<option value="IGO" selected>Igoma Dispensary</option>' in page, name
        assert '<option value="NYA">' in page, name
        assert '<option value="IGO"' not in main(sign_in("chiku"), f"{name}/"), name


def test_a_place_out_of_reach_is_not_named(world, month, sign_in):
    assert "Kisesa" not in main(sign_in("eliya"), "actions/?place=KIS")


def test_an_empty_list_that_hides_what_is_closed_shows_the_way_to_all(world, month, sign_in):
    chiku = sign_in("chiku")
    chiku.post(f"/mwanza/actions/{month['action'].pk}/decide", {"outcome": "done"})

    page = main(chiku, "actions/")

    assert "Nothing fits this search." in page
    assert "Restock gloves" in main(chiku, "actions/" + re.search(r'<a href="(\?state=[^"]*)">Show all', page)[1])


def test_a_narrowed_figure_tells_of_the_same_records_as_its_list(world, month, sign_in):
    records = Records(world.programme)
    records.need(world.igoma, "gloves", month["need"].found_on)
    chiku = sign_in("chiku")

    assert re.search(r'figure-value">2 ', main(chiku, "figures/needs_open/?place=NYA"))
    assert re.search(r'figure-value">1</p>', main(chiku, "figures/needs_open/?place=NYA&item=gloves"))


def test_the_brief_of_a_month_that_was_chosen_is_of_that_month(world, month, sign_in):
    page = main(sign_in("eliya"), "districts/NYA/?period=2026-03")

    assert "brief.pdf?period=2026-03" in page
    assert 'brief.pdf"' in main(sign_in("eliya"), "districts/NYA/?period=2026-Q1")


def test_files_of_two_pages_say_the_same_of_a_district(world, month, sign_in):
    """Counts whole, shares as shares that a workbook shows as per cent."""
    neema, found = sign_in("neema"), {}
    for name in ("national", "districts"):
        address = f"/mwanza/{name}/?period=2026-Q1&format="
        lines = list(csv.DictReader(io.StringIO(neema.get(address + "csv").content.decode("utf-8-sig"))))
        sheet = openpyxl.load_workbook(io.BytesIO(neema.get(address + "xlsx").content)).active
        head = [cell.value for cell in sheet[1]]
        row = next(row for row in sheet.iter_rows(min_row=2) if row[head.index("District")].value == "Nyamagana")
        share, count = (row[head.index(title)] for title in ("Facilities visited of those due", "Needs open"))
        words = next(line for line in lines if line["District"] == "Nyamagana")
        assert share.number_format == "0.0%"
        assert "." not in words["Needs open"]
        assert float(words["Facilities visited of those due"]) == share.value
        found[name] = (share.value, count.value)
    assert found["national"] == found["districts"]


def test_a_report_of_one_region_names_it_at_its_districts(world, month, sign_in):
    lines = sign_in("chiku").get("/mwanza/national/?place=MWZ&period=2026-Q1&format=csv").content.decode("utf-8-sig")

    assert "Nyamagana,Mwanza" in lines


def test_what_came_late_is_the_same_on_the_page_about_trust_and_as_a_figure(world, month, sign_in):
    """Nine days after the meeting is late by both: more than a week."""
    records, day = Records(world.programme), date(2026, 3, 2)
    records.types["visit"] = month["visit"].type
    for name, days in (("soon", 7), ("late", 9)):
        records.encounter(world.igoma, day, lead=world.amina, uid=uuid5(NAMESPACE_URL, name),
                          days_to_receipt=days)  # fmt: skip
    rollups.rebuild(world.programme)
    chiku = sign_in("chiku")

    assert re.search(r"1\sof\s2;", main(chiku, "trust/?month=2026-03"))
    assert "1 of 2." in main(chiku, "figures/received_late/?place=NYA&period=2026-03")
