"""Every indicator, in the order pages and the reference show them. A new one is a file here and a line below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mlezi.evaluation.indicator import Indicator
from mlezi.evaluation.indicators import dose_hours, needs_open, visit_coverage

INDICATORS: tuple[Indicator, ...] = (
    visit_coverage.INDICATOR,
    dose_hours.INDICATOR,
    needs_open.INDICATOR,
)
BY_CODE: Mapping[str, Indicator] = MappingProxyType({indicator.code: indicator for indicator in INDICATORS})
