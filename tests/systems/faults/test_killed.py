"""The server is killed, again and again, in the middle of submissions. What it said yes to is there, once."""

from __future__ import annotations

import http.client
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from mlezi.testing.server import installed
from mlezi.testing.wire import Wire
from tests.systems.faults.conftest import KIND, LONG, records

N, KILLS = (8000, 60) if LONG else (600, 8)
SENDERS = 6
SEED = random.randrange(10**9) if LONG else 20260302


def send(server, record, halted):
    """As a phone does: the same bytes until somebody says 201 or 202."""
    while not record.accepted:
        wire = Wire(f"{server.url}/phone/key/{server.facts['token']}", timeout=20)
        try:
            status = wire.ask("POST", "submission", record.body, KIND).status
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)
            continue
        record.accepted = status in (201, 202)
        if not record.accepted and status != 503:
            raise AssertionError(f"{record.instance_id} was answered {status}")
        if halted.is_set():
            return


def killer(server, dice, done, kills):
    """Kill and start again, at moments nobody planned."""
    while not done.is_set() and kills[0] < KILLS:
        time.sleep(dice.uniform(0.02, 0.2))
        server.kill()
        kills[0] += 1
        server.start()


def test_nothing_answered_yes_is_lost_and_nothing_is_doubled():
    print(f"seed {SEED}")
    done, halted, kills = threading.Event(), threading.Event(), [0]
    with installed() as server:
        server.start()
        sent = records(N, SEED, server.facts["form_id"])
        hunt = threading.Thread(target=killer, args=(server, random.Random(SEED), done, kills))
        hunt.start()
        try:
            with ThreadPoolExecutor(SENDERS) as crowd:
                list(crowd.map(lambda record: send(server, record, halted), sent))
        finally:
            done.set()
            halted.set()
            hunt.join()
        server.kill()  # once more, right after the last yes
        held = server.contents()
    assert kills[0] >= (KILLS if LONG else 3), "the server was hardly killed: nothing is proved"
    assert {uid: rows for uid, rows in held["records"].items()} == {r.instance_id: [r.kept] for r in sent}
    assert held["quarantined"] == 0
