"""What somebody had to wait for is asked again after its records changed, before anybody asks."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.cache import caches

from mlezi.evaluation import answers, engines, figures, rollups, usual, versions, warming
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.testing.makers import busy as maker

QUARTER = (date(2026, 1, 1), date(2026, 4, 1))


@pytest.fixture
def busy(db, settings, tmp_path, monkeypatch):
    settings.KEEP_ANSWERS = True
    settings.CACHES = {**settings.CACHES, "answers": {**settings.CACHES["answers"], "LOCATION": tmp_path}}
    monkeypatch.setattr(answers, "WORTH", 0)
    monkeypatch.setattr(answers, "MEMORY", answers.Memory(answers.IN_MEMORY))
    monkeypatch.setattr(usual, "SLOW", 0)
    monkeypatch.setattr(warming, "REST", 0)
    monkeypatch.setattr(warming, "PAUSE", 0)
    made = maker.make(encounters=20)
    made.records.keeps_rollups = True
    versions.raise_everywhere()
    return made


def asked(busy, scope=None, **more):
    world = busy.world
    scope = scope or Scope(((world.mwanza.path, world.mwanza.path_to),), frozenset({world.programme.pk}))
    start, end = QUARTER
    return figures.ask(
        "encounters_held", programme=world.programme.pk, start=start, end=end, scope=scope, by="district", **more
    )


def visit(busy):
    day, world = QUARTER[0] + timedelta(days=9), busy.world
    busy.records.encounter(busy.facilities[0], day, busy.mentees[0], lead=world.amina)
    rollups.follow(world.programme, None)


@pytest.fixture
def in_another_process(monkeypatch):
    """What a web server sees of what the worker did: the files, not its memory."""

    def ask(busy):
        monkeypatch.setattr(answers, "MEMORY", answers.Memory(answers.IN_MEMORY))
        read = []
        monkeypatch.setattr(engines, "read", lambda *args, **kwargs: read.append(args) or [])
        try:
            return asked(busy).numbers.n, len(read)
        finally:
            monkeypatch.undo()

    return ask


def test_after_a_record_came_nobody_waits(busy, in_another_process):
    before = asked(busy).numbers.n
    visit(busy)
    assert warming.warm() == 1
    assert in_another_process(busy) == (before + 1, 0)


def test_what_was_asked_quickly_or_about_single_people_is_not_remembered(busy, monkeypatch):
    world = busy.world
    asked(busy, Scope(persons=frozenset({busy.mentees[0].pk}), programmes=frozenset({world.programme.pk})))
    monkeypatch.setattr(usual, "SLOW", 60)
    asked(busy)
    assert usual.remembered() == {}


def test_it_rests_longer_the_longer_it_took(busy, monkeypatch):
    asked(busy)
    monkeypatch.setattr(warming, "PAUSE", 3600)
    assert warming.warm() == 0


def test_after_a_fortnight_it_is_forgotten_and_asking_by_the_worker_does_not_renew_it(busy, monkeypatch):
    asked(busy)
    then = clock.now()
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=usual.DAYS))
    assert warming.warm() == 1
    monkeypatch.setattr(clock, "now", lambda: then + timedelta(days=usual.DAYS + 1))
    assert warming.warm() == 0


def test_a_figure_that_an_update_took_away_holds_up_no_other(busy, monkeypatch):
    asked(busy)
    known = usual.remembered()
    [one] = known.values()
    caches["answers"].set(usual.NAME, {**known, "gone": replace(one, code="no_such_figure")})
    visit(busy)
    assert warming.warm() == 2


def test_a_damaged_memory_is_learned_anew(busy):
    caches["answers"].set(usual.NAME, {"old": ("of", "another", "version")})
    assert usual.remembered() == {}
    asked(busy)
    assert len(usual.remembered()) == 1


def test_it_stops_when_told(busy):
    asked(busy)
    stop = threading.Event()
    stop.set()
    assert warming.warm(stop) == 0
