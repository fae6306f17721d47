"""What may never happen, however good a pair would be: one module for each rule."""

from .asked_cap import AskedCap
from .barred import Barred
from .cadre import Cadre
from .common_language import CommonLanguage
from .common_time import CommonTime
from .conflict import conflict_of_interest
from .earlier_pair import earlier_pair
from .line_manager import line_manager
from .places import Places
from .radius import Radius
from .rule import Rule
from .same_person import same_person

__all__ = [
    "AskedCap",
    "Barred",
    "Cadre",
    "CommonLanguage",
    "CommonTime",
    "Places",
    "Radius",
    "Rule",
    "conflict_of_interest",
    "earlier_pair",
    "line_manager",
    "same_person",
]
