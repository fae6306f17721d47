"""What a methodologist would say of a plan before the first answer is in. Works, but read this."""

from __future__ import annotations

from collections.abc import Iterator

from mlezi.studies.plan import Study

MANY = 10  # more tests than this under one question and chance alone will find something


def advice(plan: Study) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """(where, what, what to do), in the order of the plan."""
    answered = {one.question for one in plan.analyses}
    if len(plan.questions) > 1 and sum(one.primary for one in plan.questions) != 1:
        yield ("questions",), "No single question is marked as primary.", "Write `primary: true` under one."
    for number, question in enumerate(plan.questions):
        if question.code not in answered:
            yield ("questions", number), "No analysis answers this question.", f"Name it: `question: {question.code}`."
        if question.changes_mind is None:
            yield (
                ("questions", number),
                "It does not say which answer would change what you do.",
                "Add `changes_mind:`; a question whose answer changes nothing need not be asked.",
            )
    if plan.design == "comparison_group" and not plan.comparisons:
        yield ("design",), "A comparison group is designed, but nobody is compared.", "Add `comparisons:`."
    if plan.design == "single_group" and not any(one.do == "flow" for one in plan.analyses):
        yield ("analyses",), "Nothing shows who was asked and who answered.", "Add an analysis with `do: flow`."
    tests: dict[str | None, int] = {}
    for one in plan.analyses:
        tests[one.question] = tests.get(one.question, 0) + max(1, len(one.outcomes))
    if plan.multiplicity == "none" and max(tests.values()) > MANY:
        yield ("multiplicity",), "Many tests under one question, and none is adjusted.", "Write `multiplicity: holm`."
