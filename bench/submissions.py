"""How many submissions a second are kept durably, against what the database alone can commit.

`python3 dev.py bench submissions`. In one run, in turns, with the same bytes in the same database: (1) raw
commits: one row with a unique id and the bytes, one commit each; (2) the door in process, one at a time;
(3) in process, batches of 100 a commit, beside raw batches of the same size; (4) over HTTP against a real
server, 16 phones at once. Figures are medians of the rounds; a ratio is taken within its own round, since a
shared disk changes from minute to minute. MLEZI_BENCH_ROUNDS and MLEZI_BENCH_RECORDS set another size;
--postgres takes a durable PostgreSQL of its own, DATABASE_URL another (durable only when that server has fsync on).
"""

from __future__ import annotations

import json
import os
import platform
import selectors
import socket
import statistics
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from bench import _databases  # noqa: E402

ROUNDS = int(os.environ.get("MLEZI_BENCH_ROUNDS", "5"))
N = int(os.environ.get("MLEZI_BENCH_RECORDS", "600"))
SIZE = 4000  # bytes of a record: a visit form with a few participants
PHONES = 16
BATCH = 100
WORKERS = int(os.environ.get("MLEZI_BENCH_WORKERS", min(os.cpu_count() or 1, 2)))  # as `mlezi serve` by itself


def main() -> None:
    _databases.as_asked()
    from mlezi.plumbing import memory
    from mlezi.testing.server import installed

    with installed(workers=WORKERS, parent=Path.cwd()) as server:
        os.environ.update({name: server.env[name] for name in ("MLEZI_DATA", "DATABASE_URL", "MLEZI_LOG")})
        os.environ["DJANGO_SETTINGS_MODULE"] = "mlezi.config.settings"
        import django

        django.setup()
        memory.look_less_often()  # as every process that serves does
        server.start()
        ways = Ways(server)
        ways.prepare()
        rounds = [ways.turn(number) for number in range(ROUNDS + 1)][1:]  # the first one warms up
        figures = summed(rounds, ways.vendor)
    target = HERE / "results"
    target.mkdir(exist_ok=True)
    (target / f"submissions-{ways.vendor}.json").write_text(json.dumps(figures, indent=1) + "\n")
    print(json.dumps(figures, indent=1))


class Ways:
    """The ways of keeping the same bytes, each in records a second."""

    def __init__(self, server) -> None:
        from django.db import connection

        from mlezi.people.models import Device, Person
        from mlezi.programmes.models import Programme

        self.server = server
        self.connection = connection
        self.vendor = connection.vendor
        self.programme = Programme.objects.get(code="mwanza")
        self.amina = Person.objects.get(name="Amina")
        self.device = Device.objects.get(name="Conformance")

    def prepare(self) -> None:
        kind = "BYTEA" if self.vendor == "postgresql" else "BLOB"
        with self.connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE raw_commits (id VARCHAR(60) PRIMARY KEY, xml {kind} NOT NULL)")

    def turn(self, number: int) -> dict[str, float]:
        from tests.systems.faults.conftest import records

        def fresh(part: int):
            made = records(N, number * 10 + part, self.server.facts["form_id"], size=SIZE)
            for record in made:
                record.files.clear()
            return made

        return {
            "raw": self.rate(self.raw, fresh(1)),
            "raw_batched": self.rate(self.raw_batched, fresh(2)),
            "in_process": self.rate(self.in_process, fresh(3)),
            "batched": self.rate(self.batched, fresh(4)),
            "http": self.rate(self.http, fresh(5)),
            "raw_after": self.rate(self.raw, fresh(6)),
        }

    @staticmethod
    def rate(way, made) -> float:
        started = time.perf_counter()
        way(made)
        return len(made) / (time.perf_counter() - started)

    def raw(self, made) -> None:
        with self.connection.cursor() as cursor:
            for record in made:
                cursor.execute("INSERT INTO raw_commits VALUES (%s, %s)", [record.instance_id, record.xml])

    def raw_batched(self, made) -> None:
        from django.db import transaction

        for start in range(0, len(made), BATCH):
            with transaction.atomic(), self.connection.cursor() as cursor:
                rows = [(record.instance_id, record.xml) for record in made[start : start + BATCH]]
                cursor.executemany("INSERT INTO raw_commits VALUES (%s, %s)", rows)

    def in_process(self, made) -> None:
        from mlezi.instruments.actions import receiving
        from mlezi.plumbing import clock

        for record in made:
            receiving.receive(
                programme=self.programme, xml=record.xml, sender=self.amina, device=self.device, at=clock.now()
            )

    def batched(self, made) -> None:
        from mlezi.instruments.actions import batching
        from mlezi.instruments.arrivals import Arrival
        from mlezi.plumbing import clock

        for start in range(0, len(made), BATCH):
            some = made[start : start + BATCH]
            arrivals = [
                Arrival(self.programme, record.xml, (), self.amina, self.device, at=clock.now()) for record in some
            ]
            batching.receive_many(arrivals=arrivals)

    def http(self, made) -> None:
        path = f"/phone/key/{self.server.facts['token']}/submission"
        requests = [request(path, record.body) for record in made]
        statuses = Phones(self.server.port, requests).send()
        assert statuses == {201: len(made)}, statuses


