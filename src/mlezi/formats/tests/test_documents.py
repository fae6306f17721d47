"""Documents give their words; transcripts their speakers; what is damaged says so."""

import io

import docx
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document, Paragraph

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


SAID = (
    ("Interviewer", "What helped you? 👩🏾‍⚕️"),
    ("P1", "Protected time, e\u0301 and café."),
    ("Interviewer", "Else?"),
    ("P1", "The doll 🏥 came late."),
)
LINES = [f"{who}: {words}" for who, words in SAID]


def rich_text(lines):
    """As Word writes it: a sign beyond ASCII as its UTF-16 units."""

    def escaped(line):
        units = [int.from_bytes(line.encode("utf-16-le")[n : n + 2], "little") for n in
                 range(0, len(line.encode("utf-16-le")), 2)]  # fmt: skip
        return "".join(chr(unit) if unit < 128 else f"\\u{unit - 65536 if unit > 32767 else unit}?" for unit in units)

    return ("{\\rtf1\\ansi\\uc1 " + "".join(f"{escaped(line)}\\par " for line in lines) + "}").encode("ascii")


def open_document(lines):
    made, out = Document("text"), io.BytesIO()
    made.body.clear()
    for line in lines:
        made.body.append(Paragraph(line))
    made.save(out)
    return out.getvalue()


def printed(lines):
    source = "#set page(width: 16cm, height: 12cm)\n" + "\n\n".join(line.replace("#", r"\#") for line in lines)
    return typst.compile(source.encode())


def captions(comma):
    mark = "," if comma else "."
    cues = [f"{n}\r\n00:00:0{n}{mark}000 --> 00:00:0{n}{mark}900\r\n{line}\r\n" for n, line in enumerate(LINES, 1)]
    return ("" if comma else "WEBVTT\r\n\r\n") + "\r\n".join(cues)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", ("\ufeff" + "\r\n".join(LINES)).encode()),
        ("a.txt", "\r\n".join(LINES).encode("utf-16")),
        ("a.docx", word(*LINES)),
        ("a.odt", open_document(LINES)),
        ("a.rtf", rich_text(LINES)),
        ("a.vtt", captions(comma=False).encode()),
        ("a.srt", ("\ufeff" + captions(comma=True)).encode()),
    ],
)
def test_one_interview_has_the_same_turns_and_positions_whatever_file_it_comes_in(name, content):
    found = documents.read(content, name)

    assert [(one.kind, one.speaker) for one in found.pieces] == [("turn", who) for who, _ in SAID]
    assert [found.words[one.start : one.end] for one in found.pieces] == LINES


def test_a_printed_interview_has_its_turns():
    lines = [line for line in LINES if line.isascii()] + ["P1: The doll came late."]
    found = documents.read(printed(lines), "a.pdf")

    assert [(one.kind, one.speaker) for one in found.pieces] == [("turn", "Interviewer"), ("turn", "P1")]
    assert [found.words[one.start : one.end].rstrip() for one in found.pieces] == lines


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
