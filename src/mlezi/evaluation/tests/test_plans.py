"""A question about a district never reads a large table from end to end, on either database."""

import json
import random
import re
from datetime import date

import pytest
from django.db import connection

from mlezi.evaluation import figures
from mlezi.evaluation.ask import Question
from mlezi.evaluation.indicators import INDICATORS
from mlezi.evaluation.queries import rules
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing import tuning

LARGE = {
    "encounters_encounter",
    "encounters_attendance",
    "encounters_coveredtopic",
    "competencies_rating",
    "resources_need",
    "resources_needdecision",
    "goals_agreedaction",
    "goals_actiondecision",
    "people_post",
    "people_person",
    "programmes_enrolment",
    "evaluation_personmonth",
    "evaluation_levelcube",
    "evaluation_levelmonth",
    "evaluation_ratingspell",
    "resources_practice",
}


@pytest.fixture
def country(db, monkeypatch):
    from bench._filling import Size, fill

    random.seed(1)
    programme = fill(Size(encounters=4_000))
    monkeypatch.setattr(tuning, "SAMPLE", 100)  # as an installation learns of large tables: from a sample
    tuning.refresh_statistics()
    return programme


def scanned(sql, values):
    """The tables a plan reads without an index, or by one that only says whose programme it is: that is all of it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
            told = [row[3] for row in cursor.fetchall()]
            by_alias = {alias: table for table, alias in re.findall(r'"(\w+)" AS "(t\d+)"', sql)}
            whole = [one.split()[1] for one in told if re.match(r"SCAN (?!.*USING)|.*\(programme_id=\?\)$", one)]
            return {by_alias.get(name, name) for name in whole}
        # A small table is read whole whatever indexes it has: ask what would be done if that were dear.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", values)
        plan = cursor.fetchone()[0]
        return set(_sequential(plan if isinstance(plan, list) else json.loads(plan)))


def _sequential(node):
    if isinstance(node, list):
        return [found for one in node for found in _sequential(one)]
    if not isinstance(node, dict):
        return []
    own = [node["Relation Name"]] if node.get("Node Type") == "Seq Scan" else []
    return own + [found for value in node.values() for found in _sequential(value)]


def test_a_district_question_never_scans_a_large_table(country):
    district = Place.objects.filter(level__code="district").first()
    scope = Scope(((district.path, district.path_to),), frozenset({country.pk}))
    question = Question(country.pk, date(2025, 7, 1), date(2025, 10, 1), scope, rules(country.pk))
    trouble = []
    for indicator in INDICATORS:
        quick = figures.quickest(indicator, question)
        statement = figures.statement(indicator.code, connection.vendor, question.shape, "total", quick=quick)
        found = scanned(statement.sql, statement.values(question.values()))
        trouble += [(indicator.code, table) for table in sorted(found & LARGE)]
    assert trouble == []


def test_the_check_sees_a_scan(country):
    told = 'SELECT COUNT("t1"."basis") FROM "competencies_rating" AS "t1" WHERE "t1"."{}" = {}'

    assert scanned(told.format("because", "''"), {}) == {"competencies_rating"}
    if connection.vendor == "sqlite":  # PostgreSQL knows how many rows a programme has, and chooses by cost
        assert scanned(told.format("programme_id", 1), {}) == {"competencies_rating"}


def test_what_is_looked_up_and_never_empty_is_looked_up_once(country):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not say how often it runs a part of its plan.")
    scope = Scope(((country.place.path, country.place.path_to),), frozenset({country.pk}))
    question = Question(country.pk, date(2025, 7, 1), date(2025, 10, 1), scope, rules(country.pk))
    statement = figures.statement("topics_covered", "sqlite", question.shape, figures.GROUND)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement.sql}", statement.values(question.values()))
        looked_up = [row[3] for row in cursor.fetchall() if row[3].startswith("CORRELATED")]
    assert looked_up
    assert len(looked_up) == len(set(looked_up))
