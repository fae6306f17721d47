"""What a scenario is run with: weights, rules and aims. A round starts from the blueprint's `matching` part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

CRITERIA = {
    "competency_need": 3.0,
    "travel_time": 3.0,
    "languages": 1.0,
    "availability": 1.0,
    "topics": 1.0,
    "seniority": 0.0,
    "track_record": 0.0,
    "wishes": 1.0,
    "asked_identity": 1.0,
}
TITLES = {
    "competency_need": _("What the mentee needs and the mentor can"),
    "travel_time": _("The way between them"),
    "languages": _("A language both like"),
    "availability": _("Free at the same times"),
    "topics": _("Topics in common"),
    "seniority": _("A good step between their levels"),
    "track_record": _("The mentor's track record"),
    "wishes": _("People who named each other"),
    "asked_identity": _("What the mentee asked for"),
}
METHODS = {
    "best": _("the best for all together, with proof"),
    "stable": _("pairs that hold: no two would rather have each other"),
}
HELPED = {
    "": _("nobody in particular"),
    "far": _("mentees more than an hour from every mentor"),
    "left_out": _("mentees whom an earlier round left out"),
}


@dataclass(frozen=True)
class Settings:
    """`weights` by criterion; points in thousandths of a perfect match. `use_identity` needs a signed policy.

    One at a time: `method`, `max_moves` (present pairs that change), `least_group` (mentees with whom a group opens),
    `help_whom` with `help_budget` (per cent of all quality). See `policies`.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: dict(CRITERIA))
    max_mentees: int = 5
    max_total: int | None = None
    max_travel_minutes: float | None = None
    common_language: bool = False
    common_slots: int = 0
    forbid_line_manager: bool = True
    forbid_earlier_pair: bool = False
    cadres: Mapping[str, list[str]] = field(default_factory=dict)
    asked_per_mentor: int | None = None
    served_first: bool = True
    waiting_points: float = 1.0
    left_out_days: int = 90
    no_show_days: int = 60
    even_load_points: float = 5.0
    stay_points: float = 50.0
    tolerance: float = 0.0
    use_identity: bool = False
    method: str = "best"
    max_moves: int | None = None
    least_group: int = 0
    help_whom: str = ""
    help_budget: float = 2.0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def from_json(kept: Mapping[str, Any]) -> Settings:
    """Settings as a scenario keeps them; what a later version added has its usual value."""
    known = Settings()
    values = {name: kept[name] for name in known.as_json() if name in kept}
    values["weights"] = {**CRITERIA, **values.get("weights", {})}
    return Settings(**values)


def from_blueprint(blueprint: Mapping[str, Any]) -> Settings:
    """What a programme's blueprint says about matching."""
    part = blueprint.get("matching") or {}
    rules, aims = part.get("rules", {}), part.get("aims", {})
    plain = {name: rules[name] for name in _RULES if name in rules} | {n: aims[n] for n in _AIMS if n in aims}
    if "help_whom" in plain:  # files write words with a hyphen
        plain["help_whom"] = {"nobody": "", "left-out": "left_out"}.get(plain["help_whom"], plain["help_whom"])
    known = {name: value for name, value in part.get("criteria", {}).items() if name in CRITERIA}
    return Settings(
        weights={**CRITERIA, **known},
        forbid_line_manager=rules.get("same_line_manager", "forbid") == "forbid",
        forbid_earlier_pair=rules.get("earlier_pair", "allow") == "forbid",
        **plain,
    )


_RULES = ("max_mentees", "max_total", "max_travel_minutes", "common_language", "common_slots", "cadres",
          "asked_per_mentor")  # fmt: skip
_AIMS = (
    "served_first",
    "waiting_points",
    "left_out_days",
    "no_show_days",
    "even_load_points",
    "stay_points",
    "method",
    "max_moves",
    "least_group",
    "help_whom",
    "help_budget",
)
