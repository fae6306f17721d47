"""What an analysis is. Each stands in one file of `analyses/`; pages, reports and the reference read this.

`run` takes the frozen data and what the plan asks (`Asked`), and gives `Found`. It raises nothing for what the
records hold: too little, a group without values, a mixed scale come back as an estimate that says why it is empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict

from mlezi.methods.statistics.estimate import Estimate, empty
from mlezi.methods.statistics.notes import Note
from mlezi.studies.data import Data
from mlezi.studies.found import Found, Label, of
from mlezi.studies.plan import Analysis as Spec
from mlezi.studies.plan import Comparison, Measure, Study, Time


class Options(BaseModel):
    """What an analysis may be told besides its measures. Unknown keys are mistakes."""

    model_config = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class Asked:
    """One analysis of a plan with its parts found."""

    plan: Study
    spec: Spec
    options: Any

    @cached_property
    def outcome(self) -> Measure:
        assert self.spec.outcome is not None
        return self.plan.measures[self.spec.outcome]

    @cached_property
    def outcomes(self) -> list[Measure]:
        codes = self.spec.outcomes or ([self.spec.outcome] if self.spec.outcome else [])
        return [self.plan.measures[code] for code in codes]

    @property
    def against(self) -> Measure | None:
        return self.plan.measures[self.spec.against] if self.spec.against else None

    @property
    def at(self) -> Time | None:
        return self.plan.time(self.spec.at)

    @property
    def times(self) -> list[Time]:
        """From the first to the later time; those named, else all of the plan."""
        named = [self.plan.time(code) for code in (self.spec.from_, self.spec.to) if code]
        found = [one for one in named if one is not None]
        return found or list(self.plan.times)

    @property
    def comparison(self) -> Comparison | None:
        return self.plan.comparison(self.spec.compare)

    @property
    def level(self) -> float:
        return self.plan.level

    @property
    def seed(self) -> int:
        return self.plan.seed

    def in_order(self, sides: Mapping[str, Any] | list[str]) -> list[str]:
        """Groups in the order of the plan; others by name."""
        comparison = self.comparison
        declared = [one.code for one in comparison.groups] if comparison else []
        if comparison and comparison.factor and not declared:
            declared = self.plan.measures[comparison.factor].yes
        return [one for one in declared if one in sides] + sorted(one for one in sides if one not in declared)

    def group(self, side: str) -> Label:
        return of("group", f"{self.spec.compare or ''}/{side}")


@dataclass(frozen=True)
class Analysis:
    """One entry of the catalogue. Sentences are in English here; pages translate them."""

    code: str
    title: str
    says: str  # what it lets you say
    needs: tuple[str, ...]  # of outcome, outcomes, against, from, to, compare
    run: Callable[[Data, Asked], Found]
    options: type[Options] = Options
    takes: tuple[str, ...] = ("at", "compare")  # what else it can use


def nothing(because: Note, *, estimand: str, method: str, n: int = 0, eligible: int = 0, level: float) -> Estimate:
    """An empty figure with its reason."""
    return empty(because, estimand=estimand, method=method, n_used=n, n_eligible=max(n, eligible), level=level)
