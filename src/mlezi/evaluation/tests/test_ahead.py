"""What a page asks beforehand, side by side, is at hand when it asks for it."""

import threading
from datetime import date

import pytest
from django.db import transaction

from mlezi.evaluation import ahead, answers, figures
from mlezi.evaluation.ask import Question
from mlezi.evaluation.queries import rules
from mlezi.places.scope import Scope
from mlezi.testing.makers import busy as maker

QUARTER = (date(2026, 1, 1), date(2026, 4, 1))
CODES = ("visit_coverage", "needs_open", "dose_hours", "action_completion")


@pytest.fixture
def asked(transactional_db, settings, tmp_path, monkeypatch):
    settings.KEEP_ANSWERS = True
    settings.CACHES = {**settings.CACHES, "answers": {**settings.CACHES["answers"], "LOCATION": tmp_path}}
    monkeypatch.setattr(answers, "MEMORY", answers.Memory(answers.IN_MEMORY))
    monkeypatch.setattr(ahead, "AT_ONCE", 2)
    world = maker.make(encounters=40).world
    scope = Scope(((world.mwanza.path, world.mwanza.path_to),), frozenset({world.programme.pk}))
    return {"programme": world.programme.pk, "start": QUARTER[0], "end": QUARTER[1], "scope": scope}


def at_hand(asked):
    question = Question(*asked.values(), rules(asked["programme"]))
    return [code for code in CODES if answers.is_at_hand(f"{code} ground", question)]


def test_all_are_kept_afterwards(asked, monkeypatch):
    assert at_hand(asked) == []
    by = []
    as_ever = figures.ask
    monkeypatch.setattr(figures, "ask", lambda *a, **k: by.append(threading.current_thread()) or as_ever(*a, **k))

    ahead.ask(CODES, **asked, by="district")
    assert at_hand(asked) == list(CODES)
    assert len(by) == len(CODES)
    assert threading.main_thread() not in by


def test_what_is_kept_is_not_asked_again(asked, monkeypatch):
    ahead.ask(CODES, **asked)
    monkeypatch.setattr(figures, "ask", lambda *_a, **_k: pytest.fail("asked again"))

    ahead.ask(CODES, **asked)


def test_one_that_fails_keeps_no_other_from_being_kept(asked, monkeypatch):
    as_ever = figures.ask

    def failing(code, **more):
        if code == "needs_open":
            raise RuntimeError("as on a full disk")
        return as_ever(code, **more)

    monkeypatch.setattr(figures, "ask", failing)
    ahead.ask(CODES, **asked)

    assert at_hand(asked) == [code for code in CODES if code != "needs_open"]


def test_inside_a_transaction_nobody_else_would_see_it(asked, monkeypatch):
    monkeypatch.setattr(figures, "ask", lambda *_a, **_k: pytest.fail("asked by a thread"))
    with transaction.atomic():
        ahead.ask(CODES, **asked)


def test_a_page_opened_again_does_not_wait_anew(asked, monkeypatch):
    counted, begun = threading.Event(), threading.Event()
    monkeypatch.setattr(figures, "ask", lambda *_a, **_k: begun.set() or counted.wait(20))
    assert ahead.ready(CODES[:1], 0, **asked) == set()
    begun.wait(20)
    (asking,) = ahead._running.values()
    monkeypatch.setattr(ahead.time, "monotonic", lambda: asking.since + 60)
    waits = []
    monkeypatch.setattr(asking.done, "wait", lambda seconds: waits.append(seconds) or False)

    assert ahead.ready(CODES[:1], 30, **asked) == set()
    assert waits == [0.0]
    counted.set()
