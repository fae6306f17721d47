"""The answer as tables for a spreadsheet and a page of text: pairs with reasons, who is left over, places, proof."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from mlezi.methods.assignment.explanation import Explanations
from mlezi.methods.assignment.place_values import place_values
from mlezi.methods.assignment.problem import Problem
from mlezi.methods.assignment.reasons import Reason
from mlezi.methods.assignment.result import Result
from mlezi.methods.assignment.sheets.policy import Chosen
from mlezi.methods.assignment.verify import verify

RECRUITS = 5
RULES = {
    "radius": "too far",
    "cadre": "profession",
    "conflict": "not to be paired with each other",
    "common time": "too few common times",
    "common language": "no common language",
}
"""Rules as the report names them, where their own name says too little."""
Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Sheet:
    title: str
    header: tuple[str, ...]
    rows: Rows


@dataclass(frozen=True)
class Report:
    """`pairs`, `left_over`, `mentors`, `certificate` as sheets; `text` to read. `is_proved`: the proof was checked."""

    pairs: Sheet
    left_over: Sheet
    mentors: Sheet
    certificate: Sheet
    text: str
    is_proved: bool


def report(chosen: Chosen) -> Report:
    """The answer with its check. Prices of the best answer explain no pair that something else chose."""
    problem, result = chosen.problem, chosen.result
    explain = Explanations(problem, result)
    verdict = verify(result, problem)
    certificate = result.certificate
    return Report(
        pairs=_pairs(problem, result, explain, compares=not chosen.why_left),
        left_over=_left_over(problem, result, explain, chosen.why_left),
        mentors=_mentors(problem, result),
        certificate=Sheet(
            "certificate",
            ("what", "value"),
            (
                ("problem (SHA-256)", certificate.problem),
                ("worth of these pairs", certificate.worth),
                ("no answer is worth more than", certificate.bound),
                ("proved optimal", "yes" if certificate.is_optimal else "no"),
                ("gap", certificate.gap),
                ("checked without the solver", "yes" if verdict else "; ".join(verdict.wrong)),
                ("proved by", certificate.proved_by),
                *((f"version of {name}", number) for name, number in certificate.versions),
                *(
                    (f"price of a place: {name}", p)
                    for name, p in zip(problem.mentors, certificate.price, strict=False)
                ),
            ),
        ),
        text="\n".join(
            [
                *_text(problem, result),
                *chosen.told,
                *_proved(result, is_sound=bool(verdict)),
                *_recruiting(problem, result),
            ]
        ),
        is_proved=bool(verdict) and certificate.is_optimal,
    )


def _pairs(problem: Problem, result: Result, explain: Explanations, *, compares: bool) -> Sheet:
    rows = []
    for i, j, score in zip(result.i, result.j, result.score, strict=True):
        said = explain.pair(int(i), int(j))
        said = said if compares else replace(said, instead=None)
        rows.append((problem.mentees[i], problem.mentors[j], round(int(score) / 1e6, 3), str(said)))
    return Sheet("pairs", ("mentee", "mentor", "score", "reasons"), tuple(rows))


def _left_over(problem: Problem, result: Result, explain: Explanations, why: str) -> Sheet:
    has = np.bincount(result.i, minlength=problem.n_mentees)
    left = np.flatnonzero(has < problem.wants)
    rows = (
        (
            problem.mentees[i],
            int(problem.wants[i] - has[i]),
            " ".join(why if why and one.code == "unmatched.full" else _said(one) for one in explain.unmatched(int(i))),
        )
        for i in left
    )
    return Sheet("left over", ("mentee", "mentors missing", "why"), tuple(rows))


def _said(reason: Reason) -> str:
    rule = str(reason.facts.get("rule", ""))
    return str(replace(reason, facts={**reason.facts, "rule": RULES.get(rule, rule)}) if rule else reason)


def _mentors(problem: Problem, result: Result) -> Sheet:
    load = np.bincount(result.j, minlength=problem.n_mentors)
    more = place_values(problem, result) if result.certificate.is_optimal else None
    rows = (
        (name, int(load[j]), int(problem.places[j]), more.describe(j) if more else "")
        for j, name in enumerate(problem.mentors)
    )
    return Sheet("mentors", ("mentor", "mentees", "places", "one more place would add"), tuple(rows))


def _text(problem: Problem, result: Result) -> list[str]:
    wanting = int((problem.wants > 0).sum())
    scores = result.score / 1e6
    lines = [f"{result.served} of {wanting} mentees have a mentor, in {len(result.i)} pairs."]
    if len(scores):
        low, middle, high = np.percentile(scores, [10, 50, 90])
        lines.append(f"Scores run from 0 to 1: half of the pairs have {middle:.2f} or more; a tenth below {low:.2f}, "
                     f"a tenth above {high:.2f}.")  # fmt: skip
    full = int((np.bincount(result.j, minlength=problem.n_mentors) == problem.places)[problem.places > 0].sum())
    lines.append(f"{full} of {int((problem.places > 0).sum())} mentors with places are full.")
    return lines


def _proved(result: Result, *, is_sound: bool) -> list[str]:
    if not is_sound:
        return ["THE CHECK OF THIS ANSWER FAILED. Do not use it; the certificate says what does not hold."]
    if result.certificate.is_optimal:
        return ["No other set of pairs is better by the aims given: this is proved, and the proof was checked."]
    return [f"A better answer by the aims alone could exist, by {100 * result.certificate.gap:.3g} % at most: this is "
            "proved."]  # fmt: skip


def _recruiting(problem: Problem, result: Result) -> list[str]:
    """Whom to ask for one more place, the most useful first."""
    if not result.certificate.is_optimal:
        return []
    values = place_values(problem, result)
    listed = [f"  {problem.mentors[j]}: {values.describe(j)}" for j in values.recruiting()[:RECRUITS]]
    return ["One more place would bring:", *listed] if listed else []
