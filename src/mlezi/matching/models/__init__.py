"""Tables of the room, by subject."""

from mlezi.matching.models.identity import IdentityAnswer, IdentityPolicy
from mlezi.matching.models.profiles import Preference, Profile, RecordEntry, Terms
from mlezi.matching.models.requests import Concern, Request
from mlezi.matching.models.rounds import Choice, LeftOver, Load, Member, Proposal, Round, Scenario

__all__ = [
    "Choice",
    "Concern",
    "IdentityAnswer",
    "IdentityPolicy",
    "LeftOver",
    "Load",
    "Member",
    "Preference",
    "Profile",
    "Proposal",
    "RecordEntry",
    "Request",
    "Round",
    "Scenario",
    "Terms",
]
