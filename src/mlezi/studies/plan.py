"""A study as declared in `study.yaml`: questions, design, people, measures, comparisons, analyses.

The same parts are written by the study designer's page. A plan knows no database; what it names is checked
against itself here, and against the programme in `naming`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict, Field, model_validator

from mlezi.plumbing.declared import Code, Named, Part, Words

Design = Literal["single_group", "comparison_group", "staggered_start", "cross_section", "retention_cohort"]
Column = Literal["cadre", "site", "district", "region", "cohort", "part"]
Source = Literal["score", "answer", "outcome", "rating", "sessions", "hours", "site_figure", "register"]
NEEDED: dict[str, tuple[str, ...]] = {  # what a measure must name, by where it comes from
    "score": ("instrument", "scale"),
    "answer": ("instrument", "question"),
    "outcome": ("kind",),
    "rating": (),
    "sessions": (),
    "hours": (),
    "site_figure": ("figure",),
    "register": ("column",),
}


class Question(Named):
    """One thing the study asks. Its title is the question, in words."""

    primary: bool = Field(default=False, description="Whether the study was made for it. One question is enough.")
    changes_mind: Words | None = Field(default=None, description="Which answer would change what we do, and how.")


class Population(Part):
    """Who is studied. Everybody who fits is counted, also those without any answer."""

    part: Literal["mentee", "mentor", "everybody", "respondents"] = Field(
        default="mentee",
        description="Who of the enrolled; `respondents` are all who were asked or answered, enrolled or not.",
    )
    cadres: list[str] = Field(default=[], description="Only these cadres.")
    places: list[str] = Field(default=[], description="Codes of places: only people who work at or under them.")
    cohorts: list[str] = Field(default=[], description="Only these cohorts.")
    enrolled_from: date | None = Field(default=None, description="Enrolled on this day or later.")
    enrolled_until: date | None = Field(default=None, description="Enrolled on this day or earlier.")
    attended_at_least: int | None = Field(default=None, ge=1, description="Took part in so many encounters.")
    attended: list[str] = Field(default=[], description="Which types of encounter count for that; none: all.")
    attended_per: Literal["month", "study"] = Field(
        default="study", description="So many in all, or so many in at least one month."
    )
    described: Words | None = Field(default=None, description="Who is eligible, in words, for the report.")


class Exposure(Part):
    """What people are meant to receive."""

    title: Words
    encounters: list[str] = Field(default=[], description="Types of encounter that count; none: all.")
    sessions: float | None = Field(default=None, gt=0, description="Planned encounters a person.")
    hours: float | None = Field(default=None, gt=0, description="Planned hours a person.")
    from_on: date | None = Field(default=None, description="First day that counts.")
    to_on: date | None = Field(default=None, description="Last day that counts.")


class Time(Named):
    """A time point. Instruments meet it by wave; other measures by days since enrolment or by the calendar."""

    wave: str | None = Field(default=None, description="The wave of the instrument; otherwise the code.")
    from_day: int | None = Field(default=None, description="First day after enrolment that belongs to it.")
    to_day: int | None = Field(default=None, description="Last day after enrolment that belongs to it.")
    from_on: date | None = Field(default=None, description="First calendar day that belongs to it.")
    to_on: date | None = Field(default=None, description="Last calendar day that belongs to it.")

    @model_validator(mode="after")
    def _in_order(self) -> Time:
        for first, last in ((self.from_day, self.to_day), (self.from_on, self.to_on)):
            if first is not None and last is not None and last < first:  # type: ignore[operator]
                raise ValueError(f"the time {self.code} ends before it begins")
        return self


class Measure(Named):
    """Something known of each person (or of each site): an outcome, or a factor to compare by."""

    of: Source = Field(description="Where it comes from.")
    instrument: str | None = Field(default=None, description="Code of the instrument (score, answer).")
    scale: str | None = Field(default=None, description="The instrument's scale or subscale (score).")
    question: str | None = Field(default=None, description="Name of the question (answer).")
    kind: str | None = Field(default=None, description="Kind of outcome, as steps (outcome).")
    label: str | None = Field(default=None, description="Only outcomes with this label.")
    competency: str | None = Field(default=None, description="One competency, as domain.code (rating).")
    topic: str | None = Field(default=None, description="One domain; otherwise all (rating).")
    encounters: list[str] = Field(default=[], description="Types that count; none: all (sessions, hours).")
    figure: str | None = Field(default=None, description="A facility figure's measure (site_figure).")
    out_of: str | None = Field(default=None, description="The facility figure it is a share of.")
    column: Column | None = Field(default=None, description="What the register says of a person (register).")
    take: Literal["last", "first", "sum", "mean", "count", "any", "highest"] = Field(
        default="last", description="What is made of several within one time point."
    )
    yes: list[str] = Field(default=[], description="Answers that count as yes; makes it a yes-or-no measure.")
    yes_from: float | None = Field(default=None, description="This number or more counts as yes.")
    lowest: float | None = Field(default=None, description="Lowest possible value.")
    highest: float | None = Field(default=None, description="Highest possible value.")
    better: Literal["higher", "lower", "neither"] = "higher"
    unit: Words | None = Field(default=None, description="As points, steps a day.")

    @property
    def is_share(self) -> bool:
        """Whether it is yes or no."""
        return bool(self.yes) or self.yes_from is not None or self.take == "any"

    @property
    def is_judged_together(self) -> bool:
        """Whether yes is said of what a person's records make together (three sessions), not of each."""
        made_of_all = self.of in ("rating", "sessions", "hours") or self.take in ("sum", "mean", "count")
        return self.yes_from is not None and self.take != "any" and made_of_all

    @model_validator(mode="after")
    def _named(self) -> Measure:
        for name in NEEDED[self.of]:
            if getattr(self, name) is None:
                raise ValueError(f"{name} is missing: a measure of {self.of} must name it")
        if self.lowest is not None and self.highest is not None and self.highest <= self.lowest:
            raise ValueError(f"highest ({self.highest:g}) must be above lowest ({self.lowest:g})")
        return self


