"""A round of matching played from outside: files, pages, answers. People are made up; the facilities are real.

Reconstructed: no source publishes such a round. Mentors and mentees at facilities of Mwanza.
"""

import csv
import json
import re
import shutil
import urllib.parse
from datetime import timedelta

import openpyxl
import pytest

from mlezi.demo import stage
from mlezi.plumbing import clock
from tests.systems.play import BLUEPRINTS, Installation, eventually, free_port

pytestmark = [pytest.mark.enable_socket, pytest.mark.one_database]

CODE = "clinical-mentorship"
AT = f"/{CODE}/matching/"
TODAY = clock.today()
FACILITIES = stage.HERE / "data" / "facilities-mwanza.csv"
NEAR = ("Igoma Health Centre", "Ilemela")


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A programme with two mentors and five mentees, and the three people of this story signed in."""
    folder = tmp_path_factory.mktemp("round")
    shutil.copytree(BLUEPRINTS / CODE, folder / CODE)
    here = Installation(folder, free_port())
    here.mlezi("import", "places", FACILITIES, "--yes", "--note", "The district is approximate.")
    here.mlezi("apply", folder / CODE, "--place", "Mwanza")
    here.mlezi("import", "places", FACILITIES, "--yes", "--sites", "--programme", CODE)
    here.mlezi("import", "people", people(folder), "--yes", "--programme", CODE)
    with here.serving():
        here.farida = here.visitor("Farida Lyimo", role="manager", programme=CODE)
        here.zawadi = here.visitor("Zawadi Mushi", role="mentor", programme=CODE)
        here.rehema = here.visitor("Rehema Bundala", role="mentee", programme=CODE)
        yield here


def people(folder):
    path = folder / "people.csv"
    rows = [("name", "part", "cadre", "facility", "district")]
    rows += [(name, "mentor", "nurse_midwife", *NEAR) for name in ("Zawadi Mushi", "Yusufu Kweka")]
    rows += [(f"{name} Bundala", "mentee", "nurse", *NEAR) for name in ("Rehema", "Grace", "Halima", "Juma", "Asha")]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def says(here, visitor, **given):
    return visitor.submit(f"{AT}mine/profile/", **given)


def test_a_round_from_the_first_profile_to_the_next_waiting_list(here):
    """One story, in the order in which it happens."""
    says(here, here.zawadi, about="Midwife for twenty years.", places=2, total_places=2, skill_newborn=90)
    says(here, here.rehema, about="Two years in post.", need_newborn=3, wants=1)
    mentors = here.farida.text(f"{AT}mentors/")
    assert "2 places, new here" in mentors

    begins = (TODAY + timedelta(days=7)).isoformat()
    made = here.farida.submit(f"{AT}new/", title="First round", who="waiting", from_on=begins, answer_days=14)
    round_ = re.search(r"/matching/([0-9a-f-]{36})/", made.xpath("//main//a/@href[contains(., '/another/')]")[0])[1]
    at = f"{AT}{round_}/"

    # Two ways side by side: as the blueprint says, and with room for one mentee at most who named no number.
    here.farida.submit(f"{at}another/", title="Usual")
    here.farida.submit(f"{at}another/", title="Little room", max_mentees=1)
    eventually(lambda: "5 of 5" in here.farida.text(at) and "3 of 5" in here.farida.text(at), seconds=120)
    small = here.farida.text(f"{at}2/")
    assert "2 are left over" in small
    assert "one more mentee served" in small
    assert "no better one exists" in small

    # The certificate, as a page and as a file whose two sides are equal.
    assert "none" in here.farida.text(f"{at}1/certificate/")
    certificate = json.loads(here.farida.fetch(f"{at}1/certificate/?format=json")[1])["certificate"]
    assert certificate["worth"] == certificate["bound"]

    # Why this pair, and by hand another, with its price.
    pairs = here.farida.page(f"{at}2/pairs/")
    assert "They work at the same site." in pairs.text_content()
    address = pairs.xpath("//main//tbody//a/@href")[0]
    options = here.farida.page(address)
    assert "Put together" in options.text_content()

    # Nothing is sent before a policy is signed.
    refused = posted(here.farida, f"{at}2/", f"{at}2/publish/")
    assert refused[0] == 409
    assert b"Nobody has signed" in refused[1]
    here.farida.submit(f"{AT}policy/", use="not-collected", reason="Nobody needs it.")
    published = here.farida.submit(f"{at}2/", "//form[contains(@action, '/publish/')]")
    assert "3 requests were sent." in published.text_content()

    # Zawadi reads who asks, takes one on and says that nobody more can come; the second is then refused.
    mine = here.zawadi.page(f"{AT}mine/")
    yes = mine.xpath("//main//a[contains(@href, '/accept/')]/@href")
    assert len(yes) == 2
    here.zawadi.submit(yes[0], after="closed")
    status, body = posted(here.zawadi, yes[1], yes[1], after="open")
    assert status == 400
    assert b"takes nobody at the moment" in body
    no = here.zawadi.page(f"{AT}mine/").xpath("//main//a[contains(@href, '/decline/')]/@href")[0]
    here.zawadi.submit(no, after="closed", reason="time")

    # Who was declined heads the waiting list; the list is a file, too.
    waiting = here.farida.page(f"{AT}waiting/")
    assert len(waiting.xpath("//main//tbody/tr")) == 3
    assert b"Waits since" in here.farida.fetch(f"{AT}waiting/?format=csv")[1]
    requests = here.farida.text(f"{at}requests/")
    assert "declined" in requests
    assert "no time" in requests

    # A published round is not published again.
    assert posted(here.farida, f"{at}2/", f"{at}1/publish/")[0] == 409


def posted(visitor, page, to, **fields):
    """Send a form's token and these fields to an address; status and body, also of a refusal."""
    token = visitor.page(page).xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    status, body, _url = visitor.fetch(to, urllib.parse.urlencode({"csrfmiddlewaretoken": token} | fields).encode())
    return status, body


def test_a_mentee_wishes_reports_in_confidence_and_sees_only_their_own(here):
    page = here.rehema.text(f"{AT}mine/wishes/")
    assert "Zawadi Mushi" in page

    assert here.rehema.status(AT) == 403
    assert here.rehema.status(f"{AT}mentors/") == 403
    assert here.rehema.status(f"{AT}concerns/") == 403


def test_the_same_from_a_workbook_without_a_server(here):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in (
        ("mentees", [("name", "needs"), ("Rehema", "newborn 3"), ("Grace", "anc 1")]),
        ("mentors", [("name", "places", "skills"), ("Zawadi", 1, "newborn 90"), ("Yusufu", 1, "anc 80")]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(here.folder / "round.xlsx")

    answer = here.asked("match", here.folder / "round.xlsx")

    assert answer["proved"] is True
    assert {tuple(pair[:2]) for pair in answer["pairs"]} == {("Rehema", "Zawadi"), ("Grace", "Yusufu")}
    assert "proved" in (here.folder / "round-matched" / "report.txt").read_text()
