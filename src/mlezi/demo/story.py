"""What happens in the year: visits, ratings, peer sessions, practice, trainings. Pure and seeded.

Days are counted from the first of the story. Nothing here knows of databases or forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from mlezi.demo.cast import Cast, Facility, Mentee, Mentor, uid

DOMAINS = ("anc", "newborn", "monitoring", "complications", "ipc")
CANCELLED = ("transport", "weather", "emergency", "mentee_absent", "mentor_busy")


@dataclass(frozen=True)
class Rated:
    mentee: Mentee
    levels: dict[str, int]  # competency → level; only what was seen
    basis: str
    because: dict[str, str]


@dataclass(frozen=True)
class Agreed:
    what: tuple[str, str]  # topic, words
    who: Mentee
    due: int


@dataclass
class Meeting:
    """One encounter of the story and all that is written about it."""

    uid: UUID
    kind: str  # visit, peer, orientation, refresher
    day: int
    lead: Mentor | Mentee | None
    facility: Facility | None
    people: list[Mentee | Mentor] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    minutes: int = 0
    cancelled: str = ""
    planned: bool = False
    missing: dict[str, list[str]] = field(default_factory=dict)
    ratings: list[Rated] = field(default_factory=list)
    actions: list[Agreed] = field(default_factory=list)
    done: int = 0  # how many earlier actions were found done
    next_day: int | None = None
    days_late: float = 0
    on_paper: bool = False


@dataclass(frozen=True)
class Practised:
    mentee: Mentee
    day: int
    topic: str
    minutes: int
    times: int
    with_what: str


ACTIONS = (
    ("newborn", "Test the bag and mask at the start of every shift"),
    ("newborn", "Practise bag and mask on the doll twice a week"),
    ("newborn", "Lay out dry cloths and the bag and mask before each birth"),
    ("monitoring", "Write the labour record while it happens, not afterwards"),
    ("monitoring", "Ask the in-charge for a second fetoscope"),
    ("complications", "Put the bleeding box together and check it weekly"),
    ("complications", "Go through the magnesium sulphate steps with the night shift"),
    ("anc", "Repeat danger signs with each mother and let her say them back"),
    ("anc", "Measure blood pressure at every contact"),
    ("ipc", "Put soap or hand rub at the delivery bed"),
    ("ipc", "Change chlorine every morning and write the time on the bucket"),
    ("ipc", "Order sharps boxes before the last one is full"),
)
ITEMS = {
    "clinical": ("bag_mask", "suction", "fetoscope", "bp_machine", "delivery_kit", "steriliser", "haemoglobin"),
    "learning": ("newborn_doll", "birth_model", "job_aids", "guidelines"),
    "staff": ("skilled_attendant", "cleaner"),
    "supplies": ("oxytocin", "magnesium_sulphate", "gloves", "iron_folate", "chlorine"),
}
LACKING = {"clinical": 0.16, "learning": 0.42, "staff": 0.30, "supplies": 0.20}


def tell(cast: Cast, competencies: dict[str, list[str]], *, seed: int, days: int) -> list[Meeting]:
    """Everything that was held or cancelled, in order of days."""
    random = Random(seed + 1)
    lacking = {site.code: _first_gaps(random) for site in cast.facilities}
    meetings = list(_trainings(random, cast, days))
    for mentor in cast.mentors:
        for site in mentor.facilities:
            meetings += _visits(random, mentor, site, competencies, lacking[site.code], days)
            meetings += _peers(random, mentor, site, days)
            meetings += _calls(random, mentor, site, days)
    return sorted(meetings, key=lambda meeting: (meeting.day, str(meeting.uid)))


def practice(cast: Cast, *, seed: int, days: int) -> list[Practised]:
    """Practice alone, where there is something to practise with."""
    random = Random(seed + 2)
    found = []
    for mentee in cast.mentees:
        for day in range(mentee.joined + 15, mentee.leaves or days, 24):
            if random.random() < 0.10 + mentee.talent * 0.1:
                topic = random.choice(("newborn", "newborn", "complications"))
                tool = "newborn_doll" if topic == "newborn" else "birth_model"
                found.append(
                    Practised(mentee, day, topic, random.choice([10, 15, 20, 30, 45]), random.randrange(1, 8), tool)
                )
    return found


def present(mentees: list[Mentee], site: Facility, day: int) -> list[Mentee]:
    return [m for m in mentees if m.facility is site and m.joined <= day and (m.leaves is None or m.leaves > day)]


def _first_gaps(random: Random) -> dict[str, set[str]]:
    return {kind: {item for item in items if random.random() < LACKING[kind]} for kind, items in ITEMS.items()}


def _trainings(random: Random, cast: Cast, days: int) -> Iterator[Meeting]:
    for number in range(0, len(cast.mentors), 10):
        group: list[Mentee | Mentor] = list(cast.mentors[number : number + 10])
        yield Meeting(uid("orientation", number), "orientation", number // 10, None, None, group, list(DOMAINS), 1920)
    for half, day in enumerate(range(150, days, 150)):
        for number in range(0, len(cast.mentors), 10):
            group = [mentor for mentor in cast.mentors[number : number + 10] if random.random() < 0.8]
            topics = random.sample(DOMAINS, 3)
            yield Meeting(
                uid("refresher", (half, number)), "refresher", day + number // 5, None, None, group, topics, 960
            )


def _visits(
    random: Random,
    mentor: Mentor,
    site: Facility,
    competencies: dict[str, list[str]],
    gaps: dict[str, set[str]],
    days: int,
) -> Iterator[Meeting]:
    # Some sites lie behind bad roads: their mentor comes less often, and they drop out in the rains.
    every = random.choice([27, 29, 30, 32, 38]) + (25 if random.random() < 0.08 else 0)
    gives_up = random.randrange(150, days) if random.random() < 0.05 else days
    open_actions, day, number = 0, random.randrange(8, 36), 0
    while day < gives_up:
        number += 1
        name = f"{site.code} {number}"
        meeting = Meeting(uid("visit", name), "visit", day, mentor, site, planned=random.random() < 0.7)
        meeting.days_late = max(0.0, random.expovariate(1 / mentor.days_late))
        if random.random() < 0.07:
            meeting.cancelled = random.choice(CANCELLED)
        else:
            _hold(random, meeting, mentor, site, competencies, number)
            _look_round(random, meeting, gaps)
            meeting.done = min(open_actions, sum(random.random() < 0.55 for _ in range(open_actions)))
            open_actions += len(meeting.actions) - meeting.done
            meeting.on_paper = random.random() < 0.03
        meeting.next_day = day + every
        if meeting.people or meeting.cancelled:
            yield meeting
        day += max(9, round(random.gauss(every, 6)))


def _hold(
    random: Random, meeting: Meeting, mentor: Mentor, site: Facility, competencies: dict[str, list[str]], number: int
) -> None:
    staff = present(mentor.mentees, site, meeting.day)
    meeting.people = [*([mentee for mentee in staff if random.random() < 0.82] or staff[:1])]
    meeting.topics = random.sample(DOMAINS, random.choice([1, 2, 2, 3]))
    meeting.minutes = max(40, round(random.gauss(165, 45) / 5) * 5)
    for person in meeting.people:
        assert isinstance(person, Mentee)
        _learn(random, person, mentor, meeting.topics, competencies)
        if random.random() < 0.62:
            meeting.ratings.append(_rate(random, person, meeting, competencies))
    for _ in range(random.choice([0, 1, 1, 2])):
        owner = random.choice(meeting.people) if meeting.people else None
        if isinstance(owner, Mentee):
            meeting.actions.append(Agreed(random.choice(ACTIONS), owner, meeting.day + random.choice([14, 30, 45])))


def _learn(
    random: Random, mentee: Mentee, mentor: Mentor, topics: list[str], competencies: dict[str, list[str]]
) -> None:
    for topic in topics:
        for code in competencies[topic]:
            level = mentee.levels.setdefault(code, max(0.6, random.gauss(1.6 + mentee.talent, 0.5)))
            room = max(0.0, 4.2 - level)
            mentee.levels[code] = level + room * max(0.0, random.gauss(0.16 + mentor.skill * 0.3, 0.08))


def _rate(random: Random, mentee: Mentee, meeting: Meeting, competencies: dict[str, list[str]]) -> Rated:
    levels, because = {}, {}
    lacks = {item for items in meeting.missing.values() for item in items}
    for topic in meeting.topics:
        for code in competencies[topic]:
            if random.random() < 0.72:
                seen = round(random.gauss(mentee.levels.get(code, 1.5), 0.35))
                levels[code] = min(4, max(1, seen))
                if levels[code] < 3:
                    because[code] = "equipment" if "bag_mask" in lacks and "newborn" in code else random.choices(
                        ["skill", "staff", "policy"], [80, 12, 8]
                    )[0]  # fmt: skip
    return Rated(
        mentee, levels, random.choices(["patient", "simulation", "record", "report"], [46, 34, 12, 8])[0], because
    )


def _look_round(random: Random, meeting: Meeting, gaps: dict[str, set[str]]) -> None:
    for kind, lacking in gaps.items():
        for item in ITEMS[kind]:
            if item in lacking and random.random() < (0.14 if kind != "staff" else 0.05):
                lacking.discard(item)  # it was brought, or somebody was posted
            elif item not in lacking and random.random() < (0.03 if kind == "supplies" else 0.008):
                lacking.add(item)
        meeting.missing[kind] = sorted(lacking)


def _peers(random: Random, mentor: Mentor, site: Facility, days: int) -> Iterator[Meeting]:
    keen = random.random()
    for number, day in enumerate(range(random.randrange(20, 50), days, 31)):
        staff = present(mentor.mentees, site, day)
        if len(staff) >= 2 and random.random() < keen:
            lead, *others = random.sample(staff, len(staff))
            meeting = Meeting(uid("peer", f"{site.code} {number}"), "peer", day, lead, site, [*others])
            meeting.topics, meeting.minutes = (
                random.sample(DOMAINS, random.choice([1, 1, 2])),
                random.choice([20, 30, 45, 60]),
            )
            meeting.days_late = random.expovariate(1 / (mentor.days_late + 1))
            yield meeting


def _calls(random: Random, mentor: Mentor, site: Facility, days: int) -> Iterator[Meeting]:
    keen = random.uniform(0.1, 0.9)
    for number, day in enumerate(range(random.randrange(15, 30), days, 20)):
        staff = present(mentor.mentees, site, day)
        if staff and random.random() < keen:
            meeting = Meeting(uid("call", f"{site.code} {number}"), "call", day, mentor, site, [random.choice(staff)])
            meeting.topics, meeting.minutes = [random.choice(DOMAINS)], random.choice([5, 8, 10, 15, 20, 25])
            meeting.days_late = random.expovariate(1 / mentor.days_late)
            yield meeting
