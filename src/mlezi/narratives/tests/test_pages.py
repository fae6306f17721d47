"""Every page of the room opens for those it is for, with something in it and with nothing."""

import csv
import io
from datetime import date

import pytest
import typst
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import html
from openpyxl import load_workbook
from pypdf import PdfWriter

from mlezi.narratives import shipped, surface
from mlezi.narratives.actions import codebooks, reading, sources
from mlezi.narratives.models import Code, Coding, Source, Summary
from mlezi.narratives.queries.history import history
from mlezi.narratives.tests.conftest import INTERVIEW, bring_in
from mlezi.narratives.tests.test_coding import mark
from mlezi.testing.cast import MORNING

pytestmark = pytest.mark.one_database

PAGES = ["texts/", "texts/new/", "texts/exchange/", "texts/agreement/", "codebooks/", "codebooks/new/",
         "codebooks/bring-in/", "themes/", "themes/barriers/", "themes/matrix/", "themes/scores/", "themes/map/",
         "readiness/"]  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_before_anything_is_there(coders, sign_in, page):
    assert sign_in("gloria").get(f"/mwanza/{page}").status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_pages_open_with_coded_texts(coders, book, given, sign_in, page):
    mark(given, coders, "hawa", "no time", "hinders.time", valence="hinders")
    mark(given, coders, "imani", "confidence", "helps", valence="helps")
    for name in ("hawa", "imani"):
        reading.done(source=given, by=coders.people[name], at=MORNING)
    bring_in(coders, "Amina Juma spoke of patient Mary. Call 0754 123 456.", label="Waiting", released=False)

    answer = sign_in("gloria").get(f"/mwanza/{page}")

    assert answer.status_code == 200
    for kind in ("csv", "xlsx"):
        assert sign_in("gloria").get(f"/mwanza/{page}?format={kind}").status_code == 200


def test_a_text_shows_what_names_people_and_who_codes_it(coders, book, given, sign_in):
    base = f"/mwanza/texts/{given.pk}/"
    for page in ("", "facts/", "speaks/", "give/", "words/", "take-out/", "versions/1/", "code/"):
        assert sign_in("gloria").get(base + page).status_code == 200, page
    assert sign_in("hawa").get(base + "give/").status_code == 403
    assert sign_in("hawa").get(base + "versions/1/").status_code == 403, "the original is for named roles"
    assert sign_in("gloria").get(base + "differences/").status_code == 409


@pytest.mark.parametrize("code", shipped.CODES)
def test_codebooks_that_ship_are_sound_and_can_be_taken_twice(coders, sign_in, code):
    file = shipped.read(code)
    assert [str(fault) for fault in file.faults] == []
    said = [words for one in file.codes for words in (one.title, *one.words.values()) if words]
    assert all(words.get("sw") for words in said), "in Swahili too"

    for _ in range(2):
        made = codebooks.bring_in(file=file, name=code, programme=None, by=coders.gloria, at=MORNING)

    assert made.version == 1
    assert made.codes.count() == len(file.codes)
    assert sign_in("hawa").get(f"/mwanza/codebooks/{made.pk}/").status_code == 200
    assert sign_in("hawa").get(f"/mwanza/codebooks/{made.pk}/codebook.qdc").content.startswith(b"<?xml")


def test_cfir_2022_has_48_constructs_and_19_subconstructs():
    """The totals its secondary summaries state (see docs)."""
    codes = shipped.read("cfir-2022").codes
    headings = {"individuals.roles", "individuals.characteristics"}
    depths = {
        code.path: code.path.count(".") - code.path.startswith(tuple(h + "." for h in headings)) for code in codes
    }
    constructs = [path for path, depth in depths.items() if depth == 1 and path not in headings]
    subconstructs = [path for path, depth in depths.items() if depth == 2]

    assert (len(constructs), len(subconstructs)) == (48, 19)
    known = {code.path for code in codes}
    for code in shipped.read("cfir-2009").codes:
        assert {one["path"] for one in code.maps_to} <= known


def test_words_are_found_in_every_text_one_may_read(coders, book, interview, sign_in):
    hidden = bring_in(coders, "P1: No time at all, said Hidden.\n", label="Waiting", released=False)

    page = sign_in("hawa").get("/mwanza/texts/search/", {"q": "NO  time"}).content.decode()
    assert "<mark>no time</mark>" in page
    assert f"/mwanza/texts/{interview.pk}/code/#at-{INTERVIEW.index('no time')}" in page
    assert hidden.label not in page, "a text that waits is for those who keep texts"
    assert hidden.label in sign_in("gloria").get("/mwanza/texts/search/", {"q": "no time"}).content.decode()
    assert sign_in("daudi").get("/mwanza/texts/search/", {"q": "no time"}).status_code == 404


