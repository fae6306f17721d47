"""REFI-QDA: what we write is sound and reads back whole; what others write is taken as it comes, or refused safely."""

import io
import zipfile
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from mlezi.formats import qdpx
from mlezi.formats.plain import normalised
from mlezi.formats.qdpx import Case, Code, Coding, NotAProject, Note, Project, Selection, Source, User
from mlezi.formats.qdpx.checking import check, check_codebook

AT = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
uuids = st.uuids()
words = st.text(st.characters(blacklist_categories=("Cs", "Cc"))).map(normalised)
names = words.filter(lambda text: text == text.strip() and text)


@st.composite
def projects(draw):
    codes, sources, notes = [], [], []
    user = User(draw(uuids), draw(names))
    for n in range(draw(st.integers(1, 4))):
        parent = draw(st.sampled_from([None, *[code.guid for code in codes]]))
        codes.append(Code(draw(uuids), f"{n} {draw(names)}", draw(words), "#0f7c7a", draw(st.booleans()), parent))
    for _ in range(draw(st.integers(0, 3))):
        text = draw(words.filter(len)) + "👩🏾‍⚕️ e\u0301\nend"
        selections = []
        for _ in range(draw(st.integers(0, 3))):
            start = draw(st.integers(0, len(text) - 1))
            end = draw(st.integers(start + 1, len(text)))
            note = Note(draw(uuids), draw(words), "", user.guid, AT)
            notes.append(note)
            coding = Coding(draw(uuids), draw(st.sampled_from(codes)).guid, user.guid, AT)
            selections.append(Selection(draw(uuids), start, end, (coding,), "", (note.guid,), user.guid, AT))
        sources.append(Source(draw(uuids), draw(names), text, tuple(selections), at=AT))
    cases = tuple(Case(draw(uuids), "P1", (source.guid,)) for source in sources)
    return Project(
        "Our project", "Mlezi", (user,), in_order(codes), tuple(sources), tuple(notes), cases, {"a": {"b": "ø"}}
    )


def in_order(codes):
    """Parents first, each before what stands under it, as a file has them."""

    def under(parent):
        for code in codes:
            if code.parent == parent:
                yield code
                yield from under(code.guid)

    return tuple(under(None))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(projects())
def test_our_own_files_read_back_whole(project):
    found, remarks = qdpx.read_project(qdpx.write_project(project))

    assert remarks == []
    assert found == project


def one(text="One two three.", start=4, end=7):
    code = Code(uuid4(), "Time")
    coding = Coding(uuid4(), code.guid)
    source = Source(uuid4(), "Interview", text, (Selection(uuid4(), start, end, (coding,)),))
    return Project("p", codes=(code,), sources=(source,))


def test_what_does_not_hold_is_never_written():
    with pytest.raises(ValueError, match="lies outside"):
        qdpx.write_project(one(end=99))
    lost = Project("p", sources=one().sources)
    with pytest.raises(ValueError, match="leads to nothing"):
        qdpx.write_project(lost)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("isCodable", "codable"),
        ('guid="', 'guid="x'),
        ("<CodeBook>", "<Codebook>"),
        (' name="Time"', ""),  # required
        ('isCodable="true"', 'isCodable="yes"'),  # a kind of value
        ('startPosition="4"', 'startPosition="4.0"'),
        ('startPosition="4"', ""),
        ("<Sources>", "<Sources><Coding/>"),  # what stands where
        ("<CodeRef", "<NoteRef"),
        ('<Project xmlns="urn:QDA-XML:project:1.0"', '<Project xmlns="urn:QDA-XML:project:1.5"'),
        ("</Project>", "<CodeBook><Codes/></CodeBook></Project>"),  # order, and how often
    ],
)
def test_what_the_published_schema_forbids_is_found(old, new):
    with zipfile.ZipFile(io.BytesIO(qdpx.write_project(one()))) as parts:
        content = parts.read("project.qde").decode()
    assert check(etree.fromstring(content.encode()), {}) == ["a selection 4–7 lies outside its text of 0"]
    spoiled = content.replace(old, new, 1)
    if old == "<CodeBook>":
        spoiled = spoiled.replace("</CodeBook>", "</Codebook>")
    faults = check(etree.fromstring(spoiled.encode()), {})

    assert faults != []
    assert not any("lies outside" in fault for fault in faults)


