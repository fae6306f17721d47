"""What is kept beside a text for counting is what reading its codings finds, whatever was done, in any order."""

import random
import threading
from uuid import uuid4

import pytest
from django.db import connection

from mlezi.methods.coding import columns
from mlezi.narratives import packing
from mlezi.narratives.actions import coding, reading, settling, sources
from mlezi.narratives.models import Code, Coding, Packed, Source
from mlezi.narratives.problems import Problem
from mlezi.narratives.queries import agreeing
from mlezi.testing.cast import MORNING


def kept(source):
    rows, counts = columns.unpacked([bytes(one.columns) for one in Packed.objects.filter(source=source)], packing.WIDTH)
    return sorted(map(tuple, rows.tolist())) if counts.size else []


def read(source):
    now = Source.objects.get(pk=source.pk)
    sides = columns.SAID
    return sorted(
        (row.code_id, row.start, row.end, sides[row.valence], int(row.made_by == "settled"))
        for row in Coding.objects.filter(source=now)
        if row.version_id == now.current_id and row.is_current
    )


class Day:
    """What coders and their lead may do with one text, each thing at random."""

    def __init__(self, world, book, source, seed):
        self.by, self.book, self.source, self.dice = world.people["gloria"], book, source, random.Random(seed)
        self.coders = [world.people["hawa"], world.people["imani"]]
        self.codes = list(Code.objects.filter(codebook=book).order_by("pk"))

    def add(self, who):
        version = Source.objects.get(pk=self.source.pk).current
        start = self.dice.randrange(version.n_chars - 20)
        side = self.dice.choice(["", "helps", "hinders", "both", "neither"])
        marked = [coding.Marked(start, start + self.dice.randint(1, 20), self.dice.choice(self.codes).pk, valence=side)]
        coding.add(source=self.source, marked=marked, version=version.number, by=who, at=MORNING)

    def change(self, who):
        coding.change(coding_id=self._mine(who), by=who, at=MORNING, code_id=self.dice.choice(self.codes).pk,
                      valence=self.dice.choice(["helps", "hinders"]))  # fmt: skip

    def remove(self, who):
        coding.remove(coding_ids=[self._mine(who)], by=who, at=MORNING)

    def undo(self, who):
        coding.undo(source=self.source, by=who, at=MORNING)

    def redo(self, who):
        coding.redo(source=self.source, by=who, at=MORNING)

    def edit(self, _who):
        words = Source.objects.get(pk=self.source.pk).current.text
        at = self.dice.randrange(len(words) - 40)
        sources.edit(source=self.source, words=words[:at] + "so " + words[at + self.dice.randrange(30) :],
                     because="heard again", by=self.by, at=MORNING)  # fmt: skip

    def withdraw(self, _who):
        sources.withdraw(source=self.source, by=self.by, at=MORNING)

    def bring_back(self, _who):
        sources.bring_back(source=self.source, by=self.by, at=MORNING)

    def settle(self, _who):
        for who in self.coders:
            reading.done(source=self.source, by=who, at=MORNING)
        source = Source.objects.get(pk=self.source.pk)
        for one in agreeing.differences(source, self.book, "turn"):
            settling.settle(source=source, unit=one.unit, kind="turn", code=one.code,
                            applies=self.dice.random() < 0.5, by=self.by, at=MORNING)  # fmt: skip
        settling.finish(source=source, kind="turn", by=self.by, at=MORNING)

    def _mine(self, who):
        rows = Coding.objects.filter(source=self.source, coder=who, removed_at=None).order_by("pk")
        return rows[self.dice.randrange(rows.count())].pk if rows else uuid4()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_to_codings_what_is_kept_is_what_is_read(coders, book, interview, seed):
    day = Day(coders, book, interview, seed)
    usual = [day.add] * 5 + [day.change, day.remove, day.undo, day.redo, day.edit, day.withdraw, day.bring_back]
    n_done = 0

    for step in [day.dice.choice(usual) for _ in range(40)] + [day.bring_back, day.settle, day.edit]:
        try:
            step(day.dice.choice(day.coders))
            n_done += 1
        except Problem:  # nothing to undo, withdrawn: the day goes on
            pass
        assert kept(interview) == read(interview), step.__name__

    assert n_done > 20
    assert kept(interview)


@pytest.mark.django_db(transaction=True)
def test_two_people_who_change_and_add_at_once_are_both_kept(coders, book, interview):
    day = Day(coders, book, interview, 1)
    for who in day.coders:
        for _ in range(3):
            day.add(who)
    faults = []

    def work(who, steps):
        try:
            for step in steps:
                step(who)
        except Exception as error:  # a deadlock is what this looks for
            faults.append(error)
        finally:
            connection.close()

    doing = ([day.add, day.change] * 6, [day.change, day.add, day.remove] * 4)
    threads = [threading.Thread(target=work, args=two) for two in zip(day.coders, doing, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not faults
    assert kept(interview) == read(interview)
    assert len(read(interview)) == 6 + 6 + 4 - 4