@pytest.mark.parametrize("address", ["?", "?table=groups&by=ward", "?table=together", "barriers/?", "map/?"])
def test_every_table_leaves_with_its_n_and_how_it_was_found(coders, book, interview, sign_in, address):
    mark(interview, coders, "hawa", "no time", "hinders.time", valence="hinders")
    mark(interview, coders, "hawa", "short of staff", "helps", valence="helps")
    who = sources.take_part(programme=coders.programme, label="P-01", facts={"ward": "B"}, by=coders.people["gloria"],
                            at=MORNING)  # fmt: skip
    sources.give_voice(source=interview, participant=who, consent="given", by=coders.people["gloria"], at=MORNING)

    file = sign_in("gloria").get(f"/mwanza/themes/{address}&book={book.pk}&format=csv").content.decode("utf-8-sig")

    header, *lines = csv.reader(io.StringIO(file))
    assert header[-1] == "How N was found"
    assert lines
    assert all(line[-1].startswith("Participants: 1. Texts") for line in lines)
    if "map" not in address:
        assert {line[header.index("N")] for line in lines} == {"1"}
        assert any(line[header.index("Interval from")] for line in lines), "Wilson's interval stands beside a share"


def test_a_cell_of_the_matrix_is_kept_without_a_script(coders, book, interview, sign_in):
    who = sources.take_part(programme=coders.programme, label="P-01", by=coders.people["gloria"], at=MORNING)
    code = Code.objects.get(path="helps")
    sent = {"who": who.pk, "code": code.pk, "wave": "", "text": "Surer than before.", "back": f"?book={book.pk}"}

    answer = sign_in("gloria").post("/mwanza/themes/matrix/cell/", sent)

    assert (answer.status_code, answer.url) == (302, f"/mwanza/themes/matrix/?book={book.pk}")
    assert Summary.objects.get().text == "Surer than before."


def test_the_exchange_page_counts_what_others_will_not_find(coders, book, interview, sign_in):
    mark(interview, coders, "hawa", "no time", "hinders.time", valence="hinders")

    page = sign_in("gloria").get("/mwanza/texts/exchange/").content.decode()

    assert "codings that say whether it helps or hinders</span><b>1</b>" in page
    assert "codings with a second code" not in page


def test_a_matrix_of_many_people_comes_a_page_at_a_time_and_whole_as_a_file(coders, book, sign_in):
    keeper = coders.people["gloria"]
    code = Code.objects.get(codebook=book, path="helps.time")
    for n in range(43):
        talk = bring_in(coders, f"P1: We practise alone, {n} of us.", f"Talk {n}", wave="3 months")
        who = sources.take_part(programme=coders.programme, label=f"P{n}", by=keeper, at=MORNING)
        sources.give_voice(source=talk, participant=who, consent="given", by=keeper, at=MORNING)
        talk.refresh_from_db()
        mark(talk, coders, "hawa", "practise", code.path)
    Summary.objects.create(participant=who, code=code.parent, wave="3 months", text="alone", written_by=keeper,
                           written_at=MORNING)  # fmt: skip
    gloria = sign_in("gloria")
    matrix = f"/mwanza/themes/matrix/?book={book.pk}"

    first, second, last = (gloria.get(matrix + more).content.decode() for more in ("", "&page=2", "&page=99"))
    found = gloria.get(matrix + "&q=p42").content.decode()
    lines = list(csv.DictReader(io.StringIO(gloria.get(matrix + "&format=csv").content.decode("utf-8-sig"))))

    workbook = load_workbook(io.BytesIO(gloria.get(matrix + "&format=xlsx").content))
    cells, quotes = workbook.worksheets
    link, place = cells["C44"].hyperlink.target, quotes["H2"].hyperlink.target
    assert (cells["A44"].value, cells["C44"].value, cells["D44"].hyperlink) == ("P42", "alone [1]", None)
    assert place.startswith("http://testserver/mwanza/texts/")
    assert "1 quote that you may read" in gloria.get(link).content.decode()
    assert [cell.value for cell in quotes[2]][:3] == ["P0", "3 months", "helps.time"]
    assert quotes["G2"].value == "practise"
    assert ("P39 · 3 months" in first, "P40 · 3 months" in first, "page 1 of 2" in first) == (True, False, True)
    assert [words in second for words in ("P42 · 3 months", "alone", "1 quote")] == [True] * 3
    assert ("P2 · 3 months" in second, "page 2 of 2" in last) == (False, True)
    assert ("P42 · 3 months" in found, "P41 · 3 months" in found) == (True, False)
    assert [line["Participant"] for line in lines] == [f"P{n}" for n in range(43)]
    assert (lines[42]["Helps"], lines[0]["Helps"], lines[0]["Hinders"]) == ("alone [1]", "[1]", "")


