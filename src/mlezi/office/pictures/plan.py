"""A month's visits by need: each facility's priority with its reasons, what is planned, what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries as encounters
from mlezi.encounters.models import PlannedEncounter
from mlezi.encounters.queries import Facility
from mlezi.evaluation import figures, keeping
from mlezi.evaluation.arithmetic import Numbers
from mlezi.methods.planning.need import Facts, Priority, priority
from mlezi.office import links
from mlezi.office.pictures import sites, staffing
from mlezi.office.pictures.asked import Asked
from mlezi.office.pictures.staffing import NOBODY, Staff
from mlezi.people.models import Person
from mlezi.programmes.models import Enrolment
from mlezi.programmes.queries import running_on

SHORT = 40  # how many plans and facilities the page lists unless asked for all
CHOICES = 200  # of more mentors than these only those who go or would go there can be chosen in a line
WEIGHTS = {"quality": 3, "volume": 1, "overdue": 3, "actions": 1, "turnover": 1}  # where a blueprint says nothing
WORDS = {
    "quality": (_("ratings low"), _("ratings middling"), _("ratings good")),
    "volume": (_("many clients"), _("clients middling"), _("few clients")),
    "overdue": (_("visit overdue"), _("visit due"), _("visited lately")),
    "actions": (_("many actions open"), _("some actions open"), _("few actions open")),
    "turnover": (_("staff changed"), _("some staff changed"), _("staff steady")),
}


class Wanted(NamedTuple):
    """A facility with its priority and the row id of who would go there."""

    standing: sites.Standing
    priority: Priority
    mentor: int | None

    @property
    def place(self) -> Facility:
        return self.standing.place

    @property
    def reasons(self) -> list[dict[str, Any]]:
        """Reasons in words, the strongest first. Coarse on purpose: a facility's ratings are few people's."""
        ordered = sorted(self.priority.reasons.items(), key=lambda pair: -pair[1])
        return [
            {"code": code, "words": str(WORDS[code][_third(value)]), "tone": _tone(code, value)}
            for code, value in ordered
        ]


def _tone(code: str, value: float) -> str:
    """Many clients are a reason to come, not a fault."""
    strong = "note" if code == "volume" else "late"
    return (strong, "" if code == "volume" else "wait", "")[_third(value)]


def _third(value: float) -> int:
    return 0 if value >= 2 / 3 else 1 if value >= 1 / 3 else 2


def wanted(asked: Asked, today: date) -> Sequence[Wanted]:
    """Every facility of the place asked about, the most in need first."""
    name, make = f"wanted in {asked.period.key}", partial(_wanted, asked, today)
    return keeping.whole(name, asked.programme, asked.here, on=today, make=make)


def _wanted(asked: Asked, today: date) -> list[Wanted]:
    standing = sites.standings(asked.programme, asked.here, on=today)
    staff = staffing.by_place(asked.programme, asked.here, today)
    facts = _facts(asked, standing, staff, encounters.visit_interval(asked.programme), today)
    volumes = sorted(one.volume for one in facts if one.volume is not None)
    weights = asked.programme.blueprint.get("planning") or WEIGHTS
    able = set(mentors(asked, today).order_by().values_list("pk", flat=True))
    found = [
        Wanted(one, priority(of_it, weights, volumes), _who(one, staff.get(one.place.pk), able))
        for one, of_it in zip(standing, facts, strict=True)
    ]
    return sorted(found, key=lambda one: (-(one.priority.score or -1), one.place.name))


def _who(one: sites.Standing, staff: Staff | None, able: Collection[int]) -> int | None:
    """Who would visit a place: the mentor of most people there, else whoever came last, if still a mentor."""
    guides = staff.guides if staff else ()
    return next((who for who in (*guides, one.place.last_lead) if who in able), None)


def _facts(
    asked: Asked, standing: Sequence[sites.Standing], staff: Mapping[int, Staff], every: int | None, today: date
) -> list[Facts]:
    # Ratings by facility feed the priority only, in three coarse steps; they are printed nowhere.
    level = figures.ask(
        "at_level", programme=asked.programme.pk, start=asked.period.start, end=asked.period.end, scope=asked.here,
        by="facility", reveal=True,
    ).parts  # fmt: skip
    agreed = asked.ask("actions_overdue", by="facility").parts
    return [
        Facts(
            below=_below(level.get(one.place.pk)),
            volume=one.place.volume,
            late=_late(one, every, today),
            actions=_open(agreed.get(one.place.pk)),
            staff=staff.get(one.place.pk, NOBODY).n,
            moved=staff.get(one.place.pk, NOBODY).moved,
        )
        for one in standing
    ]


def _open(actions: Numbers | None) -> int:
    """All that are open, also those without a day."""
    return 0 if actions is None else (actions.of or 0) + (actions.missing or 0)


def _below(numbers: Numbers | None) -> float | None:
    return None if numbers is None or numbers.value is None else 1 - numbers.value


def _late(one: sites.Standing, every: int | None, today: date) -> float | None:
    if not every:
        return None
    since = one.last_on or one.place.from_on
    return (today - since).days / every


def mentors(asked: Asked, today: date) -> QuerySet[Person]:
    enrolled = Enrolment.objects.filter(running_on(today), programme=asked.programme, part="mentor")
    return Person.objects.filter(pk__in=enrolled.values("person")).only("uid", "name").order_by("name")


def plans(asked: Asked, today: date) -> list[Any]:
    """Plans of the month asked about at these places, each with what became of it."""
    return list(encounters.with_status(_of_the_month(asked).select_related("place__parent"), on=today))


def _of_the_month(asked: Asked) -> QuerySet[PlannedEncounter]:
    return encounters.plans_of_days(asked.here, asked.programme, asked.period.start, month_end(asked))


def month_end(asked: Asked) -> date:
    """The day after the month's last, whatever day it is today."""
    first = asked.period.start.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1)