def foreign(qde, files=(), name="Some name.qde"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(name, qde)
        for file, content in files:
            parts.writestr(file, content)
    return out.getvalue()


G = "{%s}"
SOURCE, CODE, OTHER = (UUID(int=n) for n in (1, 2, 3))


def qde(selections, *, path="internal://T.TXT", content=""):
    inside = f"<PlainTextContent>{content}</PlainTextContent>" if content else ""
    where = f'plainTextPath="{path}"' if path else ""
    return (
        b"\xef\xbb\xbf"
        + f"""<?xml version="1.0" encoding="utf-8"?>
<Project name="X" xmlns="urn:QDA-XML:project:1:5"><CodeBook><Codes>
<Code guid="{G % CODE}" name="A" isCodable="true"><Code guid="{G % OTHER}" name="A" isCodable="true"/></Code>
</Codes></CodeBook><Sources><TextSource guid="{G % SOURCE}" name="T" {where}>{inside}{selections}</TextSource>
<AudioSource guid="{uuid4()}" name="sound"/></Sources></Project>""".encode()
    )


def selection(start, end, code=OTHER):
    coding = f'<Coding guid="{uuid4()}"><CodeRef targetGUID="{G % code}"/></Coding>'
    place = f'guid="{uuid4()}" startPosition="{start}" endPosition="{end}"'
    return f"<PlainTextSelection {place}>{coding}</PlainTextSelection>"


def test_a_project_of_another_program_is_taken_as_it_comes():
    """Any name, a mark, braces, another version, Windows line ends, stray files, spans empty or too long."""
    raw = b"\xef\xbb\xbfOne\r\ntwo\r\nthree"
    given_ = qde(selection(5, 8) + selection(3, 3) + selection(10, 99) + selection(0, 3, UUID(int=9)))
    project, remarks = qdpx.read_project(foreign(given_, [("Sources/t.txt", raw), ("stray/x.bin", b"?")]))

    (source,) = project.sources
    assert source.text == "One\ntwo\nthree"
    spans = [source.text[each.start : each.end] for each in source.selections]
    assert spans == ["two", "three", "One"]
    assert [code.parent for code in project.codes] == [None, CODE]
    assert {one.code for one in remarks} == {"left_out", "empty_selection", "position_mended", "unknown_code"}


@pytest.mark.parametrize(
    "path", ["absolute:///etc/passwd", "relative://../secret.txt", "C:\\texts\\t.txt", "/etc/passwd"]
)
def test_words_that_lie_elsewhere_on_a_disk_are_never_opened(path):
    project, remarks = qdpx.read_project(foreign(qde("", path=path)))

    assert project.sources == ()
    assert [one.code for one in remarks] == ["left_out", "text_elsewhere", "without_text"]


@pytest.mark.parametrize("name", ["../x.txt", "/etc/x", "a/../../x", "C:/x", "..\\x"])
def test_names_that_lead_out_of_the_archive_are_refused(name):
    with pytest.raises(NotAProject) as error:
        qdpx.read_project(foreign(qde(""), [(name, b"x")]))
    assert error.value.code == "unsafe_name"


def project_with(sources):
    """As programs write what is no plain text: with a code, and the words beside the picture or the sound."""
    return f"""<Project name="X" xmlns="urn:QDA-XML:project:1.0"><CodeBook><Codes>
<Code guid="{CODE}" name="A" isCodable="true"/></Codes></CodeBook><Sources>{sources}</Sources></Project>"""


def test_the_words_of_a_pdf_come_with_their_codings():
    code = f'<Coding guid="{uuid4()}"><CodeRef targetGUID="{CODE}"/></Coding>'
    box = f'<PDFSelection guid="{uuid4()}" page="0" firstX="1" firstY="2" secondX="3" secondY="4">'
    words = f'<Representation guid="{SOURCE}" plainTextPath="internal://w.txt">{selection(0, 3, CODE)}</Representation>'
    pdf = f'<PDFSource guid="{uuid4()}" name="Report" path="internal://r.pdf">{box}{code}</PDFSelection>%s</PDFSource>'
    given_ = foreign(project_with(pdf % words), [("Sources/w.txt", b"One two."), ("Sources/r.pdf", b"%PDF")])
    project, remarks = qdpx.read_project(given_)
    bare, said = qdpx.read_project(foreign(project_with(pdf % "")))

    (source,) = project.sources
    assert (source.guid, source.name, source.text) == (SOURCE, "Report", "One two.")
    assert [(one.start, one.end, one.codings[0].code) for one in source.selections] == [(0, 3, CODE)]
    assert remarks == []
    assert (bare.sources, [(one.where, one.code) for one in said]) == (
        (), [("PDFSource", "left_out"), ("PDFSelection", "left_out")])  # fmt: skip


def test_a_transcript_comes_with_what_is_marked_between_its_points_of_time():
    points = [UUID(int=n) for n in (10, 11)]
    sync = "".join(f'<SyncPoint guid="{{{guid}}}" timeStamp="{at}" position="{at}"/>'
                   for guid, at in zip(points, (4, 7), strict=True))  # fmt: skip
    code = f'<Coding guid="{uuid4()}"><CodeRef targetGUID="{CODE}"/></Coding>'
    ends = f'fromSyncPoint="{points[0]}" toSyncPoint="{points[1]}"'
    marked = f'<TranscriptSelection guid="{uuid4()}" {ends}>{code}</TranscriptSelection>'
    lost = f'<TranscriptSelection guid="{uuid4()}">{code}</TranscriptSelection>'
    said = f'<Transcript guid="{SOURCE}"><PlainTextContent>One two.</PlainTextContent>{sync}{marked}{lost}</Transcript>'
    sound = f'<AudioSource guid="{uuid4()}" name="Talk" path="absolute://C:/a.mp3">{said}</AudioSource>'
    project, remarks = qdpx.read_project(foreign(project_with(sound)))

    (source,) = project.sources
    assert (source.name, [source.text[one.start : one.end] for one in source.selections]) == ("Talk", ["two"])
    assert [one.code for one in remarks] == ["bad_position"]


def test_bombs_entities_and_things_that_are_no_project_are_refused():
    bomb = foreign(qde(""), [("Sources/t.txt", b"0" * 60_000_000)])
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><Project xmlns="urn:QDA-XML:project:1.0" name="&a;"/>'
    cases = {
        "bomb": bomb,
        "not_xml": foreign(entity),
        "not_a_zip": b"PK\x03\x04 no",
        "no_project": foreign("", name="x"),
    }
    cases["several_projects"] = foreign(qde(""), [("b.qde", qde(""))])
    for code, content in cases.items():
        with pytest.raises(NotAProject) as error:
            qdpx.read_project(content)
        assert error.value.code == code


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_bring_the_reader_down(content):
    for made in (content, foreign(content)):
        try:
            qdpx.read_project(made)
        except NotAProject:
            continue


def test_a_codebook_goes_out_and_comes_back_with_the_same_name_twice():
    top = Code(uuid4(), "Helps", "What helps", "#0f7c7a")
    codes = [
        top,
        Code(uuid4(), "Time", parent=top.guid),
        Code(uuid4(), "Hinders"),
    ]
    codes.append(Code(uuid4(), "Time", parent=codes[2].guid))
    found, remarks = qdpx.read_codebook(qdpx.write_codebook(codes))

    assert (found, remarks) == (codes, [])


def test_a_codebook_is_held_to_its_schema_too():
    content = qdpx.write_codebook([Code(uuid4(), "Helps", "What helps", "#0f7c7a")])
    assert check_codebook(etree.fromstring(content)) == []
    for old, new in (
        (b"name=", b"title="),
        (b"#0f7c7a", b"teal"),
        (b"Description>", b"NoteRef>"),
        (b":codebook:", b":c:"),
    ):
        assert check_codebook(etree.fromstring(content.replace(old, new))) != []
    with pytest.raises(ValueError, match="Missing child element"):
        qdpx.write_codebook([])
