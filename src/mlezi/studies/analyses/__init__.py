"""The catalogue of analyses, in the order pages and the reference show them. A new one is a file and a line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mlezi.studies.analyses import (
    agreement,
    choices,
    contingency,
    correlation,
    dose,
    dose_outcome,
    equity,
    flow,
    funnel,
    groups,
    mean,
    paired_change,
    proportion,
    quantiles,
    ranked_needs,
    reliability,
    repeated,
    retention,
    sites,
    themes,
)
from mlezi.studies.analysis import Analysis

CATALOGUE: tuple[Analysis, ...] = tuple(
    module.ANALYSIS
    for module in (
        flow,
        proportion,
        choices,
        mean,
        quantiles,
        ranked_needs,
        paired_change,
        repeated,
        groups,
        contingency,
        correlation,
        reliability,
        agreement,
        dose,
        dose_outcome,
        equity,
        retention,
        sites,
        funnel,
        themes,
    )
)
BY_CODE: Mapping[str, Analysis] = MappingProxyType({one.code: one for one in CATALOGUE})
