"""One scenario's answer: figures, the map of pairs, how good they are, how mentors are loaded, whom to recruit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mlezi.matching.assembling.people import work_places
from mlezi.matching.models import Load, Proposal, Scenario
from mlezi.matching.pictures.compare import address, proof
from mlezi.plumbing.chart_kinds import bars
from mlezi.plumbing.charts import Chart
from mlezi.plumbing.figures import Figure
from mlezi.plumbing.maps import Map, Spot, Way
from mlezi.plumbing.words import number, worded
from mlezi.programmes.models import Programme

WAYS_AT_MOST = 1500
RECRUITS = 8


def figures(scenario: Scenario) -> list[Figure]:
    told = scenario.summary
    mean = None if told["mean"] is None else told["mean"] * 100
    left = told["wanting"] - told["served"]
    return [
        Figure(
            _("Mentees served"),
            number(told["served"]),
            gettext("of {n}").format(n=number(told["wanting"])),
            note=ngettext("{n} is left over", "{n} are left over", left).format(n=number(left)) if left else "",
            tone="wait" if left else "good",
        ),
        Figure(
            _("Quality of a pair"),
            "" if mean is None else number(mean),
            _("of 100"),
            note=""
            if mean is None or told["pairs"] < 10
            else gettext("nine in ten have {n} or more").format(n=number(told["tenth"] * 100)),
        ),
        Figure(
            _("Mentees of one mentor"),
            gettext("{low} to {high}").format(low=told["load_least"], high=told["load_most"]),
            note=gettext("{n} mentors with {places} places").format(n=told["mentors"], places=told["places"]),
        ),
        Figure(
            _("Proof"),
            proof(told),
            note=gettext("of all {n} possible pairs").format(n=number(told["considered"])),
            tone="good" if told["is_optimal"] and told["verified"] else "wait",
            open_url=address(scenario, "certificate"),
            open_text=_("Open the certificate"),
        ),
    ]


def quality(scenario: Scenario) -> Chart:
    """How many pairs are how good."""
    bins = scenario.summary["bins"]
    filled = [place for place, n in enumerate(bins) if n]
    low, high = (min(filled), max(filled)) if filled else (0, 9)
    rows = [(f"{10 * place}–{10 * place + 10}", float(bins[place])) for place in range(high, low - 1, -1)]
    return bars(_("How good the pairs are"), rows, kind="count", unit=_("Pairs"), names=_("Points of 100"))


def load(loads: Sequence[Load]) -> Chart:
    """How many mentors have how many mentees."""
    counts = Counter(row.filled for row in loads if row.places)
    rows = [
        (ngettext("{n} mentee", "{n} mentees", n).format(n=n), float(counts[n])) for n in sorted(counts, reverse=True)
    ]
    return bars(_("How mentors are loaded"), rows, kind="count", unit=_("Mentors"), names=_("Mentees"))


@dataclass(frozen=True)
class Recruit:
    name: str
    text: str


def recruiting(loads: Sequence[Load]) -> list[Recruit]:
    """Whom to ask for one more place: what it would add, the most first."""
    useful = [row for row in loads if row.more_served or (row.more_quality or 0) >= 0.005]
    useful.sort(key=lambda row: (-(row.more_served or 0), -(row.more_quality or 0), row.mentor.name))
    return [Recruit(row.mentor.name, _worth(row)) for row in useful[:RECRUITS]]


def _worth(row: Load) -> str:
    points = number((row.more_quality or 0) * 100)
    if row.more_served:
        return gettext("one more mentee served, and {points} points of quality").format(points=points)
    return gettext("{points} points of quality").format(points=points)


def pairs_map(proposals: Sequence[Proposal], scenario: Scenario) -> Map:
    """Every mentor's place with lines to the places of their mentees; the longer the way, the warmer the line."""
    on = scenario.round.from_on
    people = {row.mentee_id for row in proposals} | {row.mentor_id for row in proposals}
    where = work_places(list(people), on)
    at: dict[int, list[str]] = defaultdict(list)
    tone: dict[int, str] = {}
    ways: Counter[tuple[float, float, float, float, str]] = Counter()
    for row in proposals:
        mine, theirs = where.get(row.mentee_id), where.get(row.mentor_id)
        for place, words in ((mine, row.mentee.name), (theirs, row.mentor.name)):
            if place and words not in at[place.pk]:
                at[place.pk].append(words)
        if theirs:
            tone[theirs.pk] = "good"
        if mine and theirs and mine.pk != theirs.pk and None not in (mine.latitude, theirs.latitude):
            key = (theirs.latitude, theirs.longitude, mine.latitude, mine.longitude, _warmth(row.minutes))
            ways[key] += 1  # type: ignore[index]
    places = {place.pk: place for place in where.values() if place.pk in at}
    spots = [
        Spot(str(pk), place.name, place.latitude, place.longitude, tone=tone.get(pk, ""), words=_people(at[pk]))
        for pk, place in sorted(places.items(), key=lambda item: item[1].name)
    ]
    return Map(
        _("Who would go where"),
        spots,
        ways=[Way(*key[:4], tone=key[4]) for key in list(ways)[:WAYS_AT_MOST]],
        key=[("good", _("a mentor works here")), ("", _("only mentees work here"))],
        with_list=False,
        radius=5,
    )


def _warmth(minutes: float | None) -> str:
    if minutes is None:
        return ""
    return "late" if minutes > 120 else "wait" if minutes > 60 else "good"


def _people(names: Sequence[str]) -> str:
    return ", ".join(names[:6]) + (" …" if len(names) > 6 else "")


def titles_of(programme: Programme) -> Mapping[str, str]:
    """Words for the codes of domains, in the reader's language."""
    return {code: worded(title) or code for code, title in programme.domains.values_list("code", "title")}
