"""Whatever happens to a phone, its line and its server: nothing is lost, nothing is doubled, changes keep their order.

Sequences nobody planned, against a real server over a line that fails, in a real browser that is closed in the
middle of things. A failing one is shrunk to the shortest that still fails.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from mlezi.testing.badline import Asked, BadLine, Fault, bad_line
from mlezi.testing.handset import Handset, handset
from mlezi.testing.server import Server, installed
from mlezi.testing.wire import Wire
from tests.systems.faults.conftest import LONG

LONG_WORDS = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")  # a failing sequence is long
pytestmark = [pytest.mark.browser, pytest.mark.both_databases, pytest.mark.enable_socket, LONG_WORDS]
# Of what is tried each time most is the phone's part, which is the same whatever keeps the records.
SCENARIOS = 2000 if LONG else 60 if os.environ.get("DATABASE_URL") else 200
PIN = "2580"
HURRIED, LATE = 400, 0.6  # milliseconds that the phone waits, seconds that the line takes
VISIT = """| survey | | | |
| | type | name | label |
| | text | note | Note |
| | image | photo | Photograph |
| settings | | | |
| | form_id | form_title | version |
| | visit | Visit | {version} |
"""
CHANGE = """| survey | | | | |
| | type | name | label | save_to |
| | select_one_from_file mentees.csv | mentee | Mentee | |
| | text | cadre | Cadre | cadre |
| settings | | | | |
| | form_id | form_title | version | |
| | change | Change | 1 | |
| entities | | | | |
| | list_name | entity_id | update_if | label |
| | mentees | ${mentee} | true() | concat(${cadre}, ' person') |
"""

# --- what may happen, each a word and a number that its meaning takes modulo what there is ---
NUMBER = st.integers(0, 7)
SIZE = st.sampled_from([0, 0, 900, 150_000])
LOSSES = [Fault.LOST, Fault.CUT, Fault.DOWN, Fault.DOUBLE]
FAULTS = [*LOSSES, *LOSSES, *LOSSES, Fault.PORTAL, Fault.LATE, Fault.HELD]  # the last two make a test wait
STEP = st.one_of(
    st.tuples(st.just("begin"), SIZE),
    st.tuples(st.just("begin"), SIZE),
    st.tuples(st.just("edit"), NUMBER),
    st.tuples(st.just("finish"), NUMBER),
    st.tuples(st.just("finish"), NUMBER),
    st.tuples(st.just("change"), NUMBER),
    st.tuples(st.just("send"), st.just(0)),
    st.tuples(st.just("line"), st.lists(st.sampled_from(FAULTS), min_size=1, max_size=4)),
    st.tuples(st.just("kill"), st.sampled_from(["idle", "saving", "finishing", "sending"])),
    st.tuples(st.just("expire"), st.just(0)),
    st.tuples(st.just("renew"), st.just(0)),
    st.tuples(st.just("full"), st.sampled_from([0, 50_000])),
    st.tuples(st.just("roomy"), st.just(0)),
    st.tuples(st.just("publish"), st.just(0)),
)


@dataclass(repr=False)  # what it holds fills pages, and a failure prints it
class World:
    """The phone, the line, the server, and what has been promised so far."""

    server: Server
    line: BadLine
    phone: Handset
    publisher: subprocess.Popen[str]
    baraka: str
    faults: list[Fault] = field(default_factory=list)
    promised: dict[str, str] = field(default_factory=dict)  # draft → the note that was saved
    frozen: dict[str, dict[str, Any]] = field(default_factory=dict)  # record → as it was when it was finished
    all_ids: set[str] = field(default_factory=set)
    versions: int = 2
    notes: int = 0
    is_expired: bool = False

    def decide(self, asked: Asked) -> Fault:
        return self.faults.pop(0) if self.faults and "/phone/" in asked.path else Fault.NONE

    def rewrite(self, path: str) -> str:
        facts = self.server.facts
        return path.replace(facts["token"], facts["revoked_token"]) if self.is_expired else path

    def publish(self, source: str) -> None:
        assert self.publisher.stdin
        assert self.publisher.stdout
        self.publisher.stdin.write(json.dumps(source) + "\n")
        self.publisher.stdin.flush()
        assert self.publisher.stdout.readline().strip() == "published"

    # --- steps ---
    def begin(self, size: int) -> None:
        self.notes += 1
        photo = {"photo": {"file": "p.jpg", "size": size, "seed": self.notes}} if size else {}
        with_room(lambda: self.promise("return begin('visit', a)", {"note": f"note {self.notes}", **photo}))

    def promise(self, script: str, answers: dict[str, Any]) -> None:
        made = self.phone.play(script, answers)
        self.promised[made] = answers["note"]

    def edit(self, number: int) -> None:
        if uid := self.pick(number):
            self.notes += 1
            with_room(lambda: self.phone.play(EDIT, uid, f"note {self.notes}"))
            self.promised[uid] = self.phone.play("return noteOf(a)", uid)

    def finish(self, number: int) -> None:
        if uid := self.pick(number):
            with_room(lambda: self.phone.play("return finish(a)", uid))
            self.look()

    def change(self, number: int) -> None:
        made = with_room(
            lambda: self.phone.play(
                "return finish(await begin('change', a))", {"mentee": self.baraka, "cadre": f"c{number}"}
            )
        )
        if made:
            self.look()

    def send(self, _: int) -> None:
        with_room(lambda: self.phone.play("return core.sendNow()"))

    def line_(self, faults: list[Fault]) -> None:
        self.faults[:] = faults

    def kill(self, during: str) -> None:
        uid = self.pick(0)
        if during == "saving" and uid:
            self.phone.begin(EDIT, uid, self.promised[uid] + MORE)
        if during == "finishing" and uid:
            self.phone.begin("return finish(a)", uid)
        if during == "sending":
            self.phone.begin("return core.sendNow()")
        self.phone.reload()
        self.phone.unlock(PIN)
        self.look()
        notes = {one["id"]: one["note"] for one in self.phone.play("return everything()")}
        for uid, note in self.promised.items():
            assert notes[uid] in (note, note + MORE), "what was saved is there"
            self.promised[uid] = notes[uid]

    def expire(self, _: int) -> None:
        self.is_expired = True

    def renew(self, _: int) -> None:
        self.is_expired = False

    def full(self, left: int) -> None:
        self.phone.full(left)

    def roomy(self, _: int) -> None:
        self.phone.full(None)

    def publish_(self, _: int) -> None:
        self.versions += 1
        self.publish(VISIT.format(version=self.versions))

    # --- what must hold ---
    def pick(self, number: int) -> str:
        drafts = sorted(self.promised)
        return drafts[number % len(drafts)] if drafts else ""

    def look(self) -> dict[str, dict[str, Any]]:
        """All on the phone. What was finished keeps its bytes for ever; what was a draft is one or is finished."""
        found = {one["id"]: one for one in self.phone.play("return everything()")}
        assert all(one["trouble"] != "damaged" for one in found.values())
        for uid, one in found.items():
            if one["state"] != "draft" and uid not in self.frozen:
                self.frozen[uid] = one
                self.promised.pop(uid, None)
        assert set(self.promised) <= set(found), "nothing that was kept has gone"
        gone = set(self.frozen) - set(found)  # a full phone lets go at once of what the server has whole
        there = self.receipts() if gone else {}
        assert all(there[uid]["sha256"] == self.frozen[uid]["sha256"] and not there[uid]["missing"] for uid in gone)
        assert all(found[uid]["sha256"] == one["sha256"] for uid, one in self.frozen.items() if uid in found)
        return found

    def settle(self) -> None:
        """The line is good again, the code is valid, there is room: everything arrives."""
        self.faults.clear()
        self.is_expired = False
        self.phone.full(None)
        self.phone.play("patience.answer = 30000")
        for _ in range(4):
            if not self.phone.play("return core.sendNow()")["left"]:
                break
        found, there = self.look(), self.receipts()
        for uid, one in self.frozen.items():
            assert uid not in found or found[uid]["state"] == "acknowledged"
            assert there[uid]["sha256"] == one["sha256"]
            assert {file["name"]: file["sha256"] for file in there[uid]["present"]} == one["files"]
            assert there[uid]["missing"] == []
        self.ordered(there)
        self.all_ids |= set(self.frozen)
        self.phone.play(FORGET)
        self.promised.clear()
        self.frozen.clear()

    def receipts(self) -> dict[str, Any]:
        if not self.frozen:
            return {}
        wire = Wire(f"{self.server.url}/phone/key/{self.server.facts['token']}")
        return dict(json.loads(wire.get("receipts?ids=" + ",".join(self.frozen)).body)["receipts"])

    def ordered(self, there: dict[str, Any]) -> None:
        """Changes of one person: each builds on the one before, and they arrived in that order."""
        changes = []
        for uid, one in self.frozen.items():
            entity = re.search(r"<entity[^>]*baseVersion=\"(\d+)\"[^>]*>", one["xml"])
            if entity:
                branch = re.search(r"branchId=\"([^\"]+)\"", entity[0])
                assert branch, entity[0]
                changes.append((int(entity[1]), branch[1], there[uid]["received_at"]))
        changes.sort()
        assert [base for base, _, _ in changes] == list(range(1, len(changes) + 1))
        assert len({branch for _, branch, _ in changes}) <= 1
        assert [at for _, _, at in changes] == sorted(at for _, _, at in changes)


EDIT = """
    drafts[a] ??= await core.openDraft(a);
    answer(drafts[a].session.whole, {note: b});
    await drafts[a].save();
