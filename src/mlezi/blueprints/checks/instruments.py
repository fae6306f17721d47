"""Schedules and scoring fit the forms; whoever answers without a name is not asked for it."""

from __future__ import annotations

from collections.abc import Mapping

from mlezi.blueprints.checks.files import ReadForm
from mlezi.blueprints.findings import ADVICE, nearest
from mlezi.blueprints.reading import Reading
from mlezi.blueprints.schema.instruments import Instrument, KnowledgeTest, Scale
from mlezi.blueprints.schema.meetings import Schedule
from mlezi.formats.located_yaml import Path
from mlezi.formats.xform import Question
from mlezi.instruments import vocabulary
from mlezi.programmes.models import Enrolment
from mlezi.programmes.permissions import ROLES

NAMING = frozenset({"respondent", "participant", "participants", "outcome.person", "person.new", "person.name"})
KNOWING = frozenset({"deviceid", "username", "phonenumber", "email", "subscriberid", "simserial"})


def check(reading: Reading, forms: dict[str, ReadForm]) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    declared: set[str] = set()
    for number, instrument in enumerate(blueprint.instruments):
        path: Path = ("instruments", number)
        if instrument.form in declared:
            reading.add((*path, "form"), f"The form {instrument.form!r} is declared twice.", "Put both together.")
        declared.add(instrument.form)
        if _form(reading, (*path, "form"), instrument.form, forms):
            _instrument(reading, path, instrument, forms[instrument.form])
    waves: dict[tuple[str, str], int] = {}
    for number, schedule in enumerate(blueprint.schedules):
        _schedule(reading, ("schedules", number), schedule, forms)
        for code in [wave.code for wave in schedule.waves] or [schedule.code]:
            key = schedule.form, code
            if key in waves:
                reading.add(
                    ("schedules", number),
                    f"The time point {code!r} of {schedule.form!r} stands in two schedules.",
                    "Rename one: a person answers once a time point.",
                )
            waves[key] = number


def _form(reading: Reading, path: Path, form: str, forms: Mapping[str, ReadForm]) -> bool:
    if form in forms:
        return True
    reading.add(path, f"There is no readable form {form!r}.", nearest(form, forms))
    return False


def _instrument(reading: Reading, path: Path, instrument: Instrument, form: ReadForm) -> None:
    questions = {vocabulary.read(q.meaning)[1]: q for q in form.converted.form.questions() if _is_answer(q)}
    for number, scale in enumerate(instrument.scales):
        _items(reading, (*path, "scales", number, "items"), scale, questions)
    for number, test in enumerate(instrument.tests):
        _keys(reading, (*path, "tests", number, "keys"), test, questions)
    if instrument.linkage != "identified":
        _names_nobody(reading, path, instrument, form)
    if instrument.scales and not instrument.source and not instrument.licence:
        reading.add(path, "Nobody says whose wording this is.", "Add `source:` and `licence:`.", weight=ADVICE)


def _is_answer(question: Question) -> bool:
    return bool(question.meaning) and vocabulary.read(question.meaning)[0] == "answer"


def _items(reading: Reading, path: Path, scale: Scale, questions: Mapping[str, Question]) -> None:
    for place, item in enumerate(scale.items):
        question = questions.get(item)
        if question is None:
            reading.add((*path, place), f"No question of the form means `answer:{item}`.", nearest(item, questions))
            continue
        outside = [choice.name for choice in question.choices if not _lies_on(choice.name, scale)]
        if outside:
            reading.add(
                (*path, place),
                f"The choice {outside[0]!r} of {item} does not lie between {scale.range[0]:g} and {scale.range[1]:g}.",
                "Such an answer counts as missing.",
                weight=ADVICE,
            )


def _lies_on(text: str, scale: Scale) -> bool:
    try:
        return scale.range[0] <= float(text) <= scale.range[1]
    except ValueError:
        return False


def _keys(reading: Reading, path: Path, test: KnowledgeTest, questions: Mapping[str, Question]) -> None:
    for item, right in test.keys.items():
        question = questions.get(item)
        if question is None:
            reading.add((*path, item), f"No question of the form means `answer:{item}`.", nearest(item, questions))
            continue
        choices = [choice.name for choice in question.choices]
        for choice in [right] if isinstance(right, str) else right:
            if choices and choice not in choices:
                reading.add((*path, item), f"{choice!r} is no choice of {item}.", nearest(choice, choices))


def _names_nobody(reading: Reading, path: Path, instrument: Instrument, form: ReadForm) -> None:
    for question in form.converted.form.questions():
        term = vocabulary.read(question.meaning)[0] if question.meaning else ""
        if term in NAMING or question.preload in KNOWING or any(f"/{name}" in question.path for name in KNOWING):
            reading.add(
                (*path, "linkage"),
                f"The form asks or notes who answers ({question.name}), but the instrument is {instrument.linkage}.",
                "Take that question out of the form.",
            )
    terms = {vocabulary.read(q.meaning)[0] for q in form.converted.form.questions() if q.meaning}
    if instrument.linkage == "self-coded" and "respondent.code" not in terms:
        reading.add(
            (*path, "linkage"),
            "No question asks for the code that people make up.",
            "Let one mean `respondent.code`.",
        )


def _schedule(reading: Reading, path: Path, schedule: Schedule, forms: Mapping[str, ReadForm]) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    if _form(reading, (*path, "form"), schedule.form, forms):
        _tells_its_wave(reading, path, schedule, forms[schedule.form])
    known = [*Enrolment.Part.values, *ROLES]
    for place, who in enumerate(schedule.who):
        if who not in known:
            reading.add((*path, "who", place), f"Nobody takes part as {who!r}.", nearest(who, known))
    if (schedule.anchor == "date") != (schedule.on is not None):
        reading.add((*path, "anchor"), "`anchor: date` and `on:` belong together.", "Write both, or neither.")
    types = [kind.code for kind in blueprint.encounters]
    if schedule.encounter and schedule.encounter not in types:
        reading.add(
            (*path, "encounter"), f"There is no encounter {schedule.encounter!r}.", nearest(schedule.encounter, types)
        )


def _tells_its_wave(reading: Reading, path: Path, schedule: Schedule, form: ReadForm) -> None:
    """An answer that names nobody finds its time point only when the record itself says it."""
    blueprint = reading.blueprint
    assert blueprint is not None
    nameless = {one.form for one in blueprint.instruments if one.linkage != "identified"}
    tells = any(question.meaning == "wave" for question in form.converted.form.questions())
    if schedule.form in nameless and not tells:
        reading.add(
            (*path, "form"),
            f"The records of {schedule.form!r} name nobody, so they must say which time point they are of.",
            "Add a hidden or read-only text question that means `wave`; a link fills it in.",
        )
