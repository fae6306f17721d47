"""Who has what a certificate asks for. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mlezi.courses.declared import Rule

ATTENDANCE, POST_TEST, SCORE, MUST_PASS = "attendance", "post_test", "score", "must_pass"


@dataclass(frozen=True)
class Done:
    """What one person did in one run. `scores` are those after the course, by scale; None: too little answered."""

    attended: int
    sessions: int
    post: float | None
    scores: Mapping[str, float | None]


def missing(rule: Rule, done: Done) -> tuple[str, ...]:
    """What is still missing; empty: the certificate is theirs. No session held yet is not attendance."""
    found = []
    if done.sessions == 0 or done.attended < rule.attendance * done.sessions - 1e-9:
        found.append(ATTENDANCE)
    if rule.pass_mark is not None:
        if done.post is None:
            found.append(POST_TEST)
        elif done.post < rule.pass_mark:
            found.append(SCORE)
    for scale, mark in sorted(rule.must_pass.items()):
        reached = done.scores.get(scale)
        if reached is None or reached < mark:
            found.append(f"{MUST_PASS}:{scale}")
    return tuple(found)
