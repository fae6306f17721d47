"""Plans on pages: from the designer's choices or from text to a declared study, with a methodologist's advice."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import ValidationError

from mlezi.competencies.models import Domain
from mlezi.plumbing import clock
from mlezi.plumbing.words import worded
from mlezi.programmes.doors import Request
from mlezi.programmes.models import Programme
from mlezi.studies import actions, advice, designing, problems, queries, running
from mlezi.studies import plan as plans
from mlezi.studies.analyses import BY_CODE
from mlezi.studies.designing import Wanted
from mlezi.studies.models import Study


def topics(programme: Programme) -> dict[str, Any]:
    """Domain codes and titles that may be measured."""
    return dict(Domain.objects.filter(programme=programme, retired=False).values_list("code", "title"))


def designed(wanted: Wanted, known: Mapping[str, dict[str, Any]], request: Request) -> Study:
    """Declare the study that the designer's choices amount to. Raises `PlanHasMistakes`."""
    if queries.studies(request.programme).filter(code=wanted.code).exists():
        raise problems.CodeTaken(study=wanted.code)
    try:
        plan = designing.proposed(wanted, known)
    except ValidationError as error:
        raise _mistakes(error) from error
    return _declared(plan, request, why="")


def rewritten(study: Study, said: Any, why: str, request: Request) -> Study:
    """Declare the plan that somebody wrote as text. Raises `PlanHasMistakes`, `SayWhy`."""
    try:
        plan = plans.Study.model_validate(said)
    except ValidationError as error:
        raise _mistakes(error) from error
    if plan.code != study.code:
        raise problems.PlanHasMistakes(count=1, first=f"code: {study.code} → {plan.code}")
    return _declared(plan, request, why=why)


def _declared(plan: plans.Study, request: Request, *, why: str) -> Study:
    found = [f"{'.'.join(map(str, path))}: {code}" for path, _what, code, _known in plans.faults(plan)]
    found += [f"analyses: {one.do}" for one in plan.analyses if one.do not in BY_CODE]
    found += [why_not for one in plan.analyses if one.do in BY_CODE and (why_not := running.misfit(plan, one))]
    if found:
        raise problems.PlanHasMistakes(count=len(found), first=found[0])
    study, _ = actions.declare(
        programme=request.programme, plan=plan, source=Study.Source.PAGE, by=request.person, at=clock.now(), why=why
    )
    return study


def _mistakes(error: ValidationError) -> problems.PlanHasMistakes:
    found = error.errors(include_url=False)
    where = ".".join(map(str, found[0]["loc"]))
    return problems.PlanHasMistakes(count=len(found), first=f"{where}: {found[0]['msg']}")


def as_text(study: Study) -> str:
    """The plan as a person would write it in `study.yaml`: without what is empty or usual."""
    return str(yaml.safe_dump(_short(study.plan), allow_unicode=True, sort_keys=False, width=110))


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: _short(one) for key, one in value.items()}
        return {key: one for key, one in kept.items() if one not in (None, [], {}, "", False)}
    return [_short(one) for one in value] if isinstance(value, list) else value


def page(study: Study) -> dict[str, Any]:
    """The plan's page: advice, amendments."""
    plan = plans.Study.model_validate(study.plan)
    return {
        "study": study,
        "title": worded(plan.title),
        "advice": [(what, how) for _path, what, how in advice.advice(plan)],
        "amendments": study.amendments.all(),
        "has_data": queries.has_data(study),
    }
