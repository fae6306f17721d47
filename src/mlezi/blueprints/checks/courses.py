"""Courses fit the rest: their sessions and tests exist, and a certificate asks only for what is measured."""

from __future__ import annotations

from mlezi.blueprints.checks.files import ReadForm
from mlezi.blueprints.findings import nearest
from mlezi.blueprints.reading import Reading
from mlezi.blueprints.schema.courses import Course
from mlezi.formats.located_yaml import Path


def check(reading: Reading, forms: dict[str, ReadForm]) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    types = [kind.code for kind in blueprint.encounters]
    for number, course in enumerate(blueprint.courses):
        path: Path = ("courses", number)
        for place, kind in enumerate(course.encounters):
            if kind not in types:
                reading.add((*path, "encounters", place), f"There is no encounter {kind!r}.", nearest(kind, types))
        for name in ("pre_test", "post_test", "evaluation"):
            form = getattr(course, name)
            if form and form not in forms:
                reading.add((*path, name), f"There is no readable form {form!r}.", nearest(form, forms))
        _waves(reading, path, course, forms)
        _certificate(reading, path, course)
    codes = [course.code for course in blueprint.courses]
    for number, schedule in enumerate(blueprint.schedules):
        if (schedule.anchor == "course") != bool(schedule.course):
            reading.add(("schedules", number, "anchor"), "`anchor: course` and `course:` belong together.")
        elif schedule.course and schedule.course not in codes:
            reading.add(
                ("schedules", number, "course"),
                f"There is no course {schedule.course!r}.",
                nearest(schedule.course, codes),
            )


def _waves(reading: Reading, path: Path, course: Course, forms: dict[str, ReadForm]) -> None:
    """The same form before and after: on the last day only the record can tell which it is."""
    if not course.post_test or course.pre_test != course.post_test or course.post_test not in forms:
        return
    if not any(question.meaning == "wave" for question in forms[course.post_test].converted.form.questions()):
        reading.add(
            (*path, "post_test"),
            f"{course.post_test!r} is the test before and after, but its records do not say which.",
            "Add a question that means `wave` with the answers pre and post; a link fills it in.",
        )


def _certificate(reading: Reading, path: Path, course: Course) -> None:
    rule, blueprint = course.certificate, reading.blueprint
    assert blueprint is not None
    if rule is None:
        return
    scored = [
        part.code
        for instrument in blueprint.instruments
        if instrument.form == course.post_test
        for part in (*instrument.scales, *instrument.tests)
    ]
    if rule.pass_mark is not None and not course.post_test:
        reading.add((*path, "certificate", "pass_mark"), "There is no test after the course.", "Add `post_test:`.")
    elif rule.pass_mark is not None and not scored:
        reading.add(
            (*path, "certificate", "pass_mark"),
            f"Nobody says how {course.post_test!r} is scored.",
            "Add it under `instruments:` with its keys.",
        )
    if rule.pass_mark is not None and len(scored) > 1 and not course.scale:
        reading.add((*path, "scale"), f"Say which of {', '.join(scored)} counts.", "Write `scale:`.")
    for code in [*rule.must_pass, *([course.scale] if course.scale else [])]:
        if code not in scored:
            reading.add((*path, "certificate"), f"The test after the course has no {code!r}.", nearest(code, scored))
