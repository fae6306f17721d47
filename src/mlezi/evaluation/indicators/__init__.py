"""Every indicator, in the order pages and the reference show them. A new one is a file here and a line below."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from mlezi.evaluation.indicator import Indicator
from mlezi.evaluation.indicators import (
    action_completion,
    actions_overdue,
    at_level,
    competency_progress,
    data_freshness,
    days_to_met,
    dose_encounters,
    dose_hours,
    encounters_held,
    hours_held,
    hours_of_planned,
    needs_open,
    overdue_facilities,
    paper_share,
    participation,
    people_supported,
    plan_kept,
    practice_logged,
    received_late,
    refreshers_due,
    sample_match,
    silent_phones,
    still_in_post,
    topics_covered,
    unsent_records,
    visit_coverage,
)

INDICATORS: tuple[Indicator, ...] = (
    visit_coverage.INDICATOR,
    overdue_facilities.INDICATOR,
    encounters_held.INDICATOR,
    hours_held.INDICATOR,
    plan_kept.INDICATOR,
    hours_of_planned.INDICATOR,
    dose_hours.INDICATOR,
    dose_encounters.INDICATOR,
    participation.INDICATOR,
    people_supported.INDICATOR,
    practice_logged.INDICATOR,
    topics_covered.INDICATOR,
    competency_progress.INDICATOR,
    at_level.INDICATOR,
    needs_open.INDICATOR,
    days_to_met.INDICATOR,
    action_completion.INDICATOR,
    actions_overdue.INDICATOR,
    still_in_post.INDICATOR,
    refreshers_due.INDICATOR,
    data_freshness.INDICATOR,
    received_late.INDICATOR,
    paper_share.INDICATOR,
    sample_match.INDICATOR,
    silent_phones.INDICATOR,
    unsent_records.INDICATOR,
)
BY_CODE: Mapping[str, Indicator] = MappingProxyType({indicator.code: indicator for indicator in INDICATORS})
