"""Which forms are checklists: those that calculate scores of a site or ask whether it meets items; what their parts are
called. What is about a person, as an observed examination, is none of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mlezi.formats.xform import Question, Texts
from mlezi.instruments import vocabulary
from mlezi.instruments.models import FormVersion
from mlezi.instruments.queries import forms
from mlezi.plumbing import once
from mlezi.programmes.models import Programme

WHOM = frozenset({"rating.person", "participant", "person.new"})  # whose group's items and scores are about them
ANSWERED = ("respondent", "wave", "outcome", "milestone", "employment")  # what somebody tells of themselves


@dataclass(frozen=True)
class Item:
    """`section` is the name of the score of the group it is asked in; empty outside any."""

    labels: Texts
    section: str = ""


@dataclass(frozen=True)
class Parts:
    """Of a version or a form: sections by the name of their score, items by their code, both in the form's order.

    `whole` is the name of the score of all of it; empty where the form calculates none.
    """

    whole: str = ""
    sections: Mapping[str, Texts] = field(default_factory=dict)
    items: Mapping[str, Item] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.whole or self.sections or self.items)

    def before(self, newer: Parts) -> Parts:
        """Of both together: where they differ the newer holds, and what only this one has comes last."""
        sections = {**newer.sections, **{k: v for k, v in self.sections.items() if k not in newer.sections}}
        items = {**newer.items, **{k: v for k, v in self.items.items() if k not in newer.items}}
        return Parts(newer.whole or self.whole, sections, items)


@dataclass(frozen=True)
class Checklist:
    """A form of a programme by its row and id, and its parts in all of its versions."""

    pk: int
    form_id: str
    title: str
    parts: Parts


@once.a_page
def of_programme(programme: Programme) -> list[Checklist]:
    """Every checklist ever published, by title."""
    rows = FormVersion.objects.filter(form__programme=programme).select_related("form").order_by("published_at", "id")
    parts: dict[int, Parts] = {}
    found = {}
    for version in rows.defer("xml", "source", "meanings"):
        parts[version.form_id] = parts.get(version.form_id, Parts()).before(_read(version.pk, version.md5))
        found[version.form_id] = version.form
    kept = [Checklist(pk, form.form_id, forms.title(form), parts[pk]) for pk, form in found.items() if parts[pk]]
    return sorted(kept, key=lambda one: (one.title.casefold(), one.form_id))


@lru_cache(maxsize=512)
def _read(pk: int, _md5: str) -> Parts:
    """A published version never changes, so it is read once; the MD5 tells rows of two databases apart."""
    version = FormVersion.objects.defer("source").get(pk=pk)
    terms = vocabulary.terms_of(version.meanings)
    if not {"item", "score"} & terms or _is_somebodys(terms):
        return Parts()
    form = forms.read(version)
    of_people = [
        question.path.rpartition("/")[0] + "/"
        for question in form.questions()
        if vocabulary.read(question.meaning)[0] in WHOM
    ]

    def meaning(term: str) -> Iterator[tuple[str, Question]]:
        """Argument and question of each that means this of the site."""
        for question in form.questions():
            said, argument = vocabulary.read(question.meaning)
            if said == term and not question.path.startswith(tuple(of_people)):
                yield argument, question

    groups = {part.name: part.labels for part in form.parts() if not isinstance(part, Question)}
    scores = [name for name, _ in meaning("score")]
    sections = {name: groups[name] for name in scores if name in groups}
    others = [name for name in scores if name not in groups]
    whole = next((name for name in others if name.endswith("_all")), others[-1] if others else "")
    asked = {question.name: question for question in form.asked()}
    items = {
        code: Item((asked.get(code) or question).labels, _section(question, asked.get(code), sections))
        for code, question in meaning("item")
    }
    in_order = {question.name: at for at, question in enumerate(form.asked())}
    ordered = sorted(items, key=lambda code: in_order.get(code, len(in_order)))
    return Parts(whole, sections, {code: items[code] for code in ordered})


def _is_somebodys(terms: frozenset[str]) -> bool:
    """Whether it is a questionnaire, or a mentee's view of themselves: ratings of nobody who is named."""
    is_own = any(term.startswith("rating") for term in terms) and not terms & WHOM
    return is_own or any(term.startswith(ANSWERED) for term in terms)


def _section(question: Question, asked: Question | None, sections: Mapping[str, Texts]) -> str:
    """Of the question itself, or of the one asked whose points it calculates."""
    for one in (question, asked):
        names = one.path.split("/") if one else []
        for name in reversed(names):
            if name in sections:
                return name
    return ""