def test_a_speaker_is_named_once_where_the_words_name_them_already(coders):
    talk = bring_in(coders, "P1: We practise.\nP10: Alone.", "Talk")
    keeper = coders.people["gloria"]
    for speaker, label in (("P1", "P1"), ("P10", "P1")):
        who = sources.take_part(programme=coders.programme, label=f"{label} {speaker}"[:2], by=keeper, at=MORNING)
        sources.give_voice(source=talk, participant=who, speaker=speaker, consent="given", by=keeper, at=MORNING)

    assert [piece["who"] for piece in surface.pieces(talk)] == ["", "P1"]


def test_files_that_cannot_be_read_keep_no_other_out_and_each_says_why(coders, sign_in):
    gloria = sign_in("gloria")
    files = [SimpleUploadedFile(name, content) for name, content in
             [("good.txt", b"P1: It helped."), ("program.docx", b"MZ no"), ("empty.txt", b"")]]  # fmt: skip
    sent = {"kind": "interview", "agreed": "on"}

    mixed = gloria.post("/mwanza/texts/new/", sent | {"files": files}, follow=True).content.decode()
    none = gloria.post("/mwanza/texts/new/", sent | {"files": [SimpleUploadedFile("a.doc", b"x"),
                                                               SimpleUploadedFile("b", b"x")]})  # fmt: skip

    assert Source.objects.get().file_name == "good.txt"
    for words in ("1 text was brought in.", "program.docx could not be read: it is not a whole .docx file.",
                  "empty.txt could not be read: it is empty."):  # fmt: skip
        assert words in mixed
    assert none.status_code == 400
    assert "a.doc could not be read: it is an old Word document" in none.content.decode()
    assert "b could not be read: its name has no ending" in none.content.decode()


def test_pages_of_a_pdf_without_words_are_named(coders, sign_in):
    made, out = PdfWriter(clone_from=io.BytesIO(typst.compile(b"P1: It helped."))), io.BytesIO()
    made.add_blank_page(300, 300)
    made.write(out)
    sent = {"kind": "interview", "files": SimpleUploadedFile("half.pdf", out.getvalue())}

    page = sign_in("gloria").post("/mwanza/texts/new/", sent, follow=True).content.decode()

    assert "half.pdf: nothing could be read on page 2." in page


def test_the_history_of_a_codebook_calls_codes_by_their_names(coders, book):
    keeper = {"by": coders.people["gloria"], "at": MORNING}
    time, hinders = Code.objects.get(path="helps.time"), Code.objects.get(path="hinders")
    new = codebooks.add_code(codebook=book, code="change2", parent=hinders, title={"en": "Changing wards"}, **keeper)
    codebooks.change_code(code=new, title={"en": "Moves"}, when_to_use={"en": "Somebody was moved."}, **keeper)
    codebooks.move_code(code=hinders, under=time.parent, **keeper)
    codebooks.retire_code(code=time, **keeper)

    said = [one.said for one in history(book)]

    assert said[:4] == [
        ["no longer used: Protected time"],
        ["Hinders moved under Helps"],
        ["Changing wards is now called Moves", "Moves: when to use it"],
        ["new: Changing wards (under Hinders)"],
    ]
    assert said[-1] == []


def test_two_codes_become_one_and_one_becomes_two_with_all_their_codings(coders, book, interview, sign_in):
    gloria, hinders, time = sign_in("gloria"), Code.objects.get(path="hinders"), Code.objects.get(path="hinders.time")
    mark(interview, coders, "hawa", "no time", "hinders.time", valence="hinders")
    mark(interview, coders, "hawa", "short of staff", "hinders.time", valence="hinders")
    mark(interview, coders, "imani", "no time", "hinders.time", valence="hinders")
    here = f"/mwanza/codebooks/{book.pk}/codes"

    form = gloria.get(f"{here}/{time.pk}/split/").content.decode()
    chosen = [str(one.pk) for one in time.codings.all() if one.end - one.start == len("short of staff")]
    assert "“short of staff” – Interview 1, Hawa" in form
    assert gloria.post(f"{here}/{time.pk}/split/", {"codings": chosen, "into": ""}).status_code == 400, "no name"
    gloria.post(f"{here}/{time.pk}/split/", {"codings": chosen, "into": "", "title": "Too few staff"})
    staff = Code.objects.get(path="hinders.too-few-staff")
    assert [one.coder.name for one in staff.codings.all()] == [coders.people["hawa"].name]
    assert time.codings.filter(is_current=True).count() == 2

    mark(interview, coders, "imani", "no time", "hinders", valence="hinders")
    assert gloria.post(f"{here}/{hinders.pk}/merge/", {"into": time.pk}).status_code == 400, "it stands under it"
    assert gloria.post(f"{here}/{time.pk}/merge/", {"into": hinders.pk}).status_code == 302
    assert Coding.objects.filter(code=hinders, is_current=True).count() == 2, "Imani said both of the same words: once"
    assert history(book)[0].said == ["Protected time was merged into Hinders"]
    assert hinders.children.filter(retired_at=None).get() == staff
    assert sign_in("hawa").post(f"{here}/{staff.pk}/merge/", {"into": hinders.pk}).status_code == 403
    assert sign_in("daudi").get(f"{here}/{staff.pk}/split/").status_code == 404


