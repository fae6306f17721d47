"""The few records among very many: all of them are found, and by an index of their own."""

import pytest
from django.db import IntegrityError, connection, transaction

from mlezi.audit.queries import about, failures
from mlezi.instruments.models import Submission
from mlezi.instruments.queries import few
from mlezi.testing import cast
from mlezi.testing.makers import submissions


def kept(world, name, *, root="", replaces="", form_id="visit", state="derived"):
    return Submission.objects.create(
        programme=world.programme, form_id=form_id, version="1", instance_id=name, root_id=root or name,
        replaces_id=replaces, is_current=True, xml=submissions.record(name, form_id=form_id), sha256="0" * 64, size=10,
        received_at=cast.MORNING, state=state,
    )  # fmt: skip


def test_a_chain_is_the_first_record_and_all_that_replaced_it(world):
    kept(world, "a")
    kept(world, "a2", root="a", replaces="a")
    kept(world, "a3", root="a", replaces="a2")
    kept(world, "b")
    kept(world, "a", form_id="other")

    found = Submission.objects.filter(few.edited(world.programme.pk, {("visit", "a")}))
    assert sorted(found.values_list("form_id", "instance_id")) == [("visit", "a"), ("visit", "a2"), ("visit", "a3")]
    assert not Submission.objects.filter(few.edited(world.programme.pk, ())).exists()


def test_a_record_is_replaced_once(world):
    kept(world, "a")
    kept(world, "a2", root="a", replaces="a")
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(world, "another", root="a", replaces="a")


def test_those_that_somebody_must_look_at(world):
    for state in Submission.State:
        kept(world, state.value, state=state.value)

    assert sorted(few.parked().values_list("instance_id", flat=True)) == ["parked", "set_aside"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by cost, and the tables are small here")
@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda of: few.parked().filter(programme=of, state="parked"), "submission_parked"),
        (lambda of: Submission.objects.filter(few.edited(of.pk, [("visit", "a")])), "submission_edit"),
        (lambda of: few.since(of.pk, cast.MORNING), "submission_worked_out"),
        (lambda _: failures(), "event_failed"),
        (lambda of: about("Programme", [of.pk]), "event_about"),
    ],
)
def test_no_other_record_is_read(world, rows, index):
    plan = rows(world.programme).explain()

    assert f" {index}" in plan
    assert "SCAN instruments_submission\n" not in f"{plan}\n"
