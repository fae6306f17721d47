"""Filled-in questionnaires as a list: `cells` reads, `records` writes, `earlier` knows what came in before."""

from mlezi.audit.imports import kinds
from mlezi.instruments.importing.records import columns, judge, takes_lists, write
from mlezi.instruments.importing.taking_back import take_back

PART = kinds.Part(columns, judge, write, take_back)

__all__ = ["PART", "takes_lists"]
