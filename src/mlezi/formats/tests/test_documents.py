"""Documents give their words; transcripts their speakers; what is damaged says so."""

import io
import zipfile

import docx
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document, Paragraph
from pypdf import PdfWriter

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


def test_what_was_inserted_or_filled_in_is_read_and_what_was_deleted_is_not():
    def part(name, inside):
        return parse_xml(f"<w:{name} {nsdecls('w')}>{inside}</w:{name}>")

    def run(words, tag="t"):
        return f'<w:r><w:{tag} xml:space="preserve">{words}</w:{tag}></w:r>'

    made, out = docx.Document(), io.BytesIO()
    first = made.add_paragraph("P1: I ")
    first._p.extend(
        [part("ins", run("really ")), part("del", run("never ", "delText")), part("moveFrom", run("gone "))]
    )
    first._p.extend([part("sdt", f"<w:sdtContent>{run('like')}</w:sdtContent>"), part("hyperlink", run(" it."))])
    made.element.body.insert(1, part("sdt", f"<w:sdtContent><w:p>{run('P2: So do I.')}</w:p></w:sdtContent>"))
    table = made.add_table(2, 2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Both"
    table.cell(1, 0).text, table.cell(1, 1).text = "left", "right"
    made.save(out)

    assert documents.read(out.getvalue(), "a.docx").words == "P1: I really like it.\nP2: So do I.\nBoth\nleft\tright"


def test_a_code_with_something_in_brackets_is_one_speaker_and_a_name_keeps_its_brackets():
    said = [
        "Moderator: Well?",
        "R1: Time.",
        "R2 (nurse): Help.",
        "R2: And a doll.",
        "Nurse (F): Yes.",
        "Nurse (M): No.",
    ]
    again = ["Nurse (F): Yes, yes.", "Nurse (M): No, no."]
    found = documents.read("\r\n".join(said + again).encode("utf-16-le"), "a.txt")

    speakers = ["Moderator", "R1", "R2", "R2", "Nurse (F)", "Nurse (M)", "Nurse (F)", "Nurse (M)"]
    assert [one.speaker for one in found.pieces] == speakers


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


def blank_page():
    out, made = io.BytesIO(), PdfWriter()
    made.add_blank_page(300, 300)
    made.write(out)
    return out.getvalue()


def locked(content):
    """As LibreOffice saves it behind a password: the list of parts says so, and they are no XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<manifest:encryption-data/>" if "manifest" in name else b"\x8a\x01")
    return out.getvalue()


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
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(range(256)) * 9, "photo.txt", "not_text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 900, "locked.docx", "old_or_protected"),
        (b"x", "old.doc", "old_or_protected"),
        (b"P1: Yes.", "interview", "without_ending"),
        (blank_page(), "scan.pdf", "only_pictures"),
        (locked(open_document(["P1: Yes."])), "a.odt", "protected"),
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
