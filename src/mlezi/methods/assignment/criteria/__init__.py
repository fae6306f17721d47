"""What makes a good pair: one module for each criterion, with its definition and its sentence."""

from .asked import Asked
from .availability import Availability
from .competency import Competency
from .criterion import Criterion
from .languages import Languages
from .seniority import Seniority
from .topics import Topics
from .track_record import TrackRecord
from .travel import Travel
from .wishes import Wishes

__all__ = [
    "Asked",
    "Availability",
    "Competency",
    "Criterion",
    "Languages",
    "Seniority",
    "Topics",
    "TrackRecord",
    "Travel",
    "Wishes",
]
