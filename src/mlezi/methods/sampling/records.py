"""Draws records at random with known probability, so that a check of a few speaks for all.

Each identifier gets a ticket, SHA-256 of seed and identifier; the lowest tickets are drawn. That is simple random
sampling without replacement: every subset of size n is equally likely over seeds, the order in which records
arrive does not matter, and anybody can repeat it with a pocket hash. Source: Cochran 1977, Sampling
Techniques, chapters 2 and 5; permanent random numbers: Ohlsson 1995, in Business Survey Methods, chapter 9.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mlezi.methods.statistics.values import BadValue


@dataclass(frozen=True)
class Drawn:
    """One drawn record, its stratum, and the probability with which it was drawn."""

    record: str
    stratum: str
    probability: float


@dataclass(frozen=True)
class Sample:
    """Records drawn, in order of record; `sizes` and `taken` count population and sample by stratum."""

    drawn: tuple[Drawn, ...]
    sizes: Mapping[str, int]
    taken: Mapping[str, int]
    seed: int
    method: str

    @property
    def records(self) -> tuple[str, ...]:
        return tuple(one.record for one in self.drawn)


def draw(records: Iterable[str], *, n: int, seed: int) -> Sample:
    """Draw `n` records (all, when there are fewer); every record has the same probability."""
    return draw_by_stratum(dict.fromkeys(_distinct(records), ""), n=n, seed=seed)


def draw_by_stratum(strata: Mapping[str, str], *, n: int | Mapping[str, int], seed: int) -> Sample:
    """Draw within each stratum: `strata` says the stratum of each record, `n` how many of each (or one for all).

    A stratum that `n` does not name is not drawn from, and the probability of its records is zero, so a rate
    cannot speak for it. Raises BadValue for a negative number or an unknown stratum.
    """
    members: dict[str, list[str]] = {}
    for record, stratum in strata.items():
        members.setdefault(stratum, []).append(record)
    wanted = dict.fromkeys(members, n) if isinstance(n, int) else dict(n)
    unknown = sorted(set(wanted) - set(members)) if not isinstance(n, int) else []
    if unknown:
        raise BadValue(f"no record belongs to the stratum {unknown[0]!r}")
    if any(number < 0 for number in wanted.values()):
        raise BadValue("a sample cannot have a negative size")
    drawn: list[Drawn] = []
    for stratum, here in members.items():
        size = min(wanted.get(stratum, 0), len(here))
        lowest = sorted(here, key=lambda record: (ticket(record, seed=seed), record))[:size]
        drawn += [Drawn(record, stratum, size / len(here)) for record in lowest]
    return Sample(
        drawn=tuple(sorted(drawn, key=lambda one: one.record)),
        sizes={stratum: len(here) for stratum, here in sorted(members.items())},
        taken={stratum: min(wanted.get(stratum, 0), len(here)) for stratum, here in sorted(members.items())},
        seed=seed,
        method="simple random sampling without replacement within strata, by SHA-256 tickets",
    )


def ticket(record: str, *, seed: int) -> str:
    """The random number of one record as hexadecimal text, the same for ever."""
    return hashlib.sha256(f"{seed}|{record}".encode()).hexdigest()


def _distinct(records: Iterable[str]) -> list[str]:
    found = list(records)
    if len(set(found)) != len(found):
        raise BadValue("the same record is listed twice; its probability would be wrong")
    return found
