"""Projects that somebody made with care to do harm, or with none: nothing is lost, and nothing breaks."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.narratives.actions import codebooks, coding, redacting, sources
from mlezi.narratives.models import Code, Codebook, Coding, Participant, Source
from mlezi.narratives.tests.conftest import bring_in
from mlezi.narratives.tests.test_coding import mark
from mlezi.testing.cast import MORNING

pytestmark = pytest.mark.one_database

CODE, TEXT, COPY = (str(uuid4()) for _ in range(3))
WORDS = "P1: Rehema had no time, and the doll was locked away."


def project(words=WORDS, codes="", marks=(), more=None, name="Talks", text="Talk"):
    """A .qdpx file. `marks`: (identifier, start, end) of codings with the code *Time*."""
    codes = codes or f'<Code guid="{CODE}" name="Time" isCodable="true"/>'
    selections = "".join(
        f'<PlainTextSelection guid="{uuid4()}" startPosition="{start}" endPosition="{end}"><Coding guid="{guid}">'
        f'<CodeRef targetGUID="{CODE}"/></Coding></PlainTextSelection>'
        for guid, start, end in marks
    )
    said = (
        f'<TextSource guid="{TEXT}" name="{text}"><PlainTextContent>{words}</PlainTextContent>{selections}</TextSource>'
    )
    qde = (
        f'<Project xmlns="urn:QDA-XML:project:1.0" name="{name}"><CodeBook><Codes>{codes}</Codes></CodeBook>'
        f"<Sources>{said}</Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        parts.writestr("any name.qde", qde)
        if more is not None:
            parts.writestr("mlezi.json", more if isinstance(more, str) else json.dumps(more))
    return out.getvalue()


def take(gloria, content, name="talks.qdpx"):
    answer = gloria.post("/mwanza/texts/exchange/", {"file": SimpleUploadedFile(name, content)})
    return answer.status_code, answer.content.decode()


NESTED = (f'<Code guid="{uuid4()}" name="aaaaaaaaaaaaaaaaaaaaaa">' * 400) + "</Code>" * 400
HOSTILE = {
    "deep": {"codes": NESTED},
    "no json": {"more": "[" * 100_000},
    "no rows": {"more": {"sources": [1], "codings": "x", "programme": 5}},
    "no types": {
        "more": {
            "sources": {TEXT: {
                "kind": ["x"], "pieces": [{"start": "a"}], "wave": {"a": 1}, "study": "s" * 500,
                "voices": [{"label": 5}, "x", {"label": "L" * 300, "speaker": ["x"], "facts": {"a": {"b": 1}}}],
            }},
            "codings": {COPY: {"qualifier": "nope", "valence": ["x"], "note": 5}},
        }
    },
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_what_a_project_says_beyond_the_standard_is_taken_only_where_it_makes_sense(coders, sign_in, what):
    status, page = take(sign_in("gloria"), project(marks=[(COPY, 0, 5)], **HOSTILE[what]))

    assert (status, "our mistake" in page) == (200, False)
    assert Source.objects.get().current.text == WORDS


def test_codings_with_one_identifier_and_columns_of_nonsense_lose_nothing(coders, sign_in):
    gloria = sign_in("gloria")
    assert take(gloria, project(marks=[(COPY, 0, 2), (COPY, 16, 23)]))[0] == 200
    assert sorted(Coding.objects.values_list("start", "end")) == [(0, 2), (16, 23)]
    for name, line in (("deep.csv", f'Talk,"{"a/" * 900}",locked away'), ("far.csv", "Talk,a,locked away")):
        rows = f"document,tag,content,pos0,pos1\n{line},{'9' * 5000},3\n"
        assert take(gloria, rows.encode(), name)[0] == 200
    assert Coding.objects.filter(start=WORDS.index("locked")).count() == 2


def test_codings_land_on_the_words_as_they_stand_here_now(coders, sign_in):
    text = bring_in(coders, WORDS, released=False)
    redacting.mark(version=text.current, start=4, end=10, replacement="[name 1]", by=coders.gloria, at=MORNING)
    redacting.release(source=text, by=coders.gloria, at=MORNING)
    at = WORDS.index("no time")

    page = take(sign_in("gloria"), project(marks=[(str(uuid4()), at, at + 7), (COPY, 4, 10)]))[1]

    text.refresh_from_db()
    found = {text.current.text[one.start : one.end] for one in Coding.objects.all()}
    assert found == {"no time", "[name 1]"}
    assert "the same words are here as Interview 1" in page


def test_a_project_adds_to_a_codebook_of_its_name_and_takes_nothing_from_it(coders, book, sign_in):
    keeper = {"by": coders.people["gloria"], "at": MORNING}
    mine = codebooks.make(programme=coders.programme, code="talks", title={"en": "Talks"}, source="ours", **keeper)
    for code in ("time", "space"):
        codebooks.add_code(codebook=mine, code=code, parent=None, title={"en": code}, when_to_use={"en": "Often."},
                           **keeper)  # fmt: skip

    take(sign_in("gloria"), project(codes=f'<Code guid="{CODE}" name="Time"/><Code guid="{uuid4()}" name="Fear"/>'))

    assert Codebook.objects.get(code="talks").source == "ours"
    codes = Code.objects.filter(codebook=mine, retired_at=None)
    assert {one.path: one.when_to_use for one in codes} == {
        "time": {"en": "Often."}, "space": {"en": "Often."}, "fear": {},
    }  # fmt: skip


def test_p1_of_another_programme_is_somebody_else(coders, sign_in):
    sources.take_part(programme=coders.programme, label="P1", by=coders.gloria, at=MORNING)
    more = {"programme": str(uuid4()), "sources": {TEXT: {"voices": [{"label": "P1", "speaker": "P1", "facts": {}}]}}}

    page = take(sign_in("gloria"), project(more=more))[1]

    assert sorted(Participant.objects.values_list("label", flat=True)) == ["P1", "P2"]
    assert Source.objects.get().voices.get().participant.label == "P2"
    assert "this participant is now called P2" in page


def test_signs_no_column_takes_and_codes_that_are_not_there_break_no_memo(coders, interview, sign_in):
    hawa, here = sign_in("hawa"), f"/mwanza/texts/{interview.pk}/memos/{uuid4()}/"

    kept = hawa.post(here, '{"text": "a\\u0000b \\ud800 c"}', content_type="application/json")
    lost = hawa.post(here, '{"text": "x", "code": 999999}', content_type="application/json")

    assert (kept.status_code, kept.json()["text"]) == (201, "ab \ufffd c")
    assert (lost.status_code, lost.json()["code"]) == (400, "narratives.no_such_code")


def test_our_own_project_brought_back_to_where_it_came_from_adds_nothing(coders, book, interview, sign_in):
    gloria, keeper = sign_in("gloria"), {"by": coders.people["gloria"], "at": MORNING}
    time = Code.objects.get(path="hinders.time")
    mark(interview, coders, "hawa", "no time", "hinders.time", valence="hinders", note="Said twice")
    mark(interview, coders, "imani", "no time", "hinders.time")
    mark(interview, coders, "imani", "more confidence", "helps")
    codebooks.retire_code(code=time, **keeper)
    sent = gloria.get("/mwanza/texts/project.qdpx").content
    before = list(Coding.objects.values_list().order_by("pk"))

    status, page = take(gloria, sent)

    assert (status, list(Coding.objects.values_list().order_by("pk"))) == (200, before)
    assert Codebook.objects.filter(programme=coders.programme).get() == book, "codes no longer used are known too"
    assert Source.objects.count() == 1

    gone = Coding.objects.get(code=time, note="Said twice")
    coding.remove(coding_ids=[gone.pk], by=coders.people["hawa"], at=MORNING)
    take(gloria, sent)
    back = Coding.objects.get(is_current=True, code=time, coder=coders.people["hawa"])
    assert (back.note, back.valence) == ("Said twice", "hinders"), "what was taken away since comes back"


@pytest.mark.parametrize(("name", "label"), [("Talk 3", "Talk 3"), ("Talk with Asha Juma", "Document 1")])
def test_a_text_from_another_program_is_not_called_by_what_may_be_a_name(coders, sign_in, name, label):
    take(sign_in("gloria"), project(text=name))
    assert Source.objects.get().label == label
