"""Coders mark pieces of a text. Nothing they do is lost, and nobody sees too early what the other did."""

import json
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from mlezi.narratives import problems
from mlezi.narratives.actions import codebooks, coding, reading, sources
from mlezi.narratives.actions.coding import Marked
from mlezi.narratives.models import Code, Coding, Reading
from mlezi.narratives.queries.reader import Reader, codings_of
from mlezi.narratives.tests.conftest import INTERVIEW, bring_in, join
from mlezi.testing.cast import MORNING


def span(words, text=INTERVIEW):
    start = text.index(words)
    return start, start + len(words)


def mark(source, world, name, words, path="helps", **facts):
    start, end = span(words, source.current.text)
    code = Code.objects.get(codebook__code="test", path=path)
    one = Marked(start, end, code.pk, **facts)
    return coding.add(source=source, marked=[one], version=source.current.number, by=world.people[name], at=MORNING)[0]


def seen_by(world, name, source):
    return list(codings_of(Reader(world.people[name], world.programme), source))


def test_positions_are_code_points_whatever_the_signs_before(coders, book, interview):
    row = mark(interview, coders, "hawa", "without fear")

    assert interview.current.text[row.start : row.end] == "without fear"
    assert interview.current.text == INTERVIEW, "an accent written as two signs stays two"


def test_a_mark_and_windows_line_ends_move_no_position(coders, book):
    source = bring_in(coders, "\ufeffOne.\r\nTwo 👩🏾‍⚕️ and more.\r\n", label="From Windows")

    row = mark(source, coders, "hawa", "and more")

    assert source.current.text == "One.\nTwo 👩🏾‍⚕️ and more.\n"
    assert source.current.text[row.start : row.end] == "and more"


def test_the_same_coding_sent_twice_is_one(coders, book, interview):
    first = mark(interview, coders, "hawa", "no time", id=(pk := uuid4()))
    again = mark(interview, coders, "hawa", "no time", id=pk)

    assert first.pk == again.pk
    assert Coding.objects.count() == 1
    with pytest.raises(problems.IdTaken):
        mark(interview, coders, "imani", "no time", id=pk)


@pytest.mark.parametrize(("start", "end"), [(5, 5), (-1, 4), (0, 10_000), (9, 3)])
def test_a_piece_outside_the_text_is_refused(coders, book, interview, start, end):
    code = Code.objects.get(path="helps")

    with pytest.raises(problems.BadSpan):
        coding.add(source=interview, marked=[Marked(start, end, code.pk)], version=1, by=coders.hawa, at=MORNING)


def test_undo_takes_back_step_by_step_and_redo_does_it_again(coders, book, interview):
    kept = mark(interview, coders, "hawa", "no time")
    later = mark(interview, coders, "hawa", "the doll is broken")
    coding.change(coding_id=kept.pk, valence="hinders", by=coders.hawa, at=MORNING)
    coding.remove(coding_ids=[later.pk], by=coders.hawa, at=MORNING)

    coding.undo(source=interview, by=coders.hawa, at=MORNING)
    assert {row.pk for row in seen_by(coders, "hawa", interview)} == {kept.pk, later.pk}
    coding.undo(source=interview, by=coders.hawa, at=MORNING)
    kept.refresh_from_db()
    assert kept.valence == ""
    coding.redo(source=interview, by=coders.hawa, at=MORNING)
    kept.refresh_from_db()
    assert kept.valence == "hinders"
    for _ in range(3):
        coding.undo(source=interview, by=coders.hawa, at=MORNING)
    assert seen_by(coders, "hawa", interview) == []
    with pytest.raises(problems.NothingToUndo):
        coding.undo(source=interview, by=coders.hawa, at=MORNING)


