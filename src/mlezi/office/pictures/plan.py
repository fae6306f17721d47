"""A month's visits by need: each facility's priority with its reasons, what is planned, what it costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mlezi.encounters import queries as encounters
from mlezi.evaluation import figures
from mlezi.evaluation.arithmetic import Numbers
from mlezi.methods.planning.need import Facts, Priority, priority
from mlezi.office import links
from mlezi.office.pictures import sites
from mlezi.office.pictures.asked import Asked
from mlezi.pairing.models import Pairing
from mlezi.people.models import Person, Post
from mlezi.places.models import Place
from mlezi.programmes.models import Enrolment
from mlezi.programmes.queries import running_on

TURNOVER_DAYS = 90
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


@dataclass(frozen=True)
class Wanted:
    """A facility with its priority and who would go there."""

    standing: sites.Standing
    priority: Priority
    mentor: Person | None

    @property
    def place(self) -> Place:
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


def wanted(asked: Asked, today: date, able: Iterable[Person] | None = None) -> list[Wanted]:
    """Every facility of the place asked about, the most in need first; `able`: the mentors, where they are known."""
    standing = sites.standings(asked.programme, asked.here, on=today)
    every = encounters.visit_interval(asked.programme)
    facts = _facts(asked, standing, every, today)
    volumes = sorted(one.volume for one in facts.values() if one.volume is not None)
    weights = asked.programme.blueprint.get("planning") or WEIGHTS
    who = mentors_of(asked, standing, today, mentors(asked, today) if able is None else able)
    found = [Wanted(one, priority(facts[one.place.pk], weights, volumes), who.get(one.place.pk)) for one in standing]
    return sorted(found, key=lambda one: (-(one.priority.score or -1), one.place.name))


def _facts(asked: Asked, standing: Sequence[sites.Standing], every: int | None, today: date) -> dict[int, Facts]:
    # Ratings by facility feed the priority only, in three coarse steps; they are printed nowhere.
    level = figures.ask(
        "at_level", programme=asked.programme.pk, start=asked.period.start, end=asked.period.end, scope=asked.here,
        by="facility", reveal=True,
    ).parts  # fmt: skip
    agreed = asked.ask("actions_overdue", by="facility").parts
    staff, moved = _turnover(asked, today)
    return {
        one.place.pk: Facts(
            below=_below(level.get(one.place.pk)),
            volume=one.site.volume,
            late=_late(one, every, today),
            actions=_open(agreed.get(one.place.pk)),
            staff=staff.get(one.place.pk, 0),
            moved=moved.get(one.place.pk, 0),
        )
        for one in standing
    }


def _open(actions: Numbers | None) -> int:
    """All that are open, also those without a day."""
    return 0 if actions is None else (actions.of or 0) + (actions.missing or 0)


def _below(numbers: Numbers | None) -> float | None:
    return None if numbers is None or numbers.value is None else 1 - numbers.value


def _late(one: sites.Standing, every: int | None, today: date) -> float | None:
    if not every:
        return None
    since = one.last_on or one.site.from_on
    return (today - since).days / every


def _turnover(asked: Asked, today: date) -> tuple[Counter[int], Counter[int]]:
    """How many work at each place, and how many came or went in the last three months."""
    posts = Post.objects.filter(asked.here.where(path="place__path", programme=None))
    now = Q(from_on=None) | Q(from_on__lte=today)
    staff = posts.filter(now, Q(to_on=None) | Q(to_on__gte=today)).values_list("place", flat=True)
    since = today - timedelta(days=TURNOVER_DAYS)
    recent = Q(from_on__gte=since, from_on__lte=today) | Q(to_on__gte=since, to_on__lt=today)
    return Counter(staff), Counter(posts.filter(recent).values_list("place", flat=True))


def mentors(asked: Asked, today: date) -> list[Person]:
    enrolled = Enrolment.objects.filter(running_on(today), programme=asked.programme, part="mentor")
    return list(Person.objects.filter(pk__in=enrolled.values("person")).only("uid", "name").order_by("name"))


def mentors_of(
    asked: Asked, standing: Sequence[sites.Standing], today: date, mentors: Iterable[Person]
) -> dict[int, Person]:
    """Who would visit each place: the mentor of most people there, else whoever came last, if still a mentor."""
    able = {one.pk: one for one in mentors}
    pairs = Pairing.objects.filter(running_on(today), programme=asked.programme, guide__in=able)
    posts = Post.objects.filter(
        asked.here.where(path="place__path", programme=None), person__in=pairs.values("learner"), to_on=None
    )
    places = dict(posts.values_list("person", "place"))
    votes: dict[int, Counter[int]] = {}
    for guide, learner in pairs.values_list("guide", "learner"):
        if learner in places:
            votes.setdefault(places[learner], Counter())[guide] += 1
    found: dict[int, Person] = {}
    for one in standing:
        most = votes.get(one.place.pk, Counter()).most_common(1)
        who = most[0][0] if most else one.site.last_lead  # type: ignore[attr-defined]
        if who in able:
            found[one.place.pk] = able[who]
    return found


def plans(asked: Asked, today: date) -> list[Any]:
    """Plans of the month asked about at these places, each with what became of it."""
    seen = encounters.plans_of_days(asked.here, asked.programme, asked.period.start, month_end(asked))
    return list(encounters.with_status(seen.select_related("place__parent"), on=today))


def month_end(asked: Asked) -> date:
    """The day after the month's last, whatever day it is today."""
    first = asked.period.start.replace(day=1)
    return (first + timedelta(days=32)).replace(day=1)


def page(asked: Asked, today: date, *, is_all: bool = False) -> dict[str, Any]:
    made = plans(asked, today)
    planned = Counter(plan.place_id for plan in made if plan.cancelled_on is None)
    able = mentors(asked, today)
    rows = wanted(asked, today, able)
    listed = made if is_all else made[:SHORT]
    return {
        "plans": listed,
        "n_plans": len(made),
        "n_rows": len(rows),
        "rows": [{"wanted": one, "n": planned.get(one.place.pk, 0),
                  "score": one.priority.score, "url": links.page("facility", asked.programme, one.place.code)}
                 for one in (rows if is_all else rows[:SHORT])],
        "mentors": _choices(able, listed, rows),
        "unplanned": sum(1 for one in rows if not planned.get(one.place.pk)),
        "today": today,
        "statuses": dict(encounters.PlanStatus.choices),
    }  # fmt: skip


def _choices(able: Sequence[Person], plans: Sequence[Any], rows: Sequence[Wanted]) -> list[Person]:
    """Who can be chosen for these plans; whoever goes now is among them, also when no mentor any more."""
    likely = {one.place.pk: one.mentor for one in rows}
    there = [who for plan in plans for who in (plan.lead, likely.get(plan.place_id)) if who]
    chosen = {who.pk: who for who in ([*able, *there] if len(able) <= CHOICES else there)}
    return sorted(chosen.values(), key=lambda who: who.name)


def reasons_as_kept(one: Wanted) -> list[Mapping[str, Any]]:
    """What is written on the plan: code, words and strength of each reason at that time."""
    return [
        {"code": row["code"], "words": row["words"], "strength": round(one.priority.reasons[row["code"]], 3)}
        for row in one.reasons
    ]
