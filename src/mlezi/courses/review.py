"""The test after a course with its right answers, for somebody who has taken it."""

from __future__ import annotations

from dataclasses import dataclass

from mlezi.courses.declared import Course
from mlezi.courses.models import Run
from mlezi.courses.queries import POST
from mlezi.instruments.queries import forms
from mlezi.people.models import Person
from mlezi.surveys import declared
from mlezi.surveys.models import Answer, Filled
from mlezi.surveys.queries.items import label_of


@dataclass(frozen=True)
class Reviewed:
    question: str
    given: str
    right: str
    is_right: bool


def answers(run: Run, course: Course, person: Person) -> list[Reviewed]:
    """Question by question, in the order of the form."""
    known = declared.instruments(run.programme).get(course.post_test)
    filled = Filled.objects.filter(
        programme=run.programme, occasion=run.code, instrument=course.post_test, wave=POST, person=person
    ).first()
    if known is None or filled is None:
        return []
    given: dict[str, set[str]] = {}
    for name, choice in Answer.objects.filter(filled_id=filled.pk).values_list("question", "choice"):
        given.setdefault(name, set()).add(choice)
    keys = {key.question: key.right for test in known.tests for key in test.keys}
    found = []
    for question in forms.read(forms.version_of(run.programme, course.post_test)).questions():
        term, _, asked = question.meaning.partition(":")
        if term == "answer" and asked in keys:
            labels = {choice.name: label_of(choice.labels) or choice.name for choice in question.choices}
            chosen = given.get(asked, set())
            found.append(
                Reviewed(
                    label_of(question.labels) or asked,
                    ", ".join(labels.get(one, one) for one in sorted(chosen)),
                    ", ".join(labels.get(one, one) for one in sorted(keys[asked])),
                    chosen == keys[asked],
                )
            )
    return found