def test_nobody_undoes_what_another_did(coders, book, interview):
    row = mark(interview, coders, "hawa", "no time")

    with pytest.raises(problems.NothingToUndo):
        coding.undo(source=interview, by=coders.imani, at=MORNING)
    with pytest.raises(problems.NoSuchCoding):
        coding.remove(coding_ids=[row.pk], by=coders.imani, at=MORNING)


def test_blind_coders_see_each_other_only_when_both_are_done(coders, book, given):
    mark(given, coders, "hawa", "no time")
    mark(given, coders, "imani", "short of staff")

    assert len(seen_by(coders, "hawa", given)) == 1
    reading.done(source=given, by=coders.hawa, at=MORNING)
    assert len(seen_by(coders, "hawa", given)) == 1
    reading.done(source=given, by=coders.imani, at=MORNING)
    assert len(seen_by(coders, "hawa", given)) == len(seen_by(coders, "imani", given)) == 2
    with pytest.raises(problems.CannotReopen):
        reading.reopen(source=given, by=coders.hawa, at=MORNING)


def test_done_without_a_coding_says_that_nothing_applies(coders, given):
    reading.done(source=given, by=coders.hawa, at=MORNING)

    assert Reading.objects.get(source=given, coder=coders.hawa).nothing_applies


def test_who_is_done_changes_nothing_until_they_open_it_again(coders, book, given):
    reading.done(source=given, by=coders.hawa, at=MORNING)

    with pytest.raises(problems.IsDone):
        mark(given, coders, "hawa", "no time")
    reading.reopen(source=given, by=coders.hawa, at=MORNING)
    mark(given, coders, "hawa", "no time")


def test_an_edit_carries_codings_along_and_shows_what_became_of_them(coders, book, interview):
    same = mark(interview, coders, "hawa", "without fear")
    cut = mark(interview, coders, "hawa", "short of staff 🏥")
    gone = mark(interview, coders, "hawa", "the doll is broken")
    words = INTERVIEW.replace("I have more", "Well, I have much more").replace("short of staff", "short of nurses")
    made = sources.edit(source=interview, words=words.replace(" and the doll is broken", ""), because="typing mistakes",
                        by=coders.gloria, at=MORNING)  # fmt: skip

    assert made.carried == {"same": 1, "changed": 1, "lost": 1}
    rows = {row.carried_from: row for row in Coding.objects.filter(version=made)}
    assert made.text[rows[same.pk].start : rows[same.pk].end] == "without fear"
    assert made.text[rows[cut.pk].start : rows[cut.pk].end] == "short of nurses 🏥"
    assert not rows[gone.pk].is_current
    with pytest.raises(problems.OldVersion):
        coding.add(source=interview, marked=[], version=1, by=coders.hawa, at=MORNING)


def test_a_pair_takes_its_other_half_from_where_the_codebook_says(coders, book, interview):
    helps, hinders = Code.objects.get(path="helps"), Code.objects.get(path="hinders")
    codebooks.change_code(code=helps, qualified_by=hinders, by=coders.gloria, at=MORNING)
    time = Code.objects.get(path="hinders.time")

    row = mark(interview, coders, "hawa", "no time", qualifier=time.pk)
    assert row.qualifier_id == time.pk
    with pytest.raises(problems.NotAPair):
        mark(interview, coders, "hawa", "no time", qualifier=Code.objects.get(path="helps.time").pk)


def test_codes_are_found_by_three_letters(coders, book):
    from mlezi.narratives.queries.codebooks import by_letters, codes_of

    rows = codes_of(book)
    assert [code.path for code in by_letters(rows, "pt")] == ["helps.time", "hinders.time"]
    assert [code.path for code in by_letters(rows, "hin")] == ["hinders"]
    assert by_letters(rows, "zzz") == []


# --- through the door ---


def post(client, path, **given):
    return client.post(path, json.dumps(given), content_type="application/json")


