"""Outcomes and employment as a form tells them."""

from datetime import date

import pytest
from django.db import connection

from mlezi.evaluation import engines
from mlezi.evaluation.datasets import live
from mlezi.instruments.actions import receiving
from mlezi.instruments.derivation import runner
from mlezi.testing.cast import MORNING
from mlezi.testing.makers import forms

ALUMNI = """
    | survey |
    |        | type        | name    | label   | bind::mlezi:as    |
    |        | decimal     | steps   | Steps   | outcome:steps     |
    |        | date        | when    | On      | outcome.date      |
    |        | date        | thesis  | Thesis  | milestone:thesis  |
    |        | begin_group | job     | Work    |                   |
    |        | date        | begun   | From    | employment.from   |
    |        | date        | ended   | To      | employment.to     |
    |        | text        | why     | Why     | employment.reason |
    |        | text        | where   | Where   | employment.place  |
    |        | end_group   |         |         |                   |
"""


def rows(name):
    data = live(connection.vendor)[name]
    values = {}
    return [dict(row) for row in engines.read(engines.compiled(data, connection.vendor), values)]


def told(world, answers):
    version = forms.published(world.programme, ALUMNI, form_id="alumni", purpose="survey")
    xml = forms.record(version, answers)
    receipt = receiving.receive(programme=world.programme, xml=xml, sender=world.baraka, source="web", at=MORNING)
    runner.derive({receipt.submission.pk}, at=MORNING)
    receipt.submission.refresh_from_db()
    return receipt.submission


@pytest.mark.django_db
def test_a_figure_and_a_milestone(world):
    told(world, {"steps": "8400", "when": "2026-02-01", "thesis": "2026-01-15"})

    found = {row["kind"]: (row["value"], row["on_day"], row["label"], row["person_id"]) for row in rows("outcomes")}
    assert found == {
        "steps": (8400, date(2026, 2, 1), "", world.baraka.pk),
        "milestone": (None, date(2026, 1, 15), "thesis", world.baraka.pk),
    }


@pytest.mark.django_db
def test_what_a_person_tells_of_their_work_holds_before_their_file(world):
    before = [row for row in rows("spells") if row["person_id"] == world.baraka.pk]
    assert [(row["place_id"], row["to_on"]) for row in before] == [(world.igoma.pk, None)]

    told(world, {"begun": "2024-05-01", "ended": "2026-02-28", "why": "studies", "where": "KIS"})

    (spell,) = [row for row in rows("spells") if row["person_id"] == world.baraka.pk]
    assert (spell["place_id"], spell["from_on"], spell["to_on"], spell["reason"]) == (
        world.kisesa.pk, date(2024, 5, 1), date(2026, 2, 28), "studies",
    )  # fmt: skip
    assert spell["participant"] == world.baraka.uid.hex


@pytest.mark.django_db
def test_an_end_before_the_beginning_is_flagged_and_left_open(world):
    record = told(world, {"begun": "2026-02-01", "ended": "2025-01-01"})

    assert {flag["rule"] for flag in record.flags} == {"ends_before_start"}
    assert [row["to_on"] for row in rows("spells") if row["person_id"] == world.baraka.pk] == [None]