def request(path: str, body: bytes) -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-OpenRosa-Version: 1.0\r\n"
        f"Content-Type: multipart/form-data; boundary=mlezi-faults\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


class Phones:
    """Sends requests over some connections at once with as little work as can be, and counts the answers."""

    def __init__(self, port: int, requests: list[bytes]) -> None:
        self.port, self.left, self.statuses = port, requests[::-1], {}
        self.selector = selectors.DefaultSelector()

    def send(self) -> dict[int, int]:
        for _ in range(min(PHONES, len(self.left))):
            line = socket.create_connection(("127.0.0.1", self.port))
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.selector.register(line, selectors.EVENT_READ, bytearray())
            line.sendall(self.left.pop())
        while self.selector.get_map():
            for key, _ in self.selector.select():
                self.answered(key)
        return self.statuses

    def answered(self, key) -> None:
        piece = key.fileobj.recv(65536)
        if not piece:
            raise RuntimeError("the server closed the line")
        key.data.extend(piece)
        head, blank, rest = bytes(key.data).partition(b"\r\n\r\n")
        if not blank:
            return
        length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
        if len(rest) < length:
            return
        status = int(head[9:12])
        self.statuses[status] = self.statuses.get(status, 0) + 1
        key.data.clear()
        if self.left:
            key.fileobj.sendall(self.left.pop())
        else:
            self.selector.unregister(key.fileobj)
            key.fileobj.close()


def summed(rounds: list[dict[str, float]], vendor: str) -> dict:
    """Medians, and ratios taken round by round against the raw commits before and after."""

    def median(values) -> float:
        return statistics.median(values)

    def ratio(way: str, to: str = "") -> float:
        return round(median(r[way] / (r[to] if to else (r["raw"] + r["raw_after"]) / 2) for r in rounds), 3)

    import django

    return {
        "database": vendor,
        "records_a_round": N,
        "rounds": len(rounds),
        "bytes_a_record": SIZE,
        "per_second": {way: round(median(r[way] for r in rounds)) for way in rounds[0]},
        "ratio_to_raw_commits": {way: ratio(way) for way in ("http", "in_process", "batched")},
        "ratio_batched_to_raw_batched": ratio("batched", "raw_batched"),
        "phones": PHONES,
        "server_processes": WORKERS,
        "load_at_end": round(os.getloadavg()[0], 1),
        "machine": {"cores": os.cpu_count(), "system": platform.system(), "processor": platform.machine()},
        "versions": {"python": sys.version.split()[0], "django": django.__version__},
    }


if __name__ == "__main__":
    main()
