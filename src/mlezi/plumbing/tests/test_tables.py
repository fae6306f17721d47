"""One declaration; the page and the files agree."""

import io
from collections.abc import Sequence

import openpyxl
import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from mlezi.people.models import Person
from mlezi.plumbing import tables
from mlezi.plumbing.tables import Column, Filter, Table

TABLE = Table(
    name="people",
    columns=(
        Column("name", "Name", lambda row: row.name, link=lambda row: f"/people/{row.pk}", sort=("name",)),
        Column("cadre", "Cadre", lambda row: row.cadre, sort=("cadre",), badge=True),
        Column("id", "Number", lambda row: row.pk, numeric=True, in_page=False),
    ),
    filters=(
        Filter(
            "cadre",
            "Cadre",
            lambda request: [("", "all"), ("nurse", "Nurse")],
            lambda rows, chosen: rows.filter(cadre=chosen) if hasattr(rows, "filter") else rows.cadre == chosen,
        ),
    ),
    search=("name",),
    sort="name",
    page_size=2,
)


def ask(rows, **asked):
    return TABLE.listing(RequestFactory().get("/", asked), rows)


@pytest.fixture(params=["queryset", "list"])
def people(world, request):
    rows = Person.objects.all()
    return rows if request.param == "queryset" else list(rows)


def names(listing):
    return [row[0].value for row in listing.page]


def test_pages_follow_one_another(people):
    assert names(ask(people)) == ["Amina", "Baraka"]
    assert names(ask(people, page="4")) == ["Neema"]
    assert names(ask(people, page="400")) == ["Neema"]
    assert names(ask(people, page="x")) == ["Amina", "Baraka"]


def test_sorting_search_and_filters_stand_in_the_address(people):
    assert names(ask(people, sort="-name")) == ["Neema", "Farida"]
    assert names(ask(people, q="kA bar")) == ["Baraka"]
    assert names(ask(people, cadre="nurse")) == ["Baraka"]
    assert names(ask(people, cadre="no-such", sort="password")) == ["Amina", "Baraka"]
    assert ask(people, q="a b", page="2").as_csv == "?q=a+b&format=csv"


def test_files_hold_every_row_of_the_search_not_only_the_page(people):
    listing = ask(people, sort="-name", page="2")
    text = listing.file("csv").content.decode("utf-8-sig").splitlines()
    sheet = openpyxl.load_workbook(io.BytesIO(listing.file("xlsx").content)).active

    assert text[0] == "Name,Cadre,Number"
    assert [line.split(",")[0] for line in text[1:]] == [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert len(text) == 8


def test_the_partial_shows_rows_links_and_downloads(people):
    listing = ask(people)
    page = render_to_string("components/table.html", {"table": listing})

    assert f'<a href="/people/{Person.objects.get(name="Amina").pk}">Amina</a>' in page
    assert "?format=xlsx" in page
    assert "page 1 of 4" in page


def test_an_empty_table_says_what_to_do(people):
    assert "Nothing fits this search" in render_to_string("components/table.html", {"table": ask(people, q="zzz")})


def test_a_search_of_a_thousand_words_is_answered(people):
    assert names(ask(people, q="amina " * 1500)) == ["Amina"]
    assert names(ask(people, q="\0amina")) == ["Amina"]


def test_of_very_many_rows_not_all_are_counted_and_the_file_holds_them_all(world, monkeypatch):
    monkeypatch.setattr(tables, "MOST", 4)
    listing = ask(Person.objects.all(), page="9")
    page = render_to_string("components/table.html", {"table": listing})

    assert (listing.n_rows, listing.has_more, listing.page_number) == (4, True, 2)
    assert "More than 4 rows" in page
    assert len(listing.file("csv").content.decode().splitlines()) == 8
    assert not ask(Person.objects.filter(name__lt="D")).has_more


def test_what_is_read_page_by_page_keeps_its_order_and_offers_no_sorting(people):
    class Pages(Sequence):
        rows = sorted(people, key=lambda row: row.name)

        def __len__(self):
            return len(self.rows)

        def __getitem__(self, key):
            return self.rows[key]

    listing = ask(Pages(), sort="-name")
    assert names(listing) == ["Amina", "Baraka"]
    assert [column["address"] for column in listing.columns] == ["", ""]
