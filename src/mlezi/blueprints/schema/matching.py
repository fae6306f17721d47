"""How a programme matches people: identity policy, criteria and their weights, hard rules, aims."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from mlezi.blueprints.schema.words import Code, Part

Weight = float


class MatchingCriteria(Part):
    """How much each criterion weighs; weights are relative, 0 leaves one out."""

    competency_need: Weight = Field(default=3, ge=0, description="What the mentee needs against what the mentor can.")
    travel_time: Weight = Field(default=3, ge=0, description="Minutes between their sites, boats included.")
    languages: Weight = Field(default=1, ge=0, description="A language both like to work in.")
    availability: Weight = Field(default=1, ge=0, description="Free at the same times of the week.")
    topics: Weight = Field(default=1, ge=0, description="Interests and research topics in common.")
    seniority: Weight = Field(default=0, ge=0, description="A step between their career levels that is right.")
    track_record: Weight = Field(default=0, ge=0, description="Funded projects the mentor led or joined.")
    wishes: Weight = Field(default=1, ge=0, description="People who named each other.")
    asked_identity: Weight = Field(default=1, ge=0, description="Only under where-asked: what the mentee asked for.")


class MatchingRules(Part):
    """What may never happen, however good a pair would be."""

    max_mentees: int = Field(default=5, ge=1, description="Mentees in this programme for a mentor who named no number.")
    max_total: int | None = Field(
        default=None, ge=1, description="Mentees in all programmes together; empty: no limit."
    )
    max_travel_minutes: float | None = Field(default=None, gt=0, description="No pair further apart than this.")
    common_language: bool = Field(default=False, description="A pair must share a language.")
    common_slots: int = Field(default=0, ge=0, description="Free slots of the week that a pair must share.")
    same_line_manager: Literal["forbid", "allow"] = Field(
        default="forbid", description="Whether somebody's line manager may be their mentor."
    )
    earlier_pair: Literal["forbid", "allow"] = Field(
        default="allow", description="Whether a pair that has ended may be made again."
    )
    cadres: dict[Code, list[Code]] = Field(default={}, description="Mentee's cadre: cadres that may mentor it.")
    asked_per_mentor: int | None = Field(
        default=None, ge=1, description="Under where-asked: mentees at most who asked for one mentor's identity."
    )


class MatchingAims(Part):
    """What a round wants, besides good pairs. Points are thousandths of a perfect match."""

    served_first: bool = Field(default=True, description="Serving one more mentee beats any quality.")
    waiting_points: float = Field(default=1, ge=0, description="For each day a mentee has waited.")
    left_out_days: int = Field(default=90, ge=0, description="Being left out of a round counts as so many days waited.")
    no_show_days: int = Field(default=60, ge=0, description="Not turning up to a mentor counts against so many days.")
    even_load_points: float = Field(default=5, ge=0, description="What each further mentee of one mentor costs.")
    stay_points: float = Field(default=50, ge=0, description="For a present or previous mentor of the mentee.")
    method: Literal["best", "stable"] = Field(
        default="best",
        description="best: the best for all together; stable: pairs that hold, no two would rather have each other.",
    )
    max_moves: int | None = Field(
        default=None, ge=0, description="When all are matched anew: present pairs that change by choice, at most."
    )
    least_group: int = Field(
        default=0, ge=0, description="Mentees with whom a mentor's group opens; 0: a mentor may have one alone."
    )
    help_whom: Literal["nobody", "far", "left-out"] = Field(
        default="nobody",
        description="Help first: mentees more than an hour from every mentor, or whom an earlier round left out.",
    )
    help_budget: float = Field(
        default=2, ge=0, le=50, description="Per cent of everybody's quality given up for them at most."
    )

    @model_validator(mode="after")
    def _one_policy(self) -> MatchingAims:
        chosen = {
            "method: stable": self.method == "stable",
            "max_moves": self.max_moves is not None,
            "least_group": self.least_group > 1,
            "help_whom": self.help_whom != "nobody",
        }
        named = [name for name, is_chosen in chosen.items() if is_chosen]
        if len(named) > 1:
            raise ValueError(f"{' and '.join(named)} cannot hold together: keep one of them")
        return self


class Matching(Part):
    """How mentors and mentees are matched."""

    identity_policy: Literal["not-collected", "audit-only", "where-asked"] = Field(
        default="not-collected",
        description="What the programme means to do with identity. It holds only once somebody has signed it.",
    )
    kind: Literal["mentor", "coach", "sponsor", "peer", "preceptor"] = "mentor"
    answer_days: int = Field(default=14, ge=1, description="Days a mentor has to answer a request.")
    criteria: MatchingCriteria = MatchingCriteria()
    rules: MatchingRules = MatchingRules()
    aims: MatchingAims = MatchingAims()

    @model_validator(mode="after")
    def _caps_need_the_best(self) -> Matching:
        if self.rules.asked_per_mentor is not None and (self.aims.method == "stable" or self.aims.least_group > 1):
            name = "method: stable" if self.aims.method == "stable" else "least_group"
            raise ValueError(f"rules.asked_per_mentor cannot be kept with aims.{name}: leave one of them out")
        return self
