"""What the choices of an answer are called in its form, in each language: frozen with the data, for the report."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mlezi.formats.xform import Question, Texts
from mlezi.instruments import vocabulary
from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import forms
from mlezi.programmes.models import Programme
from mlezi.studies.plan import Study as Plan

Labels = Mapping[str, Mapping[str, Texts]]  # measure → choice → language → words
_CODE = re.compile(r"\((\w+)\)\s*$")  # the language of "Kiswahili (sw)"


def labels(plan: Plan, programme: Programme) -> Labels:
    """The words of every choice that a measure of the plan can have; those of the newest version of a form win."""
    wanted = {code: one for code, one in plan.measures.items() if one.of == "answer"}
    found: dict[str, dict[str, Texts]] = {}
    rows = FormVersion.objects.filter(
        form__programme=programme, form__form_id__in={one.instrument for one in wanted.values()}
    ).select_related("form")
    for version in rows.order_by("published_at", "id"):
        for question in forms.read(version).asked():
            for code, one in wanted.items():
                if one.instrument == version.form.form_id and _answers(question, one.question or ""):
                    found.setdefault(code, {}).update(_choices(question))
    return found


def _answers(question: Question, wanted: str) -> bool:
    term, argument = vocabulary.read(question.meaning)
    return term == "answer" and argument == wanted


def _choices(question: Question) -> dict[str, Texts]:
    """A choice without words, or one whose words are put together from other answers, keeps its code."""
    return {
        choice.name: {_language(name): " ".join(words.split()) for name, words in choice.labels.items()}
        for choice in question.choices
        if choice.labels and not any("{" in words for words in choice.labels.values())
    }


def _language(name: str) -> str:
    found = _CODE.search(name)
    return found[1] if found else name or "en"
