"""A record of an instrument becomes answers and scores; one stands for a person and wave."""

from datetime import date

import pytest

from mlezi.instruments.derivation import rebuild
from mlezi.instruments.models import Submission
from mlezi.surveys.models import Answer, Filled, Invitation, ScaleScore, Standing
from mlezi.surveys.tests.conftest import noon
from mlezi.testing.cast import MORNING

ALL = {"ra1": 2, "ra2": 4, "ra3": 5, "q1": "b", "q2": "a c"}


@pytest.mark.django_db
def test_answers_and_scores_by_the_declared_rules(desk, world):
    desk.receive(ALL, sender=world.baraka)

    answers = {(row["question"], row["choice"], row["number"]) for row in desk.rows("responses")}
    assert answers == {("ra1", "2", 2), ("ra2", "4", 4), ("ra3", "5", 5), ("q1", "b", None), ("q2", "a", None),
                       ("q2", "c", None)}  # fmt: skip
    scores = {row["scale"]: row for row in desk.rows("scores")}
    assert scores["ambiguity"]["score"] == 5  # 8-2, 4, 5
    assert scores["knowledge"]["score"] == 100
    row = scores["ambiguity"]
    assert (row["participant"], row["person_id"], row["place_id"], row["cadre"]) == (
        world.baraka.uid.hex, world.baraka.pk, world.igoma.pk, "nurse",
    )  # fmt: skip


@pytest.mark.django_db
def test_too_little_answered_is_no_score_and_says_how_much(desk, world):
    desk.receive({"ra1": 2}, sender=world.baraka)

    (row,) = [row for row in desk.rows("scores") if row["scale"] == "ambiguity"]
    assert (row["score"], row["n_items"], row["n_answered"]) == (None, 3, 1)


@pytest.mark.django_db
def test_an_answer_off_its_scale_is_kept_flagged_and_not_scored(desk, world):
    record = desk.receive({**ALL, "ra3": 55}, sender=world.baraka)

    record.refresh_from_db()
    assert {flag["rule"] for flag in record.flags} == {"outside_scale"}
    assert ScaleScore.objects.get(scale="ambiguity").score == 5  # of two items
    assert Answer.objects.get(question="ra3").number == 55


@pytest.mark.django_db
def test_a_second_answer_is_a_conflict_and_the_first_holds(desk, world):
    first = desk.receive({**ALL, "wave": "midterm"}, sender=world.baraka)
    desk.receive({**ALL, "wave": "midterm", "ra2": 1}, sender=world.baraka, on=date(2026, 3, 9))

    standing = Standing.objects.get()
    assert standing.n_filled == 2
    assert {row["submission_uid"] for row in desk.rows("scores")} == {first.pk}
    assert Filled.objects.count() == 2


@pytest.mark.django_db
def test_an_edit_takes_the_place_of_what_it_corrects(desk, world):
    first = desk.receive({**ALL, "wave": "midterm"}, sender=world.baraka)
    desk.receive({**ALL, "wave": "midterm", "ra2": 1}, sender=world.baraka, replaces=first.instance_id)

    assert Standing.objects.get().n_filled == 1
    assert {row["number"] for row in desk.rows("responses") if row["question"] == "ra2"} == {1}


@pytest.mark.django_db
def test_the_wave_is_the_last_that_was_due(desk, world):
    for wave, due in (("baseline", date(2026, 1, 1)), ("midterm", date(2026, 3, 1)), ("endline", date(2026, 9, 1))):
        Invitation.objects.create(
            programme=world.programme, instrument="role", wave=wave, person=world.baraka, due_on=due, created_at=MORNING
        )
    desk.receive(ALL, sender=world.baraka)

    assert {row["wave"] for row in desk.rows("scores")} == {"midterm"}
    asked = {row["wave"]: (row["answered_on"], row["is_answered"]) for row in desk.rows("invitations")}
    assert asked == {"baseline": (None, False), "midterm": (date(2026, 3, 2), True), "endline": (None, False)}


@pytest.mark.django_db
@pytest.mark.parametrize("linkage", ["anonymous", "self-coded"])
def test_what_may_not_be_known_to_be_somebodys_names_nobody(desk, world, linkage):
    desk.declare(linkage=linkage)
    desk.receive({**ALL, "code": "ma-7 X"}, sender=world.baraka)
    desk.receive({**ALL, "code": "MA7x"}, sender=world.baraka)

    rows = desk.rows("responses")
    assert {row["person_id"] for row in rows} == {None}
    assert world.baraka.uid.hex not in str(rows)
    assert len({row["participant"] for row in rows}) == (2 if linkage == "anonymous" else 1)
    assert {row.received_at for row in Filled.objects.all()} == {None}


@pytest.mark.django_db
def test_a_rebuild_gives_the_same_rows(desk, world):
    desk.receive(ALL, sender=world.baraka)
    desk.receive({**ALL, "wave": "x"}, sender=world.amina)
    before = [list(model.objects.order_by("pk").values()) for model in (Filled, Answer, ScaleScore, Standing)]

    rebuild.rebuild(programme=world.programme, by=world.chiku, at=MORNING)

    assert before == [list(model.objects.order_by("pk").values()) for model in (Filled, Answer, ScaleScore, Standing)]


@pytest.mark.django_db
def test_what_was_set_aside_no_longer_stands(desk, world):
    record = desk.receive(ALL, sender=world.baraka)
    Submission.objects.filter(pk=record.pk).update(state="set_aside")

    rebuild.rebuild(programme=world.programme, by=world.chiku, at=noon(date(2026, 3, 3)))

    assert not Standing.objects.exists()
    assert desk.rows("responses") == []