"""
FORGET = "return emptied()"
MORE = " and more"
MEANINGS = {"line": "line_", "publish": "publish_"}


def with_room(work: Any) -> Any:
    """A full phone says so; it is the one refusal a mentor may meet here."""
    try:
        return work()
    except Exception as error:
        if "no_room" not in str(error):
            raise
        return None


@contextmanager
def publishing(server: Server) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "mlezi.testing.server", "publish"]
    with subprocess.Popen(command, env=server.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


@pytest.fixture(scope="module")
def world(tmp_path_factory, playwright, built) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("handset")
    with installed() as server:
        server.start()
        with (
            bad_line(server.port) as line,
            publishing(server) as publisher,
            handset(playwright, folder, line.url) as phone,
        ):
            phone.patience.update(between=5)
            line.late = LATE
            world = World(server, line, phone, publisher, server.facts["baraka"])
            world.publish(VISIT.format(version=2))
            world.publish(CHANGE)
            phone.open()
            phone.enrol(f"/phone/key/{server.facts['token']}", PIN)
            phone.play("return core.sendNow()")
            line.decide, line.rewrite = world.decide, world.rewrite
            yield world


@settings(
    max_examples=SCENARIOS,
    deadline=None,
    derandomize=not LONG,
    database=None,
    phases=[Phase.explicit, Phase.generate, Phase.shrink] if LONG else [Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=st.lists(STEP, min_size=3, max_size=12))
def test_nothing_is_lost_and_nothing_doubled_whatever_happens(world, steps):
    world.ran = getattr(world, "ran", 0) + 1
    world.phone.play("patience.answer = a", HURRIED)
    for word, what in steps:
        getattr(world, MEANINGS.get(word, word))(what)
    world.settle()


def test_the_server_holds_each_record_once(world):
    """After all of it: as many as the phone sent, each received once."""
    world.server.kill()
    held = world.server.contents()
    records = held["records"]

    assert set(records) == world.all_ids
    assert all(len(found) == 1 and found[0]["received"] == 1 for found in records.values())
    assert held["quarantined"] == 0
    print(f"{world.ran} scenarios, {len(records)} records, {len(world.line.passed)} requests")