def test_the_page_loads_adds_polls_and_takes_back(coders, book, interview, sign_in):
    hawa, imani = sign_in("hawa"), sign_in("imani")
    base = f"/mwanza/texts/{interview.pk}/"
    whole = hawa.get(base + "coding.json").json()
    assert "".join(piece["text"] for piece in whole["pieces"]) == INTERVIEW
    assert [piece["speaker"] for piece in whole["pieces"]] == ["Interviewer", "P1", "Interviewer", "P1"]
    start, end = span("no time")
    codes = [code["id"] for code in whole["codebooks"][0]["codes"]]

    made = post(hawa, base + "codings/", version=1, items=[{"start": start, "end": end, "codes": codes[:2]}])
    assert made.status_code == 201
    news = imani.get(base + "poll.json", {"since": whole["now"], "position": 12}).json()
    assert len(news["codings"]) == 2
    assert [one["name"] for one in news["here"]] == ["Hawa"]
    first = made.json()["codings"][0]["id"]
    assert post(hawa, f"{base}codings/{first}/", valence="hinders", note="n").json()["valence"] == "hinders"
    assert post(hawa, f"{base}codings/{first}/remove/").status_code == 200
    assert imani.get(base + "poll.json", {"since": news["now"]}).json()["removed"] == [first]
    assert post(hawa, base + "steps/undo/").json()["codings"][0]["id"] == first
    memo = post(hawa, f"{base}memos/{uuid4()}/", text="Ask again", start=1, end=5)
    assert memo.status_code == 201
    assert post(hawa, base + "done/").json()["done"]
    refused = post(hawa, base + "codings/", version=1, items=[{"start": 0, "end": 2, "code": codes[0]}])
    assert (refused.status_code, refused.json()["code"]) == (409, "narratives.is_done")


@pytest.mark.parametrize("sent", [b"{", b"[]", b'{"items": 3}', b'{"items": [{"start": "1"}]}', b'{"items": [[]]}'])
def test_what_the_page_did_not_mean_is_refused_in_words(coders, interview, sign_in, sent):
    answer = sign_in("hawa").post(f"/mwanza/texts/{interview.pk}/codings/", sent, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json()["code"] == "narratives.not_understood"


def test_for_daudi_and_for_those_without_the_permission_the_text_is_not_there(coders, book, interview, sign_in):
    base = f"/mwanza/texts/{interview.pk}/"

    assert sign_in("daudi").get(base + "coding.json").status_code == 404
    for name in ("chiku", "farida", "baraka"):
        assert sign_in(name).get(base + "coding.json").status_code == 403
    assert sign_in("amina").get(base + "coding.json").status_code == 404, "a mentor codes notes, not interviews"


def test_an_unreleased_text_is_there_for_those_who_keep_texts_only(coders, sign_in):
    source = bring_in(coders, released=False)

    assert sign_in("hawa").get(f"/mwanza/texts/{source.pk}/coding.json").status_code == 404
    assert sign_in("gloria").get(f"/mwanza/texts/{source.pk}/coding.json").status_code == 200


def test_a_poll_never_tells_blind_coders_of_each_other(coders, book, given, sign_in):
    mark(given, coders, "imani", "no time")
    answer = sign_in("hawa").get(
        f"/mwanza/texts/{given.pk}/poll.json", {"since": (MORNING - timedelta(days=1)).isoformat()}
    )

    assert answer.json()["codings"] == []
    assert answer.json()["others_hidden"]


@pytest.mark.django_db(transaction=True)
def test_two_people_coding_one_text_at_once_lose_nothing(coders, book, interview):
    """Forty codings from each of three people, sent at the same time."""
    join(coders, "Juma", "coder")
    code = Code.objects.get(path="helps").pk
    failed = []

    def work(name):
        try:
            for n in range(40):
                one = Marked(n, n + 3, code)
                coding.add(source=interview, marked=[one], version=1, by=coders.people[name], at=MORNING)
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(name,)) for name in ("hawa", "imani", "juma")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert failed == []
    assert Coding.objects.filter(source=interview, is_current=True).count() == 120
