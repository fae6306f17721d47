"""What is known to make coaching work, asked for when a programme is designed.

Source: the review of determinants of coaching in EU health care (S02 in our list of systems): protected time for both
sides, opinion leaders, embedding in existing training and co-creation helped; lacking psychological safety hindered.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mlezi.narratives import shipped
from mlezi.narratives.codebook_files import WantedCode


@dataclass(frozen=True)
class Facilitator:
    code: str
    title: str | Promise
    ask: str | Promise  # what to settle before the start
    construct: str  # where it stands in CFIR 2022


FACILITATORS = (
    Facilitator(
        "protected_time_mentors",
        _("Protected time for mentors"),
        _("How many hours a month are theirs, and who covers their work meanwhile?"),
        "inner_setting.available_resources",
    ),
    Facilitator(
        "protected_time_mentees",
        _("Protected time for those mentored"),
        _("May they leave the ward for it, and who agreed to that?"),
        "inner_setting.available_resources",
    ),
    Facilitator(
        "opinion_leaders",
        _("Opinion leaders"),
        _("Who, that others listen to, stands behind the programme at each site?"),
        "individuals.roles.opinion_leaders",
    ),
    Facilitator(
        "embedded_in_training",
        _("Part of existing training"),
        _("Which course, CPD scheme or meeting does it belong to?"),
        "inner_setting.compatibility",
    ),
    Facilitator(
        "co_creation",
        _("Made together with those it is for"),
        _("Who of the mentored helped to design it?"),
        "process.assessing_needs.recipients",
    ),
    Facilitator(
        "safety",
        _("Safety to speak openly"),
        _("Who reads what is said in coaching, and have both sides been told?"),
        "inner_setting.culture.learning_centeredness",
    ),
)
BOTH_SIDES = {"protected_time": ("protected_time_mentors", "protected_time_mentees")}
KNOWN = (*(one.code for one in FACILITATORS), *BOTH_SIDES)


def constructs() -> list[WantedCode]:
    """Where they stand in CFIR 2022, by the names the framework gives."""
    wanted = {one.construct for one in FACILITATORS}
    return [code for code in shipped.read("cfir-2022").codes if code.path in wanted]


def in_place(said: Iterable[str]) -> set[str]:
    """Codes of the facilitators that a blueprint says are in place."""
    return {code for word in said for code in BOTH_SIDES.get(word, (word,))}


def missing(said: Iterable[str]) -> list[Facilitator]:
    """Those it does not name, in our order."""
    there = in_place(said)
    return [one for one in FACILITATORS if one.code not in there]