def test_every_count_of_a_table_opens_to_the_quotes_it_was_made_of(coders, book, sign_in):
    keeper, gloria = {"by": coders.people["gloria"], "at": MORNING}, sign_in("gloria")
    for n, (words, ward, day) in enumerate([("no time and no fear", "A", "2026-03-01"), ("no time", "B", "2026-04-01"),
                                            ("no fear", "A", "2026-04-02")]):  # fmt: skip
        talk = bring_in(coders, f"P1: There was {words}.", f"Talk {n}", held_on=date.fromisoformat(day))
        who = sources.take_part(programme=coders.programme, label=f"P{n}", facts={"ward": ward}, **keeper)
        sources.give_voice(source=talk, participant=who, consent="given", **keeper)
        talk.refresh_from_db()
        for said, path, side in (("no time", "hinders", "hinders"), ("no fear", "helps", "helps")):
            if said in words:
                mark(talk, coders, "hawa", said, path, valence=side)

    def opened(page, **wanted):
        """Of each link of the page that holds these words: the count, and how many quotes it opens to."""
        tree = html.fromstring(gloria.get(f"/mwanza/themes/{page}").content)
        links = [one for one in tree.xpath("//a[contains(@href, 'quotes')]")
                 if all(f"{name}={value}" in one.get("href") for name, value in wanted.items())]  # fmt: skip
        assert links, wanted
        for link in links:
            assert len(gloria.get(link.get("href")).context["rows"]) >= int(link.text_content().split()[0])
        return [int(link.text_content()) for link in links]

    helps = Code.objects.get(path="helps")
    hinders = Code.objects.get(path="hinders")
    assert opened(f"barriers/?book={book.pk}", month="2026-04", code=hinders.pk) == [1]
    assert opened(f"barriers/?book={book.pk}", month="2026-04", code=helps.pk) == [1]
    assert opened(f"?book={book.pk}&by=ward", fact="ward", group="A", code=helps.pk) == [2]
    assert opened(f"?book={book.pk}", code=helps.pk, **{"with": hinders.pk}) == [1]
    both = gloria.get(f"/mwanza/themes/quotes/?book={book.pk}&code={helps.pk}&with={hinders.pk}")
    assert [row["words"] for row in both.context["rows"]] == ["no time", "no fear"]
    apart = gloria.get(f"/mwanza/themes/quotes/?book={book.pk}&code={helps.pk}&with={hinders.pk}&base=mentions")
    assert apart.context["rows"] == [], "no coding of one shares words with one of the other"


def test_a_codebook_goes_to_another_program_and_comes_back_with_its_meanings(coders, book, sign_in):
    gloria, keeper = sign_in("gloria"), {"by": coders.people["gloria"], "at": MORNING}
    said = {"description": {"en": "Two\nlines."}, "when_to_use": {"en": "Often."}, "example": {"en": "“No time.”"}}
    codebooks.change_code(code=Code.objects.get(path="helps"), **said, **keeper)
    sent = gloria.get(f"/mwanza/codebooks/{book.pk}/codebook.qdc").content

    for name in ("Ours.qdc", "test.qdc"):
        gloria.post("/mwanza/codebooks/bring-in/", {"file": SimpleUploadedFile(name, sent)})

    made = Code.objects.get(codebook__code="ours", path="helps")
    assert {name: getattr(made, name) for name in said} == said
    assert book.codes.filter(retired_at=None).count() == 4, "what is here under the same names stays as it is"


def test_a_codebook_that_is_put_away_is_offered_no_more_and_can_come_back(coders, book, interview, sign_in):
    gloria, here = sign_in("gloria"), f"/mwanza/texts/{interview.pk}/coding.json"
    mark(interview, coders, "hawa", "no time", "helps")
    for away in (True, False):
        assert sign_in("hawa").post(f"/mwanza/codebooks/{book.pk}/put-away/").status_code == 403
        gloria.post(f"/mwanza/codebooks/{book.pk}/put-away/")
        assert (gloria.get(here).json()["codebooks"] == []) == away
        assert len(gloria.get(here).json()["codings"]) == 1