class Group(Named):
    """One side of a comparison. A person belongs to the first group that fits."""

    cadres: list[str] = []
    places: list[str] = Field(default=[], description="Codes of places: people who work at or under them.")
    cohorts: list[str] = []
    answers: list[str] = Field(default=[], description="Answers to the comparison's factor.")
    enrolled_from: date | None = None
    enrolled_until: date | None = None


class Comparison(Named):
    """Who is compared with whom: by what the register says, by a factor, or groups made by hand."""

    by: Column | None = Field(default=None, description="One group for each value in the register.")
    factor: Code | None = Field(default=None, description="One group for each answer to this factor.")
    groups: list[Group] = Field(default=[], description="Groups made by hand; the first is compared with the rest.")

    @model_validator(mode="after")
    def _says_how(self) -> Comparison:
        if not (self.by or self.factor or self.groups):
            raise ValueError("groups is missing: a comparison needs `by`, `factor` or `groups`")
        if self.by and (self.factor or self.groups):
            raise ValueError("by stands alone: leave out factor and groups, or leave out by")
        return self


class Analysis(Part):
    """One analysis from the catalogue. `mlezi analyse --catalogue` lists them with what each lets you say."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, populate_by_name=True)

    code: Code = Field(description="Names it in the report. Never change it.")
    do: str = Field(description="An analysis of the catalogue, as paired_change.")
    title: Words | None = Field(default=None, description="What people read; otherwise the catalogue's title.")
    question: Code | None = Field(default=None, description="The question it helps to answer.")
    outcome: Code | None = Field(default=None, description="The measure it is about.")
    outcomes: list[Code] = Field(default=[], description="Several: topics to rank, items of a scale, raters.")
    against: Code | None = Field(default=None, description="The other measure: a factor, a dose, a second score.")
    at: Code | None = Field(default=None, description="The time point; otherwise whatever there is.")
    from_: Code | None = Field(default=None, alias="from", description="The first time point of a change.")
    to: Code | None = Field(default=None, description="The later time point of a change.")
    compare: Code | None = Field(default=None, description="A comparison.")
    options: dict[str, Any] = Field(default={}, description="What it may be told besides; see the catalogue.")


class Study(Part):
    """What the programme asks of itself, decided before the answers are in."""

    code: Code = Field(description="Names the study in addresses and folders. Never change it.")
    title: Words
    questions: list[Question] = Field(min_length=1)
    design: Design = Field(description="It settles what may be claimed; the report says it in words.")
    population: Population = Population()
    exposure: Exposure | None = None
    times: list[Time] = Field(default=[], description="Time points in their order.")
    factors: list[Measure] = Field(default=[], description="What people are compared by, and what table 1 shows.")
    outcomes: list[Measure] = Field(default=[], description="What may have changed.")
    comparisons: list[Comparison] = []
    analyses: list[Analysis] = Field(min_length=1)
    multiplicity: Literal["holm", "benjamini_hochberg", "none"] = Field(
        default="holm", description="How the p-values of one question's analyses are adjusted."
    )
    minimum_group: int = Field(default=5, ge=2, le=100, description="Groups smaller than this are hidden.")
    dates: Literal["day", "week", "month"] = Field(default="day", description="How dates are rounded in snapshots.")
    level: float = Field(default=0.95, gt=0.5, lt=1, description="Confidence level of every interval.")
    seed: int = Field(default=20260101, ge=0, description="For every analysis that draws at random.")
    from_on: date | None = Field(default=None, description="Records from this day on.")
    to_on: date | None = Field(default=None, description="Records up to this day.")
    assumptions: list[Words] = Field(default=[], description="What was assumed, as denominators nobody printed.")
    registered: str = Field(default="", description="Where the protocol is registered.")
    approved: str = Field(default="", description="Who approved the study, and the number.")

    @property
    def measures(self) -> dict[str, Measure]:
        """Outcomes and factors by code."""
        return {one.code: one for one in (*self.factors, *self.outcomes)}

    def comparison(self, code: str | None) -> Comparison | None:
        return next((one for one in self.comparisons if one.code == code), None)

    def time(self, code: str | None) -> Time | None:
        return next((one for one in self.times if one.code == code), None)

    def analysis(self, code: str) -> Analysis:
        return next(one for one in self.analyses if one.code == code)


Fault = tuple[tuple[str | int, ...], str, str, Sequence[str]]


def faults(plan: Study) -> Iterator[Fault]:
    """What points nowhere inside the plan: (path, what kind of thing, the code, the codes there are)."""
    for name in ("questions", "times", "comparisons", "analyses"):
        yield from _twice((name,), [one.code for one in getattr(plan, name)])
    both = [
        *((("factors", i), one) for i, one in enumerate(plan.factors)),
        *((("outcomes", i), one) for i, one in enumerate(plan.outcomes)),
    ]
    seen: set[str] = set()
    for path, one in both:
        if one.code in seen:
            yield (*path, "code"), "twice", one.code, ()
        seen.add(one.code)
    times, measures = [one.code for one in plan.times], list(plan.measures)
    for number, comparison in enumerate(plan.comparisons):
        if comparison.factor and comparison.factor not in measures:
            yield ("comparisons", number, "factor"), "measure", comparison.factor, measures
    lists = {
        "question": [one.code for one in plan.questions],
        "compare": [one.code for one in plan.comparisons],
        "outcome": measures,
        "against": measures,
        "at": times,
        "from_": times,
        "to": times,
    }
    kinds = {"question": "question", "compare": "comparison", "outcome": "measure", "against": "measure"}
    for number, analysis in enumerate(plan.analyses):
        for name, known in lists.items():
            code = getattr(analysis, name)
            if code is not None and code not in known:
                shown = "from" if name == "from_" else name
                yield ("analyses", number, shown), kinds.get(name, "time"), code, known
        for place, code in enumerate(analysis.outcomes):
            if code not in measures:
                yield ("analyses", number, "outcomes", place), "measure", code, measures


def _twice(path: tuple[str, ...], codes: Sequence[str]) -> Iterator[Fault]:
    for number, code in enumerate(codes):
        if code in codes[:number]:
            yield (*path, number, "code"), "twice", code, ()
