"""What the forms mean fits the blueprint: encounters are fed, competencies are rated, codes exist."""

from __future__ import annotations

from collections.abc import Iterable

from mlezi.blueprints.checks import choices
from mlezi.blueprints.checks.files import ReadForm
from mlezi.blueprints.findings import ADVICE, Finding, nearest
from mlezi.blueprints.reading import Reading
from mlezi.blueprints.schema.words import nested_code
from mlezi.formats.xform import Question
from mlezi.instruments import vocabulary

RATING_TERMS = {"rating", "rating.basis", "rating.because"}


def check(reading: Reading, forms: dict[str, ReadForm]) -> None:
    blueprint = reading.blueprint
    assert blueprint is not None
    framework = blueprint.framework
    competencies = {
        nested_code(domain.code, competency.code): competency.retired or domain.retired
        for domain in framework.domains
        for competency in domain.competencies
    }
    items = {
        kind: [item.code for item in getattr(blueprint.equipment, kind)]
        for kind in ("clinical", "learning", "staff", "supplies")
    }
    domains = [domain.code for domain in framework.domains]
    n_levels = len(framework.levels)
    rated: set[str] = set()
    for form in forms.values():
        for question in form.converted.form.questions():
            term, argument = vocabulary.read(question.meaning) if question.meaning else ("", "")
            if term and term not in vocabulary.TERMS:
                _say(reading, form, question, f"Nothing is called {term!r} here.", nearest(term, vocabulary.TERMS))
            elif term in RATING_TERMS:
                rated.add(argument)
                _one_of(reading, form, question, "competency", given=[argument], known=competencies)
                for choice, remedy in choices.unread(question, term, n_levels):
                    _say(reading, form, question, f"Nobody could read the answer {choice!r} to it.", remedy)
            elif term in {"encounter.topics", "action.topic", "practice.topic"}:
                _one_of(reading, form, question, "domain", given=_choices(question), known=domains)
            elif term.startswith("needs."):
                _one_of(reading, form, question, "item of equipment", given=_choices(question), known=items[term[6:]])
            elif term.startswith("has."):
                _one_of(reading, form, question, "item of equipment", given=[argument], known=items[term[4:]])
            if term in choices.YES_OR_NO or term.startswith("has."):
                for word in choices.neither(question):
                    _say(reading, form, question, f"None of its choices says {word}.", choices.NAME_IT)
    _encounters(reading, forms)
    if len(forms) == len(blueprint.forms):  # a form that could not be read may rate what the others do not
        for code in (code for code, retired in competencies.items() if code not in rated and not retired):
            _unrated(reading, code)


def _encounters(reading: Reading, forms: dict[str, ReadForm]) -> None:
    assert reading.blueprint is not None
    for number, kind in enumerate(reading.blueprint.encounters):
        for place, form_id in enumerate(kind.forms):
            path = ("encounters", number, "forms", place)
            if form_id not in forms:
                reading.add(path, f"There is no readable form {form_id!r}.", nearest(form_id, forms))
            elif not _feeds_an_encounter(forms[form_id]):
                reading.add(
                    path,
                    f"The form {form_id!r} feeds no encounter: none of its questions means `encounter`.",
                    "Write `encounter` or `encounter.planned` under bind::mlezi:as for the question with the uid.",
                )


def _feeds_an_encounter(form: ReadForm) -> bool:
    return any(q.meaning in {"encounter", "encounter.planned"} for q in form.converted.form.questions())


def _unrated(reading: Reading, code: str) -> None:
    assert reading.blueprint is not None
    domain_code, _, name = code.partition(".")
    for number, domain in enumerate(reading.blueprint.framework.domains):
        for place, competency in enumerate(domain.competencies):
            if (domain.code, competency.code) == (domain_code, name):
                reading.add(
                    ("framework", "domains", number, "competencies", place),
                    f"Nobody rates {code}: no form has a question that means `rating:{code}`.",
                    "Add one, or retire the competency.",
                    weight=ADVICE,
                )


def _choices(question: Question) -> list[str]:
    return [choice.name for choice in question.choices]


def _one_of(
    reading: Reading, form: ReadForm, question: Question, what: str, *, given: Iterable[str], known: Iterable[str]
) -> None:
    names = list(known)
    for code in given:
        if code not in names:
            _say(reading, form, question, f"There is no {what} {code!r} in the blueprint.", nearest(code, names))


def _say(reading: Reading, form: ReadForm, question: Question, message: str, remedy: str) -> None:
    """The line is that of the question's name in a Markdown form; a workbook is shown by the question alone."""
    line = 1
    if form.file.file.endswith((".md", ".csv")):
        lines = form.source.decode("utf-8", errors="replace").splitlines()
        found = (n for n, text in enumerate(lines, 1) if question.name in [c.strip(' |"') for c in text.split("|")])
        line = next(found, 1)
    reading.findings.append(Finding(form.file.file, line, question.name, message, remedy))
