"""The page that holds a manuscript's figures against each other."""

from io import BytesIO

PAGE = "/mwanza/manuscript/"


def test_what_does_not_hold_is_shown_with_what_it_would_be(world, sign_in):
    page = sign_in("farida").post(PAGE, {"words": "Poor roads: 8/70 (11.5%). Staff: 46/70 (65.7%)."}).content.decode()

    assert "2 figures: 1 hold, 1 do not, 0 to look at closer." in page
    assert "→ 11.4 %" in page


def test_a_damaged_file_says_what_to_do(world, sign_in):
    file = BytesIO(b"PK\x03\x04 no word document")
    file.name = "paper.docx"

    page = sign_in("farida").post(PAGE, {"file": file}).content.decode()

    assert "paper.docx cannot be read" in page


def test_an_empty_form_says_what_is_missing(world, sign_in):
    assert "Paste a text or choose a file." in sign_in("farida").post(PAGE, {}).content.decode()


def test_daudi_finds_no_page(world, sign_in):
    assert sign_in("daudi").get(PAGE).status_code == 404
