"""What the blueprint says of courses, as this room uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mlezi.courses import problems
from mlezi.programmes.models import Programme


@dataclass(frozen=True)
class Rule:
    """What somebody must have for the certificate."""

    title: Mapping[str, str]
    issuer: str
    criteria: Mapping[str, str]
    attendance: float
    pass_mark: float | None
    must_pass: Mapping[str, float]
    valid_days: int | None


@dataclass(frozen=True)
class Course:
    code: str
    title: Mapping[str, str]
    encounters: tuple[str, ...]
    sessions: int | None
    pre_test: str
    post_test: str
    scale: str
    evaluation: str
    post_days: int
    certificate: Rule | None


def courses(programme: Programme) -> dict[str, Course]:
    return {said["code"]: _course(said) for said in programme.blueprint.get("courses") or ()}


def course(programme: Programme, code: str) -> Course:
    """Raises `NoSuchCourse`, also when the blueprint no longer has it."""
    found = courses(programme).get(code)
    if found is None:
        raise problems.NoSuchCourse
    return found


def _course(said: Mapping[str, Any]) -> Course:
    rule = said.get("certificate")
    return Course(
        code=said["code"],
        title=said.get("title") or {},
        encounters=tuple(said.get("encounters") or ()),
        sessions=said.get("sessions"),
        pre_test=said.get("pre_test") or "",
        post_test=said.get("post_test") or "",
        scale=said.get("scale") or "",
        evaluation=said.get("evaluation") or "",
        post_days=said.get("post_days") or 14,
        certificate=Rule(
            title=rule.get("title") or {},
            issuer=rule.get("issuer") or "",
            criteria=rule.get("criteria") or {},
            attendance=float(rule.get("attendance", 0.8)),
            pass_mark=rule.get("pass_mark"),
            must_pass={code: float(mark) for code, mark in (rule.get("must_pass") or {}).items()},
            valid_days=rule.get("valid_days"),
        )
        if rule
        else None,
    )
