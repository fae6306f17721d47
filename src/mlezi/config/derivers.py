"""Who makes meaning of submissions, in the order in which they run."""

from __future__ import annotations

from mlezi.competencies.derivation import CompetencyDeriver
from mlezi.encounters.derivation.deriver import EncounterDeriver
from mlezi.encounters.derivation.plans import forms_of_meetings
from mlezi.encounters.keeping import PlanFollower
from mlezi.evaluation.following import RollupFollower
from mlezi.goals.derivation import GoalDeriver
from mlezi.goals.holding import DecisionFollower
from mlezi.instruments.derivation.register import Deriver, Follower, Meetings
from mlezi.outcomes.derivation import OutcomeDeriver
from mlezi.resources.derivation import ResourceDeriver
from mlezi.resources.needs import NeedFollower
from mlezi.surveys.derivation.deriver import SurveyDeriver
from mlezi.surveys.derivation.standing import StandingFollower

DERIVERS: tuple[Deriver, ...] = (
    EncounterDeriver(),
    CompetencyDeriver(),
    GoalDeriver(),
    ResourceDeriver(),
    SurveyDeriver(),
    OutcomeDeriver(),
)

# What depends on many encounters at once, kept in step in the same transaction.
FOLLOWERS: tuple[Follower, ...] = (
    PlanFollower(),
    DecisionFollower(),
    NeedFollower(),
    StandingFollower(),
    RollupFollower(),
)

MEETINGS: Meetings = forms_of_meetings
