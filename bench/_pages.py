"""Which pages there are, filled with examples, and how long and heavy each is. For `bench/pages.py`."""

from __future__ import annotations

import gzip
import random
import re
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

PERIODS = {"quarter": "2025-Q3", "five years": "2200d"}
ROLES = ("national", "overseer", "coordinator", "manager", "mentor", "mentee")
LEFT_OUT = ("styleguide", "enter", "record_bytes")  # no page, or opened once in a lifetime


@dataclass
class Measured:
    """Milliseconds of the whole request, server side, and bytes as sent."""

    first: float
    times: list[float]
    after_a_record: list[float] = field(default_factory=list)
    bytes: int = 0
    queries: int = 0
    cpu: dict[str, float] = field(default_factory=dict)  # of this process alone: what a busy machine does not change

    def told(self) -> dict[str, Any]:
        found: dict[str, Any] = {"first": round(self.first, 1), "p50": middle(self.times), "p95": high(self.times)}
        found["cpu"] = self.cpu
        if self.after_a_record:
            found |= {"p50_new_record": middle(self.after_a_record), "p95_new_record": high(self.after_a_record)}
        return found | {"queries": self.queries, "kB": round(self.bytes / 1000, 1)}


def middle(times: list[float]) -> float:
    return round(statistics.median(times), 1)


def high(times: list[float]) -> float:
    """The 95th of a hundred; with fewer than twenty runs the slowest."""
    return round(sorted(times)[min(len(times) - 1, int(0.95 * len(times)))], 1)


def signed_in(programme: Any) -> dict[str, Any]:
    """A client for each role: of the country for the office, of one district for its overseer."""
    from django.test import Client

    from mlezi.people.models import Account, Person
    from mlezi.places.models import Place
    from mlezi.programmes.models import RoleAssignment

    district = Place.objects.filter(level__code="district").order_by("pk")[3]
    found = {}
    for role in ROLES:
        name = f"bench-{role}"
        account = Account.objects.filter(username=name).first()
        if account is None:
            person = example_person(programme, role) or Person.objects.create(name=name, created_at="2021-01-01T00:00Z")
            account = Account.objects.create(username=name, person=person)
            place = district if role == "overseer" else programme.place
            RoleAssignment.objects.create(
                programme=programme, person=person, role=role, place=place, from_on=date(2021, 1, 1)
            )
        client = Client(headers={"accept-encoding": "gzip"})
        client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        found[role] = client
    return found


def example_person(programme: Any, part: str) -> Any:
    from mlezi.programmes.models import Enrolment

    rows = Enrolment.objects.filter(programme=programme, part=part).select_related("person").order_by("pk")
    row = rows[5:6].first() if part in ("mentor", "mentee") else None
    return row.person if row else None


def examples(programme: Any) -> dict[str, dict[str, Any]]:
    """What stands in the place of each route's arguments."""
    from mlezi.competencies.models import Competency
    from mlezi.encounters.models import Encounter
    from mlezi.goals.models import AgreedAction
    from mlezi.instruments.models import Submission
    from mlezi.places.models import Place
    from mlezi.resources.models import Need

    district = Place.objects.filter(level__code="district").order_by("pk")[3]
    inside = {"place__path__gte": district.path, "place__path__lt": district.path_to, "programme": programme}
    meeting = Encounter.objects.filter(**inside, held_on__gte=date(2025, 7, 1)).order_by("pk").first()
    person = example_person(programme, "mentee")
    return {
        "district": {"code": district.code},
        "brief": {"code": district.code},
        "facility": {"code": meeting.place.code},
        "figure": {"code": "visit_coverage"},
        "person": {"uid": person.uid},
        "competency": {"uid": person.uid, "competency": Competency.objects.order_by("pk").first().pk},
        "encounter": {"uid": meeting.uid},
        "record": {"uid": Submission.objects.order_by("pk").first().pk},
        "action": {"uid": AgreedAction.objects.filter(**inside).order_by("pk").first().pk},
        "need": {"uid": Need.objects.filter(**inside).order_by("pk").first().pk},
    }


def addresses(programme: Any) -> Iterator[tuple[str, str]]:
    """Name and address of every page of the office that can be opened (GET), with examples filled in."""
    from django.urls import reverse

    from mlezi.office import urls

    known = examples(programme)
    for route in urls.urlpatterns:
        wanted = set(re.findall(r"<(?:\w+:)?(\w+)>", str(route.pattern)))
        given = {"programme": programme.code} | known.get(str(route.name), {})
        if route.name in LEFT_OUT or not wanted <= set(given):
            continue
        yield str(route.name), reverse(f"office:{route.name}", kwargs={key: given[key] for key in wanted})


FIRSTS = 3  # the first time is measured so often, with nothing kept each time; the middle one is told


def measured(
    client: Any, address: str, *, runs: int, forget: Callable[[], None], arrive: Any = None
) -> Measured | None:
    """How long the page takes; None when this role may not open it or it is none to read (as a form's target)."""
    from django.db import connection

    client.get(address)  # compiles statements and templates, as the first hour of a server does
    firsts = []
    for _ in range(FIRSTS):
        settle()
        forget()
        firsts.append(timed(client, address))
        if firsts[0][2].status_code != 200:
            return None
    first, cpu_first, answer = sorted(firsts, key=lambda one: one[0])[FIRSTS // 2]
    settle()
    times, cpu = _times(client, address, runs)
    seen: list[str] = []

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(count):
        client.get(address)
    after, cpu_after = _times(client, address, runs if arrive else 0, before=arrive)
    sent = answer.content if answer.headers.get("Content-Encoding") == "gzip" else gzip.compress(answer.content, 6)
    spent = {"first": round(cpu_first, 1), "p50": middle(cpu)} | ({"new_record": middle(cpu_after)} if after else {})
    return Measured(first, times, after, len(sent), len(seen), spent)


def _times(client: Any, address: str, runs: int, before: Any = None) -> tuple[list[float], list[float]]:
    found = []
    for _ in range(runs):
        if before:
            before()
        found.append(timed(client, address)[:2])
    return [wall for wall, _ in found], [cpu for _, cpu in found]


def settle() -> None:
    """Wait until nothing is counted behind the scenes any more, lest the next page be measured beside it."""
    for thread in threading.enumerate():
        if thread.name.startswith("asks "):
            thread.join()


def timed(client: Any, address: str) -> tuple[float, float, Any]:
    """Milliseconds by the clock, and of this process's processor time; the answer."""
    begun, worked = time.perf_counter(), time.process_time()
    answer = client.get(address)
    answer.content  # noqa: B018 - the last template is rendered
    return 1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - worked), answer


def arriving(programme: Any) -> Callable[[], None]:
    """What a derived record does to kept answers: its district, and those of the people in it, changed."""
    from mlezi.evaluation import versions
    from mlezi.places.models import Place

    districts = list(Place.objects.filter(level__code="district").values_list("pk", flat=True))
    dice = random.Random(5)
    return lambda: versions.raise_areas(programme.pk, [dice.choice(districts)])
