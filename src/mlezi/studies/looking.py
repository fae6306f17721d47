"""An analysis looked at by other groups than the plan asks for. Marked as looking around, never as a planned answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from mlezi.studies import running
from mlezi.studies.data import Data
from mlezi.studies.found import Found
from mlezi.studies.plan import Analysis, Comparison, Study

COLUMNS = ("cadre", "district", "region", "cohort", "part", "site")


def by(data: Data, spec: Analysis, column: str) -> tuple[Study, Analysis, Found]:
    """The analysis with its people grouped by a column of the register, a factor or a comparison of the plan.

    Returns the plan and the analysis as they were run besides what was found: labels are read with them.
    """
    if data.plan.comparison(column) is not None or not column:
        looked = spec.model_copy(update={"compare": column or spec.compare})
        return data.plan, looked, running.one(data, looked)
    how = "factor" if any(one.code == column for one in data.plan.factors) else "by"
    comparison = Comparison.model_validate({"code": f"by-{column}", "title": column, how: column})
    plan = data.plan.model_copy(update={"comparisons": [*data.plan.comparisons, comparison]})
    looked = spec.model_copy(update={"compare": comparison.code})
    return plan, looked, running.one(replace(data, plan=plan), looked)


def choices(plan: Study) -> list[str]:
    """By what one may look: the plan's comparisons, its factors, then the register."""
    return list(dict.fromkeys([*(one.code for one in (*plan.comparisons, *plan.factors)), *COLUMNS]))


def results(plan: Study, spec: Analysis, found: Found) -> dict[str, Any]:
    """The same shape as a study's results, holding this one analysis."""
    return {"analyses": {spec.code: found.as_dict()}, "adjusted": {}}
