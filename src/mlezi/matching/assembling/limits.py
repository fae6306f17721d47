"""What may never be: rules about pairs, and how many each mentor can take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import numpy as np

from mlezi.matching.assembling import parts
from mlezi.matching.assembling.parts import Ways
from mlezi.matching.assembling.people import Sides
from mlezi.matching.models import Choice, Preference, Request
from mlezi.matching.queries import loads
from mlezi.matching.settings import Settings
from mlezi.methods.assignment import rules
from mlezi.methods.assignment.arrays import Ints
from mlezi.pairing.models import Pairing

Pairs = set[tuple[int, int]]
NOT_AGAIN = ("no_fit", "no_show")  # reasons of an ending after which nobody is drawn back to the same person


def rules_of(sides: Sides, ways: Ways, settings: Settings, choices: Iterable[Choice]) -> list[rules.Rule]:
    m = len(sides.mentors.ids)
    found: list[rules.Rule] = [
        rules.same_person(tuple(map(str, sides.mentees.ids)), tuple(map(str, sides.mentors.ids))),
        rules.conflict_of_interest(*_arrays(conflicts(sides)), n_mentors=m),
        rules.Barred(*_arrays(apart(sides, choices)), m, "apart", "Somebody decided to keep them apart."),
        rules.Barred(
            *_arrays(declined(sides)), m, "declined", "This mentor said no, or nothing, to this mentee before."
        ),
    ]
    if settings.forbid_line_manager:
        found.append(rules.line_manager(managers(sides), n_mentors=m))
    if settings.forbid_earlier_pair:
        found.append(rules.earlier_pair(*_arrays(earlier(sides)), n_mentors=m))
    if settings.max_travel_minutes:
        found.append(rules.Radius(ways.minutes, ways.mentees, ways.mentors, most=settings.max_travel_minutes))
    if settings.common_language:
        found.append(rules.CommonLanguage(*parts.spoken(sides)[:2]))
    if settings.common_slots:
        found.append(rules.CommonTime(parts.free(sides.mentees), parts.free(sides.mentors), settings.common_slots))
    if settings.cadres:
        found.append(cadres(sides, settings))
    return found


def _arrays(pairs: Pairs) -> tuple[Ints, Ints]:
    i, j = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return np.ascontiguousarray(i), np.ascontiguousarray(j)


def _known(sides: Sides, found: Iterable[tuple[int, int]]) -> Pairs:
    """(mentee, mentor) as row ids, kept where both are members, as numbers of the arrays."""
    row, column = sides.mentees.index(), sides.mentors.index()
    return {(row[a], column[b]) for a, b in found if a in row and b in column}


def conflicts(sides: Sides) -> Pairs:
    """Whoever asked not to be paired with whom, from either side."""
    rows = Preference.objects.filter(programme=sides.round.programme, rank=None).values_list("person", "other")
    both = list(rows)
    return _known(sides, [*both, *((other, person) for person, other in both)])


def apart(sides: Sides, choices: Iterable[Choice]) -> Pairs:
    """Kept apart by hand; and a pair made by hand is not made a second time."""
    return _known(sides, [(choice.mentee_id, choice.mentor_id) for choice in choices])


def declined(sides: Sides) -> Pairs:
    """A mentor who said no, or nothing, is not asked again for the same person."""
    closed = Request.objects.filter(round__programme=sides.round.programme, answer__in=("declined", "expired"))
    return _known(sides, closed.values_list("mentee", "mentor"))


def earlier(sides: Sides) -> Pairs:
    ended = Pairing.objects.filter(programme=sides.round.programme, kind=sides.round.kind).exclude(to_on=None)
    return _known(sides, ended.values_list("learner", "guide"))


def liked_before(sides: Sides) -> Pairs:
    """Pairs that ended without anybody saying that they did not fit or that somebody stayed away."""
    ended = Pairing.objects.filter(programme=sides.round.programme, kind=sides.round.kind).exclude(to_on=None)
    return _known(sides, ended.exclude(reason__in=NOT_AGAIN).values_list("learner", "guide"))


def managers(sides: Sides) -> Ints:
    """The line manager of each mentee among the mentors, and -1; and where the mentee manages the mentor."""
    row, column = sides.mentees.index(), sides.mentors.index()
    found: list[list[int]] = [[] for _ in row]
    for pk, number in row.items():
        profile = sides.mentees.profiles.get(pk)
        if profile and profile.line_manager_id in column:
            found[number].append(column[profile.line_manager_id])
    for pk, number in column.items():
        profile = sides.mentors.profiles.get(pk)
        if profile and profile.line_manager_id in row:
            found[row[profile.line_manager_id]].append(number)
    width = max((len(one) for one in found), default=0) or 1
    return np.array([one + [-1] * (width - len(one)) for one in found], dtype=np.int64).reshape(len(row), width)


def cadres(sides: Sides, settings: Settings) -> rules.Cadre:
    """Cadres that the settings do not name may be mentored by anybody."""
    mine, theirs = ([p.cadre for p in side.persons] for side in (sides.mentees, sides.mentors))
    names = sorted({*mine, *theirs})
    allowed = np.ones((len(names), len(names)), dtype=np.bool_)
    for cadre, by in settings.cadres.items():
        if cadre in names:
            allowed[names.index(cadre)] = [name in by for name in names]
    index = {name: number for number, name in enumerate(names)}
    mentees, mentors = (np.array([index[c] for c in side], dtype=np.int64) for side in (mine, theirs))
    return rules.Cadre(mentees, mentors, allowed, tuple(names))


def places_of(sides: Sides, settings: Settings) -> tuple[Ints, Ints]:
    """(free places, people supported anyway) of each mentor. Asked and not yet answered takes a place, too."""
    ids, round_ = sides.mentors.ids, sides.round
    spared = loads.replaced_by(round_)
    everywhere = loads.everywhere(ids, on=round_.from_on, without=spared)
    here = loads.here(ids, round_.programme, round_.kind, on=round_.from_on, without=spared)
    asked = Counter(Request.objects.filter(mentor__in=ids, answer="").values_list("mentor", flat=True))
    wished, total, held, is_open = [], [], [], []
    for pk in ids:
        profile, terms = sides.mentors.profiles.get(pk), sides.mentors.terms.get(pk)
        most = terms.places if terms and terms.places is not None else settings.max_mentees
        limit = profile.total_places if profile and profile.total_places is not None else settings.max_total
        wished.append(most - here[pk] - asked[pk])
        total.append(-1 if limit is None else limit)
        held.append(everywhere[pk] + asked[pk] + (profile.elsewhere if profile else 0))
        is_open.append(loads.is_open(profile, round_.from_on))
    free = rules.Places(
        here=np.array(wished, dtype=np.int64),
        total=np.array(total, dtype=np.int64),
        elsewhere=np.array(held, dtype=np.int64),
        available=np.array(is_open, dtype=np.bool_),
    ).free()
    return free, np.array(held, dtype=np.int64)
