"""Walks through the room from outside: blind double coding to the settled coding, identifiers taken out, suggestions,
and the highlights of other programs."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from mlezi.narratives.actions import automatic, codebooks, coding, reading
from mlezi.narratives.actions.coding import Marked
from mlezi.narratives.models import Code, Coding, Source
from mlezi.narratives.queries.reader import Reader
from mlezi.narratives.queries.results import Material
from mlezi.narratives.queries.tallies import tallies
from mlezi.narratives.tests.conftest import bring_in
from mlezi.narratives.tests.test_coding import mark
from mlezi.testing.cast import MORNING

pytestmark = pytest.mark.django_db


def test_blind_coding_goes_from_the_wall_to_figures_to_one_settled_coding(coders, book, given, sign_in):
    page, here = f"/mwanza/texts/agreement/?book={book.pk}", f"/mwanza/texts/{given.pk}/"
    mark(given, coders, "hawa", "more confidence", "helps")
    mark(given, coders, "imani", "without fear", "helps")
    mark(given, coders, "imani", "short of staff", "hinders.time")
    hawa, gloria = sign_in("hawa"), sign_in("gloria")
    for name in ("hawa", "imani"):
        assert sign_in("hawa").get(f"{here}differences/").status_code == 409, "somebody still reads"
        assert tallies(Material(coders.programme, book), "documents") == {}, "what is read blind counts nowhere"
        reading.done(source=given, by=coders.people[name], at=MORNING)

    rows = {}
    for unit, n in (("turn", 4), ("participant", 2), ("paragraph", 4), ("answer", 4)):
        answer = gloria.get(f"{page}&unit={unit}")
        ((_, measured),) = answer.context["measured"]
        rows[unit] = {one.code.path: one for one in measured}
        assert {one.n_units for one in measured} == {n}
    helps, time = rows["turn"]["helps"], rows["turn"]["hinders.time"]
    assert (helps.both, helps.differ, helps.percent.point, helps.kappa.point) == (1, 0, 1.0, 1.0)
    assert (time.both, time.differ, time.percent.point, time.kappa.point) == (0, 1, 0.75, 0.0)
    assert time.alpha.low is not None, "alpha comes with its bootstrap"
    assert (helps.ac1.point, helps.alpha.point) == (1.0, 1.0)

    ((_, row),) = gloria.get(f"{here}differences/?book={book.pk}&unit=turn").context["rows"]
    assert (row.said, row.silent) == (("Imani",), ("Hawa",))
    sent = {"book": book.pk, "unit": "turn", "unit_number": row.unit.start, "code": row.code.pk}
    assert hawa.post(f"{here}settle/", {**sent, "applies": "1"}).status_code == 403
    assert gloria.post(f"{here}settle/", {**sent, "finish": "1"}).status_code == 409, "one is still open"
    assert 'class="panel" id="next"' in gloria.get(f"{here}differences/").content.decode()
    assert gloria.post(f"{here}settle/", {**sent, "applies": "1"}).status_code == 302
    assert 'class="panel" id="next"' not in gloria.get(f"{here}differences/").content.decode()
    assert gloria.post(f"{here}settle/", {**sent, "finish": "1"}).status_code == 302
    shown = gloria.get(f"{here}coding.json").json()["codings"]
    assert {one["made_by"] for one in shown} == {"settled"}, "nothing is drawn twice"
    assert len(shown) == 2

    found = tallies(Material(coders.programme, book), "mentions")
    by_path = {Code.objects.get(pk=pk).path: one.n for pk, one in found.items()}
    assert by_path == {"helps": 1, "hinders": 1, "hinders.time": 1}, "only what was settled counts"


@pytest.mark.parametrize("unit", ["turn", "paragraph", "participant"])
def test_what_was_settled_stays_so_when_the_words_are_corrected(coders, book, given, sign_in, unit):
    mark(given, coders, "hawa", "more confidence", "helps")
    mark(given, coders, "hawa", "no time", "hinders")
    for name in ("hawa", "imani"):
        reading.done(source=given, by=coders.people[name], at=MORNING)
    gloria, here = sign_in("gloria"), f"/mwanza/texts/{given.pk}/"
    page = f"{here}differences/?book={book.pk}&unit={unit}"
    for _, row in gloria.get(page).context["rows"]:
        sent = {"book": book.pk, "unit": unit, "unit_number": row.unit.start, "code": row.code.pk}
        gloria.post(f"{here}settle/", sent | ({"applies": "1"} if row.code.path == "helps" else {}))
    words = given.current.text.replace("What changed", "What then changed").replace("without fear", "with no fear")
    gloria.post(f"{here}words/", {"words": words, "because": "Heard again"})
    said = [(row.code.path, row.settled) for _, row in gloria.get(page).context["rows"]]
    assert sorted(said) == [("helps", True), ("hinders", False)]


def test_what_is_settled_is_the_whole_text_whatever_codebooks_the_coders_used(coders, book, given, sign_in):
    keeper = {"by": coders.people["gloria"], "at": MORNING}
    other = codebooks.make(programme=coders.programme, code="other", title={"en": "Other"}, **keeper)
    fear = codebooks.add_code(codebook=other, code="fear", parent=None, title={"en": "Fear"}, **keeper)
    mark(given, coders, "hawa", "no time", "hinders.time")
    for name in ("hawa", "imani"):
        coding.add(source=given, marked=[Marked(3, 9, fear.pk)], version=1, by=coders.people[name], at=MORNING)
        reading.done(source=given, by=coders.people[name], at=MORNING)
    gloria, here = sign_in("gloria"), f"/mwanza/texts/{given.pk}/"
    page = gloria.get(f"{here}differences/?book={other.pk}")
    assert "They differ with other codebooks too:" in page.content.decode()
    assert gloria.post(f"{here}settle/", {"book": other.pk, "unit": "turn", "finish": "1"}).status_code == 409

    ((_, row),) = gloria.get(f"{here}differences/?unit=turn").context["rows"]
    sent = {"book": book.pk, "unit": "turn", "unit_number": row.unit.start, "code": row.code.pk}
    gloria.post(f"{here}settle/", {**sent, "applies": "1"})
    assert gloria.post(f"{here}settle/", {**sent, "finish": "1"}).status_code == 302

    for one, path in ((book, "hinders.time"), (other, "fear")):
        counted = {Code.objects.get(pk=pk).path: n.n for pk, n in tallies(Material(coders.programme, one),
                                                                          "mentions").items()}  # fmt: skip
        assert counted[path] == 1


def test_what_names_somebody_is_suggested_and_taken_out_by_a_person(coders, book, sign_in):
    text = bring_in(coders, "P1: Amina Juma called me on 0754 123 456 about it.", label="Named", released=False)
    gloria, here = sign_in("gloria"), f"/mwanza/texts/{text.pk}/"
    from mlezi.narratives.actions import redacting

    redacting.suggest(source=text, by=coders.gloria, at=MORNING)
    (phone,) = (one for one in text.current.redactions.all() if one.kind == "phone")
    assert sign_in("hawa").get(here).status_code == 404, "nobody codes it before somebody looked"
    assert sign_in("hawa").post(f"{here}identifiers/{phone.pk}/", {"accept": "1"}).status_code == 403
    for one in text.current.redactions.all():
        assert gloria.post(f"{here}identifiers/{one.pk}/", {"accept": "1"}).status_code == 302
    gloria.post(f"{here}release/")

    text.refresh_from_db()
    assert "0754" not in text.current.text
    assert "[phone" in text.current.text
    assert "0754" in text.versions.get(number=1).text, "the words as they came stay for named roles"
    assert sign_in("hawa").get(f"{here}versions/1/").status_code == 403
    assert gloria.get(f"{here}versions/1/").status_code == 200


def test_names_that_a_text_gives_away_are_taken_out_everywhere_and_stay_out_after_a_correction(coders, sign_in):
    gloria = sign_in("gloria")
    words = (
        "Moderator: Who helped?\nAnna: My name is Rehema Juma. Mentor Amina did.\nBeatus: Yes, Amina.\n"
        "Anna: Time.\nBeatus: Rehema knows. The patient 2024/118/77 too.\nChausiku: Nobody shouted.\nMatron: Yes.\n"
    )
    sent = {"kind": "focus_group", "files": SimpleUploadedFile("talk.txt", words.encode())}
    gloria.post("/mwanza/texts/new/", sent)
    text = Source.objects.get()
    here = f"/mwanza/texts/{text.pk}/"
    assert sorted(text.voices.values_list("speaker", flat=True)) == ["Anna", "Beatus", "Chausiku", "Matron"]
    found = {one.words: one for one in text.current.redactions.all()}
    assert set(found) == {"Anna", "Beatus", "Chausiku", "Rehema Juma", "Rehema", "Amina", "2024/118/77"}
    assert found["Rehema"].replacement == found["Rehema Juma"].replacement

    for said, one in found.items():
        gloria.post(f"{here}identifiers/{one.pk}/", {} if said == "2024/118/77" else {"accept": "1"})
    gloria.post(f"{here}words/", {"words": words.replace("Nobody", "No one"), "because": "typing"})
    assert "Nothing in it looks like" not in gloria.get(here).content.decode()
    gloria.post(f"{here}release/")
    assert Source.objects.get().released_at is None, "nobody wrote down that they agreed"
    gloria.post(f"{here}agreed/")
    gloria.post(f"{here}release/")

    seen = sign_in("hawa").get(f"{here}coding.json").content.decode()
    assert [name for name in ("Anna", "Beatus", "Chausiku", "Rehema", "Amina") if name in seen] == []
    assert "My name is [name" in seen
    assert "The patient 2024/118/77 too" in seen
    text.refresh_from_db()
    gloria.post(f"{here}words/", {"words": text.current.text + "P9: Dr Mushi came.\n", "because": "one line more"})
    assert sign_in("hawa").get(here).status_code == 404, "the new words name somebody: the text waits again"
    assert [one.words for one in Source.objects.get().current.redactions.all()] == ["Mushi"]


def test_suggestions_are_learned_from_ones_own_codings_and_say_how_often_they_were_right(coders, book, sign_in):
    pytest.importorskip("sklearn")
    for n in range(6):
        words = f"P1: There was no time on ward {n} again.\nP1: The doll number {n} was broken.\n" * 2
        text = bring_in(coders, words, label=f"Talk {n}")
        code = Code.objects.get(path="hinders.time")
        for piece in text.current.segments[::2]:
            Coding.objects.create(source=text, version=text.current, coder=coders.people["hawa"], start=piece["start"],
                                  end=piece["end"], code=code, codebook_version=1, made_at=MORNING,
                                  changed_at=MORNING)  # fmt: skip
    new = bring_in(coders, "P1: We had no time on the ward.\nP1: The doll was broken there.", label="New")

    found = automatic.suggestions(Reader(coders.people["hawa"], coders.programme), new)
    assert [(one.start, one.code, one.precision) for one in found] == [(0, code.pk, 1.0)]
    assert automatic.suggestions(Reader(coders.people["imani"], coders.programme), new) == [], "she has coded nothing"
    assert Coding.objects.filter(source=new).count() == 0, "a suggestion is no coding"
    assert "suggestions" not in sign_in("hawa").get(f"/mwanza/texts/{new.pk}/coding.json").json()


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("taguette.csv", "id,document,tag,content\n1,Interview 1,time,There is no time\n2,Interview 1,time,nowhere\n"),
        ("qualcoder.csv", "codename,filename,pos0,pos1,seltext,memo\ntime,Interview 1,{at},{end},no time,why\n"),
    ],
)
def test_highlights_that_other_programs_exported_land_on_the_words(coders, book, interview, sign_in, name, file):
    at = interview.current.text.index("no time")
    file = file.format(at=at, end=at + len("no time"))
    page = sign_in("gloria").post("/mwanza/texts/exchange/", {"file": SimpleUploadedFile(name, file.encode())})

    assert page.status_code == 200
    (row,) = Coding.objects.all()
    assert "no time" in interview.current.text[row.start : row.end]
    assert (b"nowhere" in page.content) == (name == "taguette.csv"), "what could not be placed is said"
