"""Every indicator compiles for every engine, and gives the same on the live database and on a copy in DuckDB.

The suite runs on SQLite and on PostgreSQL; both are compared with DuckDB over the same made-up half year.
That they agree proves little about being right: see the independent queries in `test_independently.py`.
"""

from datetime import date

import pytest
from django.db import connection, transaction

from mlezi.evaluation import copies, engines, figures
from mlezi.evaluation.ask import Question, Shape
from mlezi.evaluation.indicators import INDICATORS
from mlezi.evaluation.queries import rules
from mlezi.places.scope import Scope
from mlezi.testing.makers import busy as maker

pytestmark = pytest.mark.django_db
CODES = [indicator.code for indicator in INDICATORS]
PERIODS = (
    (date(2026, 1, 1), date(2026, 4, 1)),
    (date(2026, 2, 10), date(2026, 2, 24)),
    (date(2025, 1, 1), date(2027, 1, 1)),
)


@pytest.fixture(scope="module")
def busy(django_db_setup, django_db_blocker):
    """Made once for the whole file, and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield maker.make()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def copy(busy, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copy")
    copies.write(folder, values=rules(busy.world.programme.pk))
    with copies.opened(folder, threads=1, in_memory=True) as duck:
        yield duck


def scopes(busy):
    world, programmes = busy.world, frozenset({busy.world.programme.pk})

    def of(*places, persons=frozenset()):
        return Scope(tuple((place.path, place.path_to) for place in places), programmes, persons)

    return {
        "country": of(world.mwanza),
        "district": of(world.nyamagana),
        "facility": of(world.igoma),
        "several": of(world.igoma, busy.facilities[4]),
        "persons": of(persons=frozenset({busy.mentees[1].pk})),
        "both": of(world.kisesa, persons=frozenset({busy.mentees[0].pk})),
        "nothing": of(),
        "another programme": Scope(of(world.mwanza).ranges, frozenset({world.other.pk})),
    }


def questions(busy):
    """Everybody's eyes: (name, question). The country for every period, the others for one each in turn."""
    programme = busy.world.programme.pk
    for n, (name, scope) in enumerate(scopes(busy).items()):
        for start, end in PERIODS if name == "country" else PERIODS[n % 3 :][:1]:
            yield f"{name} {start}", Question(programme, start, end, scope, rules(programme))


def asked(code, question, by=None):
    return figures.answer(code, question, by=by, reveal=True, engine=connection.vendor, read=engines.read)


@pytest.mark.parametrize("code", CODES)
def test_the_live_database_and_a_copy_give_the_same(busy, copy, code):
    for name, question in questions(busy):
        breakdowns = figures.named(code).breakdowns if name.startswith("country") else ()
        for by in (None, *breakdowns):
            live = asked(code, question, by)
            stored = figures.ask_stored(code, question, copy, by=by, reveal=True)

            assert live.numbers == stored.numbers, (name, by)
            assert live.parts == stored.parts, (name, by)
            if by:
                assert sum(part.of for part in live.parts.values()) == live.numbers.of, (name, by)


@pytest.mark.parametrize("code", CODES)
def test_the_records_behind_a_figure_add_up_to_it(busy, code):
    for name, question in questions(busy):
        if name.split()[0] not in ("country", "both"):
            continue
        figure = asked(code, question)
        found = figure.records()
        known = [row["met"] if "met" in row else row["amount"] for row in found]
        if found and "of" in found[0]:
            known = [None if row["of"] is None else row["amount"] for row in found]

        assert figure.numbers.of == sum(value is not None for value in known), name
        assert figure.numbers.missing == sum(value is None for value in known), name
        if figure.indicator.measure in ("share", "count") and figure.numbers.of:
            assert figure.numbers.n == sum(value is True for value in known), name
        # Of a topic at a facility the place and the topic say which; of all else the record alone.
        by_topic = code == "topics_covered"
        assert len({(row["record"], by_topic and row["topic"]) for row in found}) == len(found), name


def test_the_half_year_is_busy_enough_to_tell_indicators_apart(busy):
    country = [question for name, question in questions(busy) if name.startswith("country")]
    for indicator in INDICATORS:
        found = [asked(indicator.code, question).numbers for question in country]
        assert all(one.value is not None for one in found), indicator.code
        if indicator.measure in ("share", "count") and indicator.denominator != "The same.":
            assert any(0 < one.n < one.of for one in found), indicator.code


@pytest.mark.one_database
@pytest.mark.parametrize("engine", ["sqlite", "postgresql", "duckdb"])
@pytest.mark.parametrize("code", CODES)
def test_every_indicator_compiles_for_every_engine(code, engine):
    for form in (figures.TOTAL, figures.RECORDS, figures.named(code).breakdowns[0]):
        assert figures.statement(code, engine, Shape(1, 0), form).sql
