"""Rollups say what the live tables say, after a rebuild and after any following."""

import random
from datetime import date

import pytest
from django.db import connection

from mlezi.competencies.models import Rating
from mlezi.encounters.models import Attendance, Encounter
from mlezi.evaluation import engines, figures, rollups, versions
from mlezi.evaluation.ask import Question
from mlezi.evaluation.indicator import When
from mlezi.evaluation.indicators import INDICATORS
from mlezi.evaluation.models import (
    LevelCube,
    LevelMonth,
    MeetingMonth,
    PersonMonth,
    PersonTotal,
    PersonYear,
    RatingSpell,
)
from mlezi.evaluation.queries import rules
from mlezi.places.scope import Scope
from mlezi.plumbing.bulk import Difference, Table
from mlezi.testing.makers import busy as maker

QUICK = [indicator.code for indicator in INDICATORS if indicator.quick]
PERIODS = (
    (date(2026, 1, 1), date(2026, 4, 1)),
    (date(2026, 2, 1), date(2026, 3, 1)),
    (date(2025, 1, 1), date(2027, 1, 1)),
    (date(2025, 12, 10), date(2026, 3, 20)),  # two whole months and the days around them
)
MODELS = (PersonMonth, PersonYear, PersonTotal, MeetingMonth, RatingSpell, LevelCube, LevelMonth)


@pytest.fixture
def busy(db):
    return maker.make(encounters=80)


def held():
    """What the rollups hold, without row ids."""
    return [sorted(map(str, model.objects.values_list(*fields(model)))) for model in MODELS]


def fields(model):
    return [field.attname for field in model._meta.concrete_fields if field.attname != "id"]


def rows(model, queryset):
    table = Table(model, owner=model._meta.pk.attname)
    return table, [table.row(*values) for values in queryset.values_list(*table.columns)]


def test_a_figure_from_rollups_is_the_figure_from_records(busy):
    programme = busy.world.programme
    rollups.rebuild(programme)
    asked = set()

    for place in (busy.world.mwanza, busy.world.nyamagana, busy.world.igoma):
        scope = Scope(((place.path, place.path_to),), frozenset({programme.pk}))
        for start, end in PERIODS:
            question = Question(programme.pk, start, end, scope, rules(programme.pk))
            for code in QUICK:
                for quick in figures.named(code).quick:
                    if not holds(quick.when, place, question):
                        continue
                    asked.add((quick.when, start))
                    for by in set(figures.named(code).breakdowns) - set(quick.but):
                        assert parts(code, question, by, quick.when) == parts(code, question, by, None), (code, by)
    assert {when for when, _ in asked} == set(When)
    assert len(asked) == 3 + 4 + 4 + 1 + 3 + 4, "one for each way, in the order of `When`"


def holds(when, place, question):
    """What `figures.quickest` asks of a question, in other words."""
    if when is When.EVERYWHERE:
        return place.level.code == "region"  # nobody in this half year was seen outside it
    if when is When.MANY_DISTRICTS:
        return True  # right for any question, and quick for those only
    if when is When.DISTRICTS:
        return place.level.code != "facility"
    is_of_months = question.end.day == 1
    return question.end.year == 2027 if when is When.LATEST else is_of_months


def parts(code, question, by, quick):
    """A part without anything is in neither or in both: an empty sum is no row of a rollup."""
    statement = figures.statement(code, connection.vendor, question.shape, by, quick=quick)
    found = figures.computed_parts(figures.named(code), engines.read(statement, question.values()), by)
    return {key: numbers for key, numbers in found.items() if numbers.of or numbers.missing}


def test_following_bit_by_bit_gives_what_a_rebuild_gives(busy):
    programme, dice = busy.world.programme, random.Random(3)
    for model in MODELS:
        model.objects.all().delete()
    meetings = list(Encounter.objects.filter(programme=programme).values_list("pk", flat=True))
    dice.shuffle(meetings)
    for start in range(0, len(meetings), 7):
        some = meetings[start : start + 7]
        changes = {}
        for model, queryset in (
            (Encounter, Encounter.objects.filter(pk__in=some)),
            (Attendance, Attendance.objects.filter(encounter__in=some)),
        ):
            table, found = rows(model, queryset)
            changes[table] = Difference([], found)
        rollups.follow(programme, changes)
    table, ratings = rows(Rating, Rating.objects.filter(programme=programme))
    for start in range(0, len(ratings), 9):
        rollups.follow(programme, {table: Difference([], ratings[start : start + 9])})
    followed = held()

    rollups.rebuild(programme)

    assert followed == held()
    assert all(followed)


def test_what_goes_away_leaves_the_rollups(busy):
    programme = busy.world.programme
    rollups.rebuild(programme)
    gone = Encounter.objects.filter(programme=programme, attendances__part="mentee", held_on__isnull=False).first()
    seats_table, seats = rows(Attendance, Attendance.objects.filter(encounter=gone))
    meetings_table, meetings = rows(Encounter, Encounter.objects.filter(pk=gone.pk))
    rating = Rating.objects.filter(programme=programme, is_own=False).first()
    ratings_table, ratings = rows(Rating, Rating.objects.filter(pk=rating.pk))
    gone.delete()
    rating.delete()

    rollups.follow(
        programme,
        {
            seats_table: Difference(seats, []),
            meetings_table: Difference(meetings, []),
            ratings_table: Difference(ratings, []),
        },
    )

    followed = held()
    rollups.rebuild(programme)
    assert followed == held()


def test_every_rebuild_raises_the_data_version(world):
    before = versions.now(world.programme.pk)

    rollups.follow(world.programme, None)

    assert versions.now(world.programme.pk).everywhere > before.everywhere


def test_the_derivation_keeps_them():
    from mlezi.config.derivers import FOLLOWERS

    assert FOLLOWERS[-1].name == "rollups"
