"""What a number must not give away: the other coder of a text that is read blind, and one person among few."""

import csv
import io
from datetime import timedelta

import pytest

from mlezi.narratives import problems
from mlezi.narratives.actions import automatic, coding, reading, sources
from mlezi.narratives.models import Code, Coding
from mlezi.narratives.tests.conftest import INTERVIEW, bring_in
from mlezi.narratives.tests.test_coding import mark
from mlezi.programmes.models import RoleAssignment
from mlezi.testing.cast import MORNING, START

pytestmark = pytest.mark.django_db


def test_no_count_beside_a_codebook_or_a_version_tells_what_the_other_blind_coder_did(coders, book, given, sign_in):
    hawa, imani, gloria = (sign_in(name) for name in ("hawa", "imani", "gloria"))
    mark(given, coders, "hawa", "more confidence", "helps")
    sources.edit(source=given, words=INTERVIEW.replace("alone", "together"), because="Heard again",
                 by=coders.people["gloria"], at=MORNING)  # fmt: skip
    reading.done(source=given, by=coders.people["hawa"], at=MORNING)
    given.refresh_from_db()
    page, text, helps = f"/mwanza/codebooks/{book.pk}/", f"/mwanza/texts/{given.pk}/", Code.objects.get(path="helps")

    def n_of(who):
        return {code.pk: n for code, n, _, _ in who.get(page).context["rows"]}[helps.pk]

    assert [n_of(one) for one in (hawa, imani, gloria)] == [1, 0, 1], "who keeps texts and does not code it, sees"
    assert ["unchanged: 1" in one.get(text).content.decode() for one in (hawa, imani, gloria)] == [False, False, True]

    reading.done(source=given, by=coders.people["imani"], at=MORNING)
    assert [n_of(one) for one in (hawa, imani, gloria)] == [1, 1, 1]


def test_that_nothing_applies_is_said_when_all_are_done(coders, given, sign_in):
    page, told = f"/mwanza/texts/{given.pk}/", "nothing applies"
    reading.done(source=given, by=coders.people["hawa"], at=MORNING)
    assert told not in sign_in("imani").get(page).content.decode()
    reading.done(source=given, by=coders.people["imani"], at=MORNING)
    assert told in sign_in("imani").get(page).content.decode()


def test_where_the_other_blind_coder_reads_is_not_told(coders, given, sign_in):
    page = f"/mwanza/texts/{given.pk}/poll.json?since=2026-01-01"
    sign_in("hawa").get(f"{page}&position=40")
    assert sign_in("imani").get(page).json()["here"] == [{"name": coders.people["hawa"].name, "position": 0}]
    for name in ("hawa", "imani"):
        reading.done(source=given, by=coders.people[name], at=MORNING)
    assert sign_in("imani").get(page).json()["here"][0]["position"] == 40


def test_who_keeps_texts_and_codes_one_blind_learns_no_more_than_another_coder(coders, book, interview, sign_in):
    people = [coders.people[name] for name in ("gloria", "hawa")]
    reading.give(source=interview, coders=people, blind=True, by=people[0], at=MORNING)
    mark(interview, coders, "hawa", "no time", "helps", valence="helps")
    gloria = sign_in("gloria")
    assert gloria.get("/mwanza/texts/exchange/").context["losses"] == []
    assert {n for _, n, _, _ in gloria.get(f"/mwanza/codebooks/{book.pk}/").context["rows"]} == {0}


def test_a_rule_undone_can_be_given_again(coders, book, interview):
    hawa, helps = coders.people["hawa"], Code.objects.get(path="helps")
    by = {"source": interview, "by": hawa, "at": MORNING}
    assert len(automatic.by_rule(code=helps, speaker="P1", **by)) == 2
    assert automatic.by_rule(code=helps, speaker="P1", **by) == []
    coding.undo(**by)
    automatic.by_rule(code=helps, speaker="P1", **by)
    assert Coding.objects.filter(code=helps, is_current=True).count() == 2


def test_who_may_not_read_counts_people_only_and_never_few_of_them(coders, book, sign_in):
    keeper = {"by": coders.people["gloria"], "at": MORNING}
    for n in range(9):
        talk = bring_in(coders, f"P1: There is no time and no fear of {n}.", f"Talk {n}")
        who = sources.take_part(programme=coders.programme, label=f"P{n}", **keeper)
        sources.give_voice(source=talk, participant=who, consent="given", **keeper)
        talk.refresh_from_db()
        reading.done(source=talk, by=coders.people["imani"], at=MORNING)
        if n < 7:
            mark(talk, coders, "hawa", "no time", "hinders", valence="hinders")
        if n < 1:
            mark(talk, coders, "hawa", "no fear", "helps", valence="helps")
    farida, gloria = sign_in("farida"), sign_in("gloria")

    def rows(who, page):
        content = who.get(f"/mwanza/themes/{page}").content.decode("utf-8-sig")
        return {row["Theme" if "Theme" in row else "Construct"]: row for row in csv.DictReader(io.StringIO(content))}

    for base in ("participants", "mentions", "documents"):
        choice = f"book={book.pk}&base={base}&format=csv"
        assert {row["n"] for row in rows(farida, f"?{choice}").values()} == {"", "0"}, "one has it, or two have it not"
        barriers = rows(farida, f"barriers/?{choice}")
        assert [(row["All"], row["Barrier"]) for row in barriers.values()] == [("", "0"), ("", "")]
    assert rows(gloria, f"?book={book.pk}&base=mentions&format=csv")["hinders"]["n"] == "7"
    joint = farida.get(f"/mwanza/themes/scores/?book={book.pk}").context["rows"]
    assert [row.n_said for row in joint] == [None, None]
    assert [row.n_said for row in gloria.get(f"/mwanza/themes/scores/?book={book.pk}").context["rows"]] == [1, 7]


def test_who_codes_their_own_notes_learns_from_no_page_how_many_codings_there_are(coders, book, interview, sign_in):
    mark(interview, coders, "hawa", "no time", "hinders", valence="hinders")
    page = f"/mwanza/themes/quotes/?book={book.pk}&code={Code.objects.get(path='hinders').pk}"
    assert sign_in("amina").get(page).context["n_all"] == 0
    assert sign_in("gloria").get(page).context["n_all"] == 1
    assert {n for _, n, _, _ in sign_in("amina").get(f"/mwanza/codebooks/{book.pk}/").context["rows"]} == {0}


def test_who_saw_the_others_codings_cannot_go_on_though_a_third_is_asked_later(coders, given):
    people, by = {name: coders.people[name] for name in ("gloria", "hawa", "imani")}, coders.people["gloria"]
    later = [MORNING + timedelta(hours=n) for n in range(5)]
    reading.done(source=given, by=people["hawa"], at=later[1])
    reading.reopen(source=given, by=people["hawa"], at=later[1])  # Imani still reads: nothing was seen
    for name in ("hawa", "imani"):
        reading.done(source=given, by=people[name], at=later[2])
    reading.give(source=given, coders=list(people.values()), blind=True, by=by, at=later[3])
    with pytest.raises(problems.CannotReopen):
        reading.reopen(source=given, by=people["hawa"], at=later[4])


def test_a_text_is_given_to_those_who_code_now(coders, interview, sign_in):
    RoleAssignment.objects.filter(person=coders.people["imani"]).update(to_on=START)
    page = sign_in("gloria").get(f"/mwanza/texts/{interview.pk}/give/").content.decode()
    assert ("Hawa" in page, "Imani" in page) == (True, False)
