"""Waiting, quality and mentors' load by group, scenario by scenario. Counts only, small ones hidden.

All scenarios of a round are protected as one linked table: the groups' sizes are common to them, so that what one
column hides cannot be worked out from another. Zeros count as small: a group in which nobody is left over would say
of everybody who is left over that they belong to the others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.matching.models import Member, Round, Scenario
from mlezi.matching.pictures.compare import Cell
from mlezi.matching.queries import identity
from mlezi.methods.statistics.suppression import protect
from mlezi.people.models import Person
from mlezi.plumbing.tables import Words
from mlezi.plumbing.words import number

THRESHOLD = 5
Key = tuple[object, ...]


@dataclass(frozen=True)
class Line:
    """One group under one scenario; None where few people are concerned, and is hidden."""

    group: str
    people: int | None
    served: int | None
    waited: float | None
    quality: float | None

    @property
    def cells(self) -> list[str]:
        """People, served, days waited, quality, as the page says them."""
        hidden = gettext("hidden")
        values = (self.people, self.served, self.waited, self.quality)
        return [hidden if value is None else number(value) for value in values]


@dataclass(frozen=True)
class Column:
    scenario: Scenario
    uses: bool
    lines: list[Line]
    mentors: list[tuple[str, str, str]]
    gap: str


def of_round(round_: Round) -> dict[str, Any]:
    """Columns for the finished scenarios, and the names of the groups."""
    members = list(round_.members.select_related("person").order_by("person_id"))
    mentees = [one for one in members if one.side == Member.Side.MENTEE]
    mentors = [one.person for one in members if one.side == Member.Side.MENTOR]
    group = _groups([one.person for one in mentees], round_)
    mentor_group = _groups(mentors, round_)
    done = [one for one in round_.scenarios.order_by("number") if one.is_done]
    waited = {
        one.person_id: (round_.from_on - one.waited_since).days for one in mentees if one.waited_since is not None
    }
    scores = {one.pk: dict(one.proposals.values_list("mentee", "score")) for one in done}
    shown = _protected(group, scores)
    columns = [
        Column(
            one,
            bool(one.settings.get("use_identity")),
            lines := _lines(one.pk, group, waited, scores[one.pk], shown),
            _loads(one, mentor_group),
            _gap(lines),
        )
        for one in done
    ]
    return {"columns": columns, "threshold": THRESHOLD}


def gaps(round_: Round, shown: Sequence[Scenario]) -> list[tuple[Words, list[Cell]]]:
    """The comparison's row about groups, where identity is collected; what is hidden is hidden here, too."""
    if not shown or not identity.is_collected(round_.programme):
        return []
    found = {column.scenario.pk: column.gap for column in of_round(round_)["columns"]}
    return [(_("Difference in quality between groups, in points"), [Cell(found[one.pk]) for one in shown])]


def _groups(persons: Sequence[Person], round_: Round) -> dict[int, str]:
    said = identity.groups(persons, round_.programme)
    names = {identity.NOT_SAID: gettext("did not say"), identity.OTHER: gettext("in their own words")}
    return {person.pk: names.get(word, word) for person, word in zip(persons, said, strict=True)}


def _protected(group: dict[int, str], scores: dict[int, dict[int, float]]) -> dict[Key, int]:
    """Counts that may be shown: ("all", group), and (scenario, group, served?).

    Where everybody is served there is no "left over" to protect: that nobody is, everybody sees.
    """
    sizes = Counter(group.values())
    counts: dict[Key, int] = {("all", name): n for name, n in sizes.items()}
    counts["all",] = len(group)
    relations: list[tuple[Key, list[Key]]] = [(("all",), [("all", name) for name in sizes])]
    for scenario, served in scores.items():
        nobody_is_left = set(group) <= set(served)
        for name in sizes:
            got = sum(1 for pk, own in group.items() if own == name and pk in served)
            counts[scenario, name, True] = got
            halves: list[Key] = [(scenario, name, True)]
            if not nobody_is_left:
                counts[scenario, name, False] = sizes[name] - got
                halves.append((scenario, name, False))
            relations.append((("all", name), halves))
        for is_served in (True,) if nobody_is_left else (True, False):
            parts: list[Key] = [(scenario, name, is_served) for name in sizes]
            counts[scenario, is_served] = sum(counts[part] for part in parts)
            relations.append(((scenario, is_served), parts))
    return dict(protect(counts, relations, threshold=THRESHOLD, zeros="hide").shown)  # type: ignore[arg-type]


def _lines(
    scenario: int, group: dict[int, str], waited: dict[int, int], scores: dict[int, float], shown: dict[Key, int]
) -> list[Line]:
    people: dict[str, list[int]] = defaultdict(list)
    for pk, name in group.items():
        people[name].append(pk)
    return [
        Line(
            name,
            shown.get(("all", name)),
            shown.get((scenario, name, True)),
            _mean([waited[pk] for pk in members if pk in waited]) if ("all", name) in shown else None,
            _mean([100 * scores[pk] for pk in members if pk in scores]) if (scenario, name, True) in shown else None,
        )
        for name, members in sorted(people.items())
    ]


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _gap(lines: Sequence[Line]) -> str:
    """The largest difference in quality between the groups that are shown."""
    known = [line.quality for line in lines if line.quality is not None]
    return number(max(known) - min(known), 1) if len(known) > 1 else gettext("hidden")


def _loads(scenario: Scenario, group: dict[int, str]) -> list[tuple[str, str, str]]:
    """(group, mentors, mentees of one mentor on average, all programmes counted)."""
    sizes = Counter(group.values())
    counts: dict[Key, int] = {(name,): n for name, n in sizes.items()}
    counts["all", "all"] = sum(sizes.values())
    whole = [(("all", "all"), [(name,) for name in sizes])]
    shown = protect(counts, whole, threshold=THRESHOLD, zeros="hide").shown  # type: ignore[arg-type]
    carried: dict[str, int] = defaultdict(int)
    for mentor, filled, held in scenario.loads.values_list("mentor", "filled", "held"):
        if mentor in group:
            carried[group[mentor]] += filled + held
    hidden = gettext("hidden")
    return [
        (name, number(n), number(carried[name] / n, 1)) if (name,) in shown else (name, hidden, hidden)
        for name, n in sorted(sizes.items())
    ]
