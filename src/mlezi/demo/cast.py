"""Who takes part: forty mentors, six hundred mentees, the districts' officers. Pure and seeded."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import cos, hypot, radians
from random import Random
from uuid import UUID, uuid5

from mlezi.demo.names import names

DEMO = UUID("6d6c657a-6900-4d00-8000-64656d6f0000")  # namespace of everything made up here
CADRES = (("nurse_midwife", 38), ("nurse", 22), ("clinical_officer", 18), ("medical_attendant", 22))


@dataclass(frozen=True)
class Facility:
    """A facility as the register has it; `code` is ours."""

    code: str
    uid: UUID
    name: str
    district: str
    kind: str
    latitude: float
    longitude: float


@dataclass
class Mentee:
    uid: UUID
    name: str
    cadre: str
    facility: Facility
    joined: int  # day of the story
    leaves: int | None
    talent: float
    met_on_visit: bool = False  # first written down by a mentor's phone
    levels: dict[str, float] = field(default_factory=dict)  # competency → where they stand, in levels


@dataclass
class Mentor:
    uid: UUID
    name: str
    district: str
    facilities: list[Facility]
    mentees: list[Mentee]
    skill: float
    days_late: float  # how long this phone usually stays without a network
    refreshed: int | None = None


@dataclass
class Cast:
    facilities: list[Facility]
    mentors: list[Mentor]
    mentees: list[Mentee]


def uid(kind: str, name: object) -> UUID:
    return uuid5(DEMO, f"{kind}:{name}")


def assemble(register: list[Facility], *, seed: int, days: int, mentors: int = 40, mentees: int = 600) -> Cast:
    """Choose sites around each mentor's base, and staff them. The same seed gives the same people."""
    random = Random(seed)
    per_site, per_mentor = 3, round(mentees / 3 / mentors)
    by_district: dict[str, list[Facility]] = {}
    for facility in register:
        by_district.setdefault(facility.district, []).append(facility)
    people = iter(names(random, mentors + mentees + 100))
    cast = Cast([], [], [])
    for district, count in _shares({name: len(sites) for name, sites in by_district.items()}, mentors).items():
        free = list(by_district[district])
        for _ in range(count):
            sites = _cluster(random, free, per_mentor)
            mentor = Mentor(
                uid=uid("mentor", f"{district} {len(cast.mentors)}"),
                name=next(people),
                district=district,
                facilities=sites,
                mentees=[],
                skill=random.gauss(0, 0.15),
                days_late=random.choice([0.2, 0.5, 1, 2, 4, 9]),
            )
            for site in sites:
                mentor.mentees += _staff(random, site, people, days=days, about=per_site)
            cast.mentors.append(mentor)
            cast.facilities += sites
            cast.mentees += mentor.mentees
    return cast


def _shares(sizes: dict[str, int], total: int) -> dict[str, int]:
    """Split `total` in proportion, by largest remainders."""
    whole = sum(sizes.values())
    exact = {name: total * size / whole for name, size in sizes.items()}
    shares = {name: int(value) for name, value in exact.items()}
    for name in sorted(exact, key=lambda name: shares[name] - exact[name])[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def _cluster(random: Random, free: list[Facility], size: int) -> list[Facility]:
    """A base and its nearest neighbours; taken out of `free`."""
    base = random.choice(free)
    near = sorted(free, key=lambda site: _km(base, site))[:size]
    for site in near:
        free.remove(site)
    return near


def _km(one: Facility, other: Facility) -> float:
    across = (other.longitude - one.longitude) * cos(radians(one.latitude))
    return hypot(across, other.latitude - one.latitude) * 111.2


def _staff(random: Random, site: Facility, people: object, *, days: int, about: int) -> list[Mentee]:
    count = about + (2 if "Hospital" in site.kind else 0) + random.choice([-1, 0, 0, 0, 1])
    found = []
    for number in range(max(count, 1)):
        late = random.random() < 0.12
        joined = random.randrange(20, days - 60) if late else 0
        leaves = random.randrange(joined + 40, days + 200) if random.random() < 0.13 else None
        found.append(
            Mentee(
                uid=uid("mentee", f"{site.code} {number}"),
                name=next(people),  # type: ignore[call-overload]
                cadre=random.choices([c for c, _ in CADRES], [w for _, w in CADRES])[0],
                facility=site,
                joined=joined,
                leaves=leaves if leaves and leaves < days - 5 else None,
                talent=random.gauss(0, 0.3),
                met_on_visit=late and random.random() < 0.6,
            )  # fmt: skip
        )
    return found
