"""What stands in a document beside its plain paragraphs: what was deleted, remarks, notes, tables, boxes, signs."""

import io
import zipfile

import docx
from odfdo import Document

from mlezi.formats import documents

ODT = (
    '<office:text xmlns:dc="http://purl.org/dc/elements/1.1/"><text:tracked-changes><text:changed-region text:id="c">'
    "<text:deletion><text:p>deleted words</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    "<text:p>P1: We\n   learn<text:s text:c=\"2\"/>now.<text:note text:note-class='footnote'><text:note-citation>1"
    "</text:note-citation><text:note-body><text:p>She laughs.</text:p></text:note-body></text:note>"
    "<office:annotation><dc:creator>Neema Mushi</dc:creator><text:p>a remark</text:p></office:annotation></text:p>"
    "<text:p>P2: Yes 👩🏾‍⚕️<text:line-break/>and<text:tab/>more.</text:p>"
    "<table:table><table:table-row><table:table-cell><text:p>left</text:p></table:table-cell><table:table-cell><text:p>right</text:p></table:table-cell>"
    "</table:table-row></table:table></office:text>"
)
DOCX = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2"><w:p>'
    "<w:r><w:t>She laughs.</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def saved(made):
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(content, changes, more=()):
    """The file with pieces of its parts put in the place of others: part → (from, to)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            was, now = changes.get(name, ("", ""))
            part = old.read(name)
            assert was.encode() in part
            new.writestr(name, part.replace(was.encode(), now.encode(), 1) if was else part)
        for name, part in more:
            new.writestr(name, part)
    return out.getvalue()


def test_an_open_document_is_read_as_it_looks_without_what_was_deleted_or_who_remarked():
    made = Document("text")
    made.body.clear()
    content = changed(saved(made), {"content.xml": ("<office:text/>", ODT)})
    found = documents.read(content, "a.odt")

    assert found.words.split("\n") == [
        "P1: We learn  now.",
        "She laughs.",
        "P2: Yes 👩🏾‍⚕️",
        "and\tmore.",
        "left\tright",
    ]
    assert [one.speaker for one in found.pieces] == ["P1", "P2"]


def test_notes_at_the_foot_of_a_word_document_come_after_their_paragraph():
    made = docx.Document()
    made.add_paragraph("P1: We learn.")
    made.add_paragraph("P2: Yes.")
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    content = changed(saved(made), {
        "word/document.xml": ("We learn.</w:t>", 'We learn.</w:t><w:footnoteReference w:id="2"/>'),
        "[Content_Types].xml": ("</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'),
        "word/_rels/document.xml.rels": (
            "</Relationships>", f'<Relationship Id="rId99" Type="{office}" Target="footnotes.xml"/></Relationships>'
        ),
    }, [("word/footnotes.xml", DOCX)])  # fmt: skip

    assert documents.read(content, "a.docx").words == "P1: We learn.\nShe laughs.\nP2: Yes."


def test_captions_of_the_web_have_their_signs_written_out():
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Amina>salt &amp; <i>water</i> &lt; 5\n"
    assert documents.read(said.encode(), "a.vtt").words == "Amina: salt & water < 5"
