"""Documents give their words; transcripts their speakers; what is damaged says so."""

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlezi.formats import documents
from mlezi.formats.documents import CannotReadDocument
from mlezi.formats.plain import normalised


def word(*lines):
    out, made = io.BytesIO(), docx.Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(out)
    return out.getvalue()


def test_a_word_file_gives_its_paragraphs_as_turns():
    found = documents.read(word("Interviewer: Why?", "P1: No time.", "None at all."), "a.docx")

    assert found.words == "Interviewer: Why?\nP1: No time.\nNone at all."
    assert [(piece.kind, piece.speaker) for piece in found.pieces] == [("turn", "Interviewer"), ("turn", "P1")]
    assert found.words[found.pieces[1].start : found.pieces[1].end] == "P1: No time.\nNone at all."


def test_captions_become_turns_with_times():
    said = [("01", "Amina", "Hello"), ("02", "Amina", "again"), ("04", "Baraka", "Yes")]
    cues = [f"00:{at}.000 --> 00:{at}.900\r\n<v {who}>{words}\r\n" for at, who, words in said]
    found = documents.read("\r\n".join(["WEBVTT\r\n", *cues]).encode(), "talk.vtt")

    assert found.words == "Amina: Hello again\nBaraka: Yes"
    assert [(piece.speaker, piece.at) for piece in found.pieces] == [("Amina", 1.0), ("Baraka", 4.0)]


def test_rich_text_and_windows_text():
    assert documents.read(rb"{\rtf1\ansi One\par Two}", "a.rtf").words.split() == ["One", "Two"]
    assert documents.read("Häuser\r\nzwei".encode("cp1252"), "a.txt").words == "Häuser\nzwei"


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "a.txt", "empty"),
        (b"x", "a.exe", "unknown_kind"),
        (b"PK no", "a.docx", "damaged"),
        (b"%PDF-1.4 no", "a.pdf", "damaged"),
        (b"  \n", "a.txt", "no_words"),
        (b"\0\1\2" * 50, "a.txt", "not_text"),
        (b"plain", "a.rtf", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(content, name, code):
    with pytest.raises(CannotReadDocument) as error:
        documents.read(content, name)
    assert error.value.code == code


@given(st.text())
def test_normalising_twice_changes_nothing_and_keeps_signs_as_written(text):
    once = normalised(text)

    assert normalised(once) == once
    assert "\r" not in once
    assert "e\u0301" in normalised(text + "e\u0301")
