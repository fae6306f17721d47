"""The pages about forms: look first, publish, print, retire; and nobody else's."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.instruments.actions import receiving
from mlezi.instruments.models import FormVersion
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms
from mlezi.testing.makers.forms import source

pytestmark = pytest.mark.one_database

VISIT = """
    | settings |
    |          | form_id | version | form_title |
    |          | visit   | 1       | Visit      |
    | survey   |
    |          | type          | name    | label::English (en) | label::Kiswahili (sw) | relevant        | calculation  | bind::mlezi:as   |
    |          | calculate     | uid     |                     |                       |                 | once(uuid()) | encounter        |
    |          | select_one yn | held    | Was it held?        | Ilifanyika?           |                 |              | encounter.held   |
    |          | date          | day     | On which day?       | Siku gani?            | ${held} = 'yes' |              | encounter.date   |
    |          | begin_repeat  | person  | Person              | Mtu                   |                 |              |                  |
    |          | text          | who     | Who?                | Nani?                 |                 |              | participant      |
    |          | end_repeat    |         |                     |                       |                 |              |                  |
    | choices  |
    |          | list_name | name | label::English (en) | label::Kiswahili (sw) |
    |          | yn        | yes  | Yes                 | Ndiyo                 |
    |          | yn        | no   | No                  | Hapana                |
"""  # noqa: E501
BROKEN = "| survey |\n| | type | name | label |\n| | tekst | a | A |\n"


def file(text: str, name: str = "visit.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, source(text))


def test_a_coordinator_looks_first_and_then_publishes(world, sign_in):
    chiku = sign_in("chiku")

    shown = chiku.post("/mwanza/forms/new/", {"file": file(VISIT)})
    assert "Form visit, version 1. Nothing is published yet." in shown.content.decode()
    assert not FormVersion.objects.exists()

    hidden = {"name": "visit.md", "source": base64.b64encode(source(VISIT)).decode()}
    done = chiku.post("/mwanza/forms/new/confirm/", hidden, follow=True)

    assert done.redirect_chain == [("/mwanza/forms/visit/", 302)]
    assert "Version 1 is what phones get." in done.content.decode()


def test_what_must_be_mended_is_told_with_its_row(world, sign_in):
    answer = sign_in("chiku").post("/mwanza/forms/new/", {"file": file(BROKEN)})

    assert answer.status_code == 422
    assert "survey, row 2, column type" in answer.content.decode()
    assert "tekst is not a type of question" in answer.content.decode()


def test_a_page_that_lost_its_file_asks_again(world, sign_in):
    answer = sign_in("chiku").post("/mwanza/forms/new/confirm/", {"name": "a.md", "source": "%%%"})

    assert "Choose it again" in answer.content.decode()


def test_the_sheet_says_when_to_skip_in_words_and_in_all_languages(world, sign_in):
    forms.published(world.programme, VISIT)

    page = sign_in("amina").get("/mwanza/forms/visit/paper/").content.decode()

    assert "Only if “Was it held?” is “Yes”" in page
    assert "Ndiyo" in page
    assert page.count("Who?") == 3


def test_a_sheet_in_one_language_is_in_that_language_whoever_prints_it(world, sign_in):
    forms.published(world.programme, VISIT)

    page = sign_in("amina").get("/mwanza/forms/visit/paper/?language=Kiswahili (sw)").content.decode()

    assert "Ikiwa tu “Ilifanyika?”" in page
    assert "Only if" not in page
    assert "Filled in by" not in page
    assert '<div lang="sw">' in page


def test_what_was_published_can_be_fetched_as_it_was(world, sign_in):
    version = forms.published(world.programme, VISIT)
    chiku = sign_in("chiku")

    assert chiku.get("/mwanza/forms/visit/1/source/").content == bytes(version.source)
    assert chiku.get("/mwanza/forms/visit/1/xform/").content == bytes(version.xml)


def test_retiring_and_closing(world, sign_in):
    forms.published(world.programme, VISIT)
    chiku = sign_in("chiku")

    chiku.post("/mwanza/forms/visit/1/retire/")
    assert "Every version is retired" in chiku.get("/mwanza/forms/visit/").content.decode()
    chiku.post("/mwanza/forms/visit/close/")
    assert "Closed: phones are not offered it" in chiku.get("/mwanza/forms/visit/").content.decode()


@pytest.mark.parametrize("path", ["", "new/", "visit/", "visit/paper/", "visit/1/source/", "visit/1/xform/"])
def test_daudi_finds_nothing(world, sign_in, path):
    forms.published(world.programme, VISIT)

    assert sign_in("daudi").get(f"/mwanza/forms/{path}").status_code == 404


@pytest.mark.parametrize("path", ["new/", "visit/1/source/", "visit/1/xform/"])
def test_a_mentor_fills_forms_but_does_not_publish(world, sign_in, path):
    forms.published(world.programme, VISIT)

    assert sign_in("amina").get(f"/mwanza/forms/{path}").status_code == 403
    assert sign_in("amina").get("/mwanza/forms/").status_code == 200


def test_a_form_that_is_not_there_is_told(world, sign_in):
    answer = sign_in("amina").get("/mwanza/forms/nothing/")

    assert answer.status_code == 404
    assert "no form nothing" in answer.content.decode()


COACHED = """
    | settings |
    |          | form_id | version | form_title |
    |          | coached | 1       | Coached    |
    | survey   |
    |          | type | name | label      | bind::mlezi:as |
    |          | text | who  | Who?       | participant    |
    |          | text | said | What said? | encounter.note |
"""


@pytest.mark.parametrize("page", [".xml", "/edit/"])
def test_who_keeps_records_opens_none_that_holds_what_was_said_in_coaching(world, sign_in, page):
    version = forms.published(world.programme, COACHED)
    xml = forms.record(version, {"who": str(world.baraka.uid), "said": "Afraid of the mask"})
    sent = receiving.receive(programme=world.programme, xml=xml, files=[], sender=world.amina, at=MORNING).submission
    address = f"/mwanza/forms/records/{sent.pk}{page}"

    assert sign_in("amina").get(address).status_code == 200
    assert sign_in("chiku").get(address).status_code == 404
