"""Derives a whole programme again: quick, with progress, and able to go on where it was stopped.

Portions in the order of encounter uid are handed to processes, one a core. Nothing that is already as
it should be is written. The programme can be used meanwhile; what people and phones did while the
rebuild ran is derived once more at its end.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.instruments.derivation import portions, register, runner
from mlezi.instruments.derivation.portions import Ground
from mlezi.instruments.derivation.runner import VERSION, Done
from mlezi.instruments.models import Rebuild, Submission
from mlezi.plumbing import memory
from mlezi.plumbing.forking import let_go_of_connections
from mlezi.programmes.models import Programme

UNITS_TOGETHER = 1600  # ids are random, so a commit touches pages everywhere: few large ones write each page less often
Tell = Callable[[Rebuild], None]
Phase = Rebuild.Phase
Work = Callable[[Ground, Sequence[UUID]], Done]

_GROUND: list[Ground] = []  # what forked processes inherit


def rebuild(
    *,
    programme: Programme,
    by: audit.Actor,
    at: datetime,
    processes: int = 0,
    tell: Tell | None = None,
    since_then: Callable[[Rebuild], None] | None = None,
) -> Done:
    """Derive everything of the programme. `processes` 0 works in this one.

    A rebuild that was stopped before its end goes on; `tell` hears of every portion. `since_then`
    derives once more what people did since it was begun.
    """
    run = _begin(programme, by, at)
    done = Done()
    steps: tuple[tuple[Phase, Callable[[], list[UUID]], Work], ...] = (
        (Phase.IDENTIFY, partial(_unidentified, programme), portions.identify),
        (Phase.MEETINGS, partial(_meetings, programme), _meet),
        (Phase.OTHERS, partial(_others, programme), _others_work),
    )
    order = [*Phase]
    for phase, find, work in steps:
        if order.index(phase) < order.index(Phase(run.phase)):
            continue
        _enter(run, phase)
        keys = [key for key in find() if run.cursor is None or key > run.cursor]
        run.n_total, run.n_done = len(keys), 0
        ground = portions.survey(programme, at=at)
        for portion, result in _work(ground, work, list(_portions(keys)), processes):
            done.n_units += result.n_units
            done.n_parked += result.n_parked
            done.n_written += result.n_written
            run.cursor, run.n_done = portion[-1], run.n_done + len(portion)
            run.save(update_fields=["cursor", "n_done", "n_total"])
            if tell:
                tell(run)
    _enter(run, Phase.FOLLOW)
    _finish(programme, run, at, since_then)
    return done


def _begin(programme: Programme, by: audit.Actor, at: datetime) -> Rebuild:
    run = Rebuild.objects.filter(programme=programme, finished_at=None).first()
    if run and run.version == VERSION:
        return run
    Rebuild.objects.filter(programme=programme, finished_at=None).delete()
    with transaction.atomic():
        run = Rebuild.objects.create(programme=programme, version=VERSION, started_at=at, by_name=by.name)
        audit.record("derivation.begun", run, by=by, at=at, facts={"programme": programme.code, "version": VERSION})
    return run


def _enter(run: Rebuild, phase: Phase) -> None:
    if run.phase != phase:
        run.phase, run.cursor = phase, None
        run.save(update_fields=["phase", "cursor"])


def _unidentified(programme: Programme) -> list[UUID]:
    rows = Submission.objects.filter(programme=programme, encounter_uid=None, is_current=True)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _meetings(programme: Programme) -> list[UUID]:
    """Encounters that records are about, and those of which no record is left."""
    rows = Submission.objects.filter(programme=programme, encounter_uid__isnull=False)
    uids = set(rows.order_by().values_list("encounter_uid", flat=True).distinct())
    for table in register.tables():
        if table.key == "uid":  # the encounters themselves
            there = table.model._default_manager.filter(programme=programme)
            uids |= set(there.values_list("uid", flat=True))
    return sorted(uid for uid in uids if uid)


def _others(programme: Programme) -> list[UUID]:
    rows = Submission.objects.filter(programme=programme, encounter_uid=None)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _meet(ground: Ground, uids: Sequence[UUID]) -> Done:
    return portions.derive(ground, uids=uids)


def _others_work(ground: Ground, ids: Sequence[UUID]) -> Done:
    return portions.derive(ground, alone=ids)


def _portions(keys: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(keys), UNITS_TOGETHER):
        yield keys[start : start + UNITS_TOGETHER]


def _work(
    ground: Ground, work: Work, todo: list[Sequence[UUID]], processes: int
) -> Iterable[tuple[Sequence[UUID], Done]]:
    """Do the portions, in order, here or in processes that share what was looked up."""
    if processes < 2 or len(todo) < 2:
        for portion in todo:
            yield portion, work(ground, portion)
        return
    context = multiprocessing.get_context("fork")
    ground.writing = context.Lock()
    _GROUND[:] = [ground]
    let_go_of_connections()
    with ProcessPoolExecutor(processes, mp_context=context, initializer=memory.look_less_often) as pool:
        yield from zip(todo, pool.map(partial(_in_process, work), todo), strict=True)
    _GROUND.clear()


def _in_process(work: Work, portion: Sequence[UUID]) -> Done:
    return work(_GROUND[0], portion)


def _finish(programme: Programme, run: Rebuild, at: datetime, since_then: Callable[[Rebuild], None] | None) -> None:
    with transaction.atomic():
        runner.lock(programme)
        for follower in register.followers():
            follower.follow(programme, None)
    if since_then:
        since_then(run)
    with transaction.atomic():
        run.phase, run.finished_at = Phase.DONE, at
        run.save(update_fields=["phase", "finished_at"])
        audit.record("derivation.finished", run, by=audit.MACHINE, at=at, facts={"programme": programme.code})
