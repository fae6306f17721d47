"""A bad line between a phone and a server: a proxy that loses, cuts, delays and doubles what passes.

It reads each request and each answer whole, so that a test decides exactly what was committed and what
was heard of it. What passed is counted in bytes, heads included.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum

END = b"\r\n\r\n"
PORTAL = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 20\r\nConnection: close\r\n\r\n<h1>Hotel Wi-Fi</h1>"
)


class Fault(Enum):
    NONE = "none"
    DOWN = "down"  # nothing reaches the server
    LOST = "lost"  # the server has done it; its answer never comes
    CUT = "cut"  # half of the answer comes
    LATE = "late"  # the answer comes after the phone gave up
    HELD = "held"  # it reaches the server after what was sent later
    DOUBLE = "double"  # the request reaches the server twice
    PORTAL = "portal"  # somebody else answers, and says that all is well


@dataclass(frozen=True)
class Asked:
    """One request as the proxy saw it. `number` counts from 0."""

    method: str
    path: str
    number: int


@dataclass
class Passed:
    asked: Asked
    fault: Fault
    up: int
    down: int


@dataclass
class BadLine:
    """`decide` says what happens to each request; `rewrite` may change its address first."""

    server_port: int
    decide: Callable[[Asked], Fault] = lambda asked: Fault.NONE
    rewrite: Callable[[str], str] = lambda path: path
    late: float = 2.0  # seconds
    port: int = 0
    passed: list[Passed] = field(default_factory=list)
    _n: int = 0
    _later: list[asyncio.Future[None]] = field(default_factory=list)
    # The loop itself forgets a waiting meeting, and the collector would end it in the middle.
    _meetings: set[asyncio.Task[None] | None] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        meeting = asyncio.current_task()
        self._meetings.add(meeting)
        try:
            while request := await _message(reader, is_answer=False):
                if not await self._carry(request, writer):
                    break
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            self._meetings.discard(meeting)

    async def _carry(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection goes on."""
        line, _, rest = request.partition(b"\r\n")
        method, path, _ = line.decode("latin-1").split(" ", 2)
        asked = Asked(method, path, self._n)
        self._n += 1
        fault = self.decide(asked)
        note = Passed(asked, fault, len(request), 0)
        self.passed.append(note)
        if fault is Fault.DOWN:
            return False
        if fault is Fault.PORTAL:
            writer.write(PORTAL)
            await writer.drain()
            return False
        sent = f"{method} {self.rewrite(path)} HTTP/1.1\r\n".encode("latin-1") + rest
        if fault is Fault.HELD:
            self._later.append(asyncio.ensure_future(self._held(sent, method)))
            return False
        answer = await self._ask(sent, method)
        if fault is Fault.DOUBLE:
            await self._ask(sent, method)
        if fault is Fault.LOST:
            return False
        if fault is Fault.LATE:
            await asyncio.sleep(self.late)
        told = answer[: len(answer) // 2] if fault is Fault.CUT else answer
        note.down = len(told)
        writer.write(told)
        await writer.drain()
        return fault is not Fault.CUT

    async def _held(self, request: bytes, method: str) -> None:
        await asyncio.sleep(self.late)
        with suppress(OSError):
            await self._ask(request, method)

    async def _ask(self, request: bytes, method: str) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        try:
            writer.write(request)
            await writer.drain()
            return await _message(reader, is_answer=True, has_body=method != "HEAD")
        finally:
            writer.close()


async def _message(reader: asyncio.StreamReader, *, is_answer: bool, has_body: bool = True) -> bytes:
    """A whole request or answer; empty when the other side has gone."""
    try:
        head = await reader.readuntil(END)
    except asyncio.IncompleteReadError:
        return b""
    fields = dict(
        (name.strip().lower(), value.strip())
        for name, _, value in (line.partition(b":") for line in head.split(b"\r\n")[1:])
    )
    if is_answer and (not has_body or head.split(b" ", 2)[1] in (b"204", b"304")):
        return head
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        return head + await _chunks(reader)
    length = fields.get(b"content-length")
    if length is not None:
        return head + await reader.readexactly(int(length))
    return head + (await reader.read() if is_answer else b"")


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    whole = b""
    while True:
        size = await reader.readline()
        whole += size + await reader.readexactly(int(size, 16) + 2)
        if int(size, 16) == 0:
            return whole


@contextmanager
def bad_line(server_port: int) -> Iterator[BadLine]:
    """A line to the server on `server_port`, good until told otherwise."""
    line = BadLine(server_port)
    loop = asyncio.new_event_loop()
    started, over = threading.Event(), asyncio.Event()

    async def serve() -> None:
        server = await asyncio.start_server(line.meet, "127.0.0.1", 0, limit=1_000_000)
        line.port = server.sockets[0].getsockname()[1]
        started.set()
        await over.wait()
        server.close()
        left = asyncio.all_tasks() - {asyncio.current_task()}
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()), daemon=True)
    thread.start()
    started.wait(10)
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join(10)
        loop.close()
