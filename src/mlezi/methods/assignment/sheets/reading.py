"""From the two sheets to a problem. A criterion takes part when both sheets say something about it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from mlezi.methods.assignment import criteria, rules
from mlezi.methods.assignment.arrays import Bools, Floats, Ints, Masks
from mlezi.methods.assignment.criteria.track_record import strength
from mlezi.methods.assignment.objective import EvenLoad, Objective, Stay, Waiting
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.sheets import headings
from mlezi.methods.assignment.sheets.columns import MENTEES, MENTORS, SETTINGS, Line, Mistake, Mistakes, Reader
from mlezi.methods.assignment.sheets.policy import Policy
from mlezi.methods.routing.travel import Crossing, minutes_between

WEIGHTS = {
    "competency": 40.0,
    "travel": 20.0,
    "languages": 10.0,
    "availability": 10.0,
    "topics": 5.0,
    "seniority": 5.0,
    "track_record": 5.0,
    "asked": 5.0,
    "wishes": 5.0,
}
MATCHED = {
    "needs": "skills", "skills": "needs", "asked": "label",
    **{name: name for name in ("latitude", "languages", "free", "topics", "level")},
}  # fmt: skip
"""A column, and the one of the other sheet with which it is compared."""
USED_WITH = {
    "waiting_days": ("waiting_points",), "current": ("stay_points", "max_moves"), "help": ("help_budget",),
    "cadre": ("cadres",), "earlier": ("earlier_pair",),
}  # fmt: skip
"""A column of mentees, and the settings that make it count."""
DAYS, PARTS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), ("am", "pm", "night")
YES = {"yes", "y", "true", "1", "ja", "ndiyo", "oui"}


def read(
    mentees: Sequence[Line], mentors: Sequence[Line], settings: Mapping[str, str], *,
    crossings: Sequence[Crossing] = (), note: Callable[[str], None] = lambda _: None,
) -> tuple[Problem, Policy]:  # fmt: skip
    """The round that the sheets describe, and how to choose. Raises `Mistakes` with all that is wrong in them.

    `note` is told what was read otherwise than somebody may think.
    """
    mistakes: list[Mistake] = []
    round_ = Round(
        Reader("mentees", list(mentees), MENTEES, mistakes),
        Reader("mentors", list(mentors), MENTORS, mistakes),
        settings,
    )
    problem = round_.problem(crossings)
    policy = round_.policy(problem)
    if mistakes:
        raise Mistakes(mistakes)
    for one in round_.notes():
        note(one)
    return problem, policy


class Round:
    """Both sheets while they are being read: `a` the mentees, `b` the mentors."""

    def __init__(self, a: Reader, b: Reader, settings: Mapping[str, str]) -> None:
        self.a, self.b = a, b
        known = {*SETTINGS, *(f"weight_{criterion}" for criterion in WEIGHTS)}
        self.settings = {headings.plain(name): value for name, value in settings.items()}
        for name in sorted({*self.settings} - known):
            self._no_setting(name, f"is not a setting. There are: {', '.join(SETTINGS)}.")
        self.names, self.names_b = a.names(), b.names()
        self.row = {name: i for i, name in enumerate(self.names)}
        self.row_b = {name: j for j, name in enumerate(self.names_b)}

    def notes(self) -> Iterator[str]:
        """Columns that were not read, and needs that no mentor says they can meet."""
        for reader in (self.a, self.b):
            if reader.unread:
                yield f"Sheet {reader.sheet}: not read: {', '.join(reader.unread)}."
        if self._both("needs", "skills"):
            taught = {name for found in self.b.weighed("skills", plain=100) for name in found}
            alone = sorted({name for found in self.a.weighed("needs") for name in found} - taught)
            if alone:
                yield f"No mentor has the skill: {', '.join(alone)}. Is it spelt the same in both sheets?"

        for reader, other in ((self.a, self.b), (self.b, self.a)):
            for column in (one for one in MATCHED if reader.has(one) and not other.has(MATCHED[one])):
                yield f"Column {column} counts for nothing: the sheet {other.sheet} has no {MATCHED[column]}."
        for column, names in USED_WITH.items():
            if self.a.has(column) and not any(self.settings.get(name) for name in names):
                yield f"Column {column} counts only with the setting {' or '.join(names)}."

    def _places(self) -> Ints:
        """How many each takes; a mentor who says nothing is not one who takes nobody."""
        usual = self._amount("places", -1)
        if not self.b.has("places") and usual < 0:
            self.b.wrong(0, "places", "is missing. Say how many mentees each mentor can take, or set places for all.")
            return whole([0] * len(self.names_b))
        if usual < 0:
            for line in self.b.lines:
                if not line.cells.get("places"):
                    self.b.wrong(line.number, "places", "is empty. Write how many mentees, 0 for none.")
        return whole(self.b.numbers("places", empty=max(0, usual)))

    def problem(self, crossings: Sequence[Crossing]) -> Problem:
        places = rules.Places(
            here=self._places(),
            total=whole(self.b.numbers("total", empty=-1)),
            elsewhere=whole(self.b.numbers("elsewhere", empty=0)),
        ).free()
        parts, pair_rules, cap = self._criteria(crossings, places)
        return Problem(
            mentees=self.names,
            mentors=self.names_b,
            wants=whole(self.a.numbers("wants", empty=1)),
            places=places,
            criteria=tuple(parts),
            rules=tuple(pair_rules),
            objective=self._objective(),
            asked_cap=cap,
        )

    def _criteria(
        self, crossings: Sequence[Crossing], places: Ints
    ) -> tuple[list[criteria.Criterion], list[rules.Rule], rules.AskedCap | None]:
        found: list[criteria.Criterion] = []
        bars: list[rules.Rule] = [rules.same_person(self.names, self.names_b), *self._barred()]
        if self._both("needs", "skills"):
            found.append(self._competency())
        if self._both("latitude", "latitude"):
            minutes, site, site_b = self._sites(crossings)
            found.append(criteria.Travel(minutes, site, site_b, weight=self._weight("travel")))
            if most := self._setting("most_minutes"):
                bars.append(rules.Radius(minutes, site, site_b, most=most))
        if self._both("languages", "languages"):
            speaks, speaks_b, names = self._flags("languages")
            liked = [
                names.index(words[0].lower()) if (words := line.words("languages")) else -1 for line in self.a.lines
            ]
            found.append(criteria.Languages(speaks, speaks_b, whole(liked), names, weight=self._weight("languages")))
            if self._is_on("common_language"):
                bars.append(rules.CommonLanguage(speaks, speaks_b))
        if self._both("free", "free"):
            free, free_b = self._slots(self.a), self._slots(self.b)
            enough = np.full(len(free), max(3, int(self._setting("least_common_slots"))))
            found.append(criteria.Availability(free, free_b, enough, weight=self._weight("availability")))
            if least := int(self._setting("least_common_slots")):
                bars.append(rules.CommonTime(free, free_b, least))
        if self._both("topics", "topics"):
            found.append(criteria.Topics(*self._flags("topics"), weight=self._weight("topics")))
        if self._both("level", "level"):
            level, level_b = whole(self.a.numbers("level", empty=-1)), whole(self.b.numbers("level", empty=-1))
            found.append(criteria.Seniority(level, level_b, weight=self._weight("seniority")))
        if self.b.has("projects_led") or self.b.has("projects_joined"):
            found.append(self._record())
        said, cap = self._said(places)
        return [*found, *said], bars, cap

    def _said(self, places: Ints) -> tuple[list[criteria.Criterion], rules.AskedCap | None]:
        """What people themselves asked for: a label of the mentor, or certain people."""
        found: list[criteria.Criterion] = []
        cap = None
        if self._both("asked", "label"):
            wanted, labels = self._labels()
            found.append(criteria.Asked(wanted, labels, weight=self._weight("asked")))
            if self.b.has("most_asked"):
                most = whole(self.b.numbers("most_asked", empty=-1))
                cap = rules.AskedCap(wanted, labels, np.where(most < 0, places + 1, most))
        if self.a.has("wishes") or self.b.has("wishes"):
            found.append(self._wishes())
        return found, cap

    def _both(self, column: str, other: str) -> bool:
        return self.a.has(column) and self.b.has(other)

    def _competency(self) -> criteria.Competency:
        needs, skills = self.a.weighed("needs"), self.b.weighed("skills", most=100, plain=100)
        names = sorted({name for found in (*needs, *skills) for name in found})
        need = np.array([[found.get(name, 0.0) for name in names] for found in needs])
        # A mentor who lists skills has none of the others; one who lists nothing is unknown.
        skill = np.array([[found.get(name, 0.0) / 100 if found else np.nan for name in names] for found in skills])
        return criteria.Competency(need, skill, tuple(names), weight=self._weight("competency"))

    def _sites(self, crossings: Sequence[Crossing]) -> tuple[Floats, Ints, Ints]:
        """Minutes between the different places of work, and the place of each person (-1 = unknown)."""
        where: list[tuple[float, float, str]] = []
        for reader in (self.a, self.b):
            latitude = reader.numbers("latitude", empty=np.nan, least=-90, most=90, whole=False)
            longitude = reader.numbers("longitude", empty=np.nan, least=-180, most=180, whole=False)
            land = [line.cells.get("land", "") or "mainland" for line in reader.lines]
            where += zip(latitude, longitude, land, strict=True)
        sites = sorted({place for place in where if not np.isnan(place[0] + place[1])})
        index = {place: k for k, place in enumerate(sites)}
        own = whole([index.get(place, -1) for place in where])
        latitudes, longitudes = (np.array([site[k] for site in sites], dtype=np.float64) for k in (0, 1))
        minutes = minutes_between(latitudes, longitudes, [site[2] for site in sites], crossings=crossings)
        return minutes, own[: len(self.names)], own[len(self.names) :]

    def _flags(self, column: str) -> tuple[Bools, Bools, tuple[str, ...]]:
        """Who has which of the words that occur in a column of either sheet."""
        words = [[word.lower() for word in line.words(column)] for line in (*self.a.lines, *self.b.lines)]
        names = tuple(sorted({word for found in words for word in found}))
        flags = np.array([[name in found for name in names] for found in words], dtype=np.bool_).reshape(len(words), -1)
        return flags[: len(self.names)], flags[len(self.names) :], names

    def _slots(self, reader: Reader) -> Masks:
        hint = "Write slots as Mon am, Tue pm or Sat night."
        found = reader.each("free", _slot, hint)
        return np.array([sum(1 << slot for slot in set(slots)) for slots in found], dtype=np.uint64)

    def _record(self) -> criteria.TrackRecord:
        led, joined = (whole(self.b.numbers(name, empty=-1)) for name in ("projects_led", "projects_joined"))
        record = strength(led=np.maximum(0, led), joined=np.maximum(0, joined))
        record[(led < 0) & (joined < 0)] = np.nan
        return criteria.TrackRecord(record, len(self.names), weight=self._weight("track_record"))

    def _labels(self) -> tuple[Ints, Ints]:
        names = sorted({line.cells.get("label", "").lower() for line in self.b.lines} - {""})
        known = {name: k for k, name in enumerate(names)}
        # A wish that no mentor meets is a wish all the same: it must not turn into "no wish".
        asked = [line.cells.get("asked", "").lower() for line in self.a.lines]
        wanted = [known.get(word, len(known)) if word else -1 for word in asked]
        return whole(wanted), whole([known.get(line.cells.get("label", "").lower(), -1) for line in self.b.lines])

    def _wishes(self) -> criteria.Wishes:
        pairs = [
            (i, j, rank) for i, found in enumerate(self._people(self.a, "wishes")) for rank, j in enumerate(found, 1)
        ]
        pairs += [
            (i, j, rank) for j, found in enumerate(self._people(self.b, "wishes")) for rank, i in enumerate(found, 1)
        ]
        i, j, rank = whole(pairs).reshape(-1, 3).T
        return criteria.Wishes(i, j, rank, len(self.names_b), weight=self._weight("wishes"))

    def _people(self, reader: Reader, column: str) -> list[list[int]]:
        other = self.row_b if reader is self.a else self.row
        return reader.each(column, other.get, "Write the name as in the other sheet.")

    def _barred(self) -> list[rules.Rule]:
        """Pairs that may not be made: line managers, and whoever asked not to be paired with whom."""
        pairs = {(i, j) for i, found in enumerate(self._people(self.a, "not_with")) for j in found}
        pairs |= {(i, j) for j, found in enumerate(self._people(self.b, "not_with")) for i in found}
        i, j = whole(sorted(pairs)).reshape(-1, 2).T
        # A manager who is no mentor in this round is nobody's mistake.
        managers = whole([self.row_b.get(line.cells.get("manager", ""), -1) for line in self.a.lines])
        m = len(self.names_b)
        bars: list[rules.Rule] = [
            rules.line_manager(managers, n_mentors=m),
            rules.conflict_of_interest(i, j, n_mentors=m),
        ]
        if self._forbids_earlier():
            pairs = {(i, j) for i, found in enumerate(self._people(self.a, "earlier")) for j in found}
            i, j = whole(sorted(pairs)).reshape(-1, 2).T
            bars.append(rules.earlier_pair(i, j, n_mentors=m))
        return [*bars, self._cadres()] if self.settings.get("cadres") else bars

    def _forbids_earlier(self) -> bool:
        said = (self.settings.get("earlier_pair") or "allow").strip().lower()
        if said not in ("allow", "forbid"):
            self._no_setting("earlier_pair", f"{said!r} is neither allow nor forbid.")
        return said == "forbid"

    def _cadres(self) -> rules.Cadre:
        """Cadres that the setting does not name may be mentored by anybody."""
        own, own_b = ([line.cells.get("cadre", "").lower() for line in reader.lines] for reader in (self.a, self.b))
        names = sorted({*own, *own_b})
        allowed = np.ones((len(names), len(names)), dtype=np.bool_)
        for part in self.settings["cadres"].lower().split(";"):
            mine, _, theirs = part.partition(" by ")
            if not theirs.strip():
                self._no_setting("cadres", f"{part.strip()!r} should read: nurse by nurse, clinical officer")
            elif mine.strip() in names:
                wanted = {word.strip() for word in theirs.split(",")}
                allowed[names.index(mine.strip())] = [name in wanted for name in names]
        index = {name: k for k, name in enumerate(names)}
        return rules.Cadre(whole([index[c] for c in own]), whole([index[c] for c in own_b]), allowed, tuple(names))

    def _no_setting(self, name: str, text: str) -> None:
        self.a.mistakes.append(Mistake("settings", 0, name, text))

    def _objective(self) -> Objective:
        waiting = even = stay = None
        if points := self._setting("waiting_points"):
            waiting = Waiting(whole(self.a.numbers("waiting_days", empty=0)), points=round(points * 1000))
        if points := self._setting("even_load_points"):
            even = EvenLoad(round(points * 1000), already=whole(self.b.numbers("elsewhere", empty=0)))
        if points := self._setting("stay_points"):
            stay = Stay(*self._current(), round(points * 1000))
        return Objective(self._is_on("served_first", empty="yes"), waiting=waiting, even_load=even, stay=stay)

    def _current(self) -> tuple[Ints, Ints]:
        """The pairs that exist now."""
        pairs = {(i, j) for i, found in enumerate(self._people(self.a, "current")) for j in found}
        i, j = whole(sorted(pairs)).reshape(-1, 2).T
        return np.ascontiguousarray(i), np.ascontiguousarray(j)

    def policy(self, problem: Problem) -> Policy:
        """How the pairs are chosen. What cannot hold together is a mistake."""
        method = (self.settings.get("method") or "best").strip().lower()
        if method not in ("best", "stable"):
            self._no_setting("method", f"{method!r} is neither best nor stable.")
        least, moves, budget = (self._amount(n, -1) for n in ("least_group", "max_moves", "help_budget"))
        named = [name for name, is_set in (("method stable", method == "stable"), ("least_group", least > 1),
                 ("max_moves", moves >= 0), ("help_budget", budget >= 0)) if is_set]  # fmt: skip
        if len(named) > 1:
            self._no_setting(named[1].split()[0], f"cannot hold together with {named[0]}. Keep one of them.")
        if problem.asked_cap is not None and (method == "stable" or least > 1):
            self._no_setting(named[0].split()[0], "cannot be had with most_asked in the sheet mentors. Leave one out.")
        if least > 1 and problem.objective.even_load:
            self._no_setting("least_group", "cannot hold together with even_load_points. Keep one of them.")
        for name, value, column in (("max_moves", moves, "current"), ("help_budget", budget, "help")):
            if value >= 0 and not self.a.has(column):
                self._no_setting(name, f"needs the column {column} in the sheet mentees.")
        helped = np.array([line.cells.get("help", "").strip().lower() in YES for line in self.a.lines], dtype=np.bool_)
        return Policy(
            self._current() if moves >= 0 else (whole([]), whole([])), helped, method, int(self._setting("seed")),
            int(max(0, least)), int(moves) if moves >= 0 else None, budget / 100 if budget >= 0 else None,
        )  # fmt: skip

    def _is_on(self, name: str, *, empty: str = "no") -> bool:
        return (self.settings.get(name) or empty).strip().lower() in YES

    def _setting(self, name: str) -> float:
        return self._amount(name, 0.0)

    def _weight(self, criterion: str) -> float:
        return self._amount(f"weight_{criterion}", WEIGHTS[criterion])

    def _amount(self, name: str, empty: float) -> float:
        text = self.settings.get(name, "")
        try:
            value = float(text) if text else empty
        except ValueError:
            value = -1.0
        if text and not 0 <= value < 1e6:
            self._no_setting(name, f"{text!r} is not a number, 0 or more.")
            return empty
        return value


def _slot(word: str) -> int | None:
    """ "Mon am" as a number from 0 to 20."""
    day, _, part = word.lower().partition(" ")
    part = part.strip()
    if day[:3] not in DAYS or part not in PARTS:
        return None
    return DAYS.index(day[:3]) * len(PARTS) + PARTS.index(part)


def whole(values: object) -> Ints:
    return np.array(values, dtype=np.float64).astype(np.int64)