def page(asked: Asked, today: date, *, is_all: bool = False) -> dict[str, Any]:
    made = _of_the_month(asked)
    planned = Counter(made.filter(cancelled_on=None).order_by().values_list("place_id", flat=True))
    able = set(mentors(asked, today).order_by().values_list("pk", flat=True))
    rows = wanted(asked, today)
    n_plans, n_rows = made.count(), len(rows)
    listed = encounters.with_status(made.select_related("place__parent"), on=today)[: None if is_all else SHORT]
    likely = {one.place.pk: one.mentor for one in rows} if listed else {}
    shown = rows if is_all else rows[:SHORT]
    names = Person.objects.only("uid", "name").in_bulk({one.mentor for one in shown if one.mentor})
    return {
        "plans": listed,
        "n_plans": n_plans,
        "n_rows": n_rows,
        "rows": [{"wanted": one, "n": planned.get(one.place.pk, 0), "mentor": names.get(one.mentor or 0),
                  "score": one.priority.score, "url": links.page("facility", asked.programme, one.place.code)}
                 for one in shown],
        "mentors": _choices(able, {who for one in listed for who in (one.lead_id, likely.get(one.place_id)) if who}),
        "unplanned": sum(1 for one in rows if one.place.pk not in planned),
        "today": today,
        "statuses": dict(encounters.PlanStatus.choices),
    }  # fmt: skip


def _choices(able: set[int], there: set[int]) -> list[Person]:
    """Who can be chosen for these plans; whoever goes now is among them, also when no mentor any more."""
    chosen = able | there if len(able) <= CHOICES else there
    return list(Person.objects.filter(pk__in=chosen).only("uid", "name").order_by("name"))


def reasons_as_kept(one: Wanted) -> list[Mapping[str, Any]]:
    """What is written on the plan: code, words and strength of each reason at that time."""
    return [
        {"code": row["code"], "words": row["words"], "strength": round(one.priority.reasons[row["code"]], 3)}
        for row in one.reasons
    ]
