"""A form as lines of a sheet: headings, questions with room to write, choices to tick, when to skip."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mlezi.formats.xform import Group, Question, XForm
from mlezi.instruments.outline.skips import in_words

COPIES = 3  # how often a repeat is printed; more go on another sheet
LONG_LABEL = 60  # letters; a longer question is named by its number
BRIEF = 22  # letters of a choice that leaves room beside it
ROOM = {
    "int": "short",
    "decimal": "short",
    "range": "short",
    "date": "date",
    "time": "time",
    "dateTime": "moment",
    "geopoint": "line",
    "binary": "photo",
    "trigger": "tick",
    "select": "choices",
    "select1": "choices",
    "rank": "choices",
}


@dataclass(frozen=True)
class Line:
    """One thing on the sheet. `texts` are its words, first the main language, then the others."""

    kind: str  # heading, note, question
    texts: Sequence[str]
    depth: int = 0
    number: str = ""
    hints: Sequence[str] = ()
    room: str = ""
    choices: Sequence[Sequence[str]] = ()
    skip: str = ""
    required: bool = False
    rule: Sequence[str] = ()
    name: str = ""
    meaning: str = ""
    kind_of_answer: str = ""

    @property
    def is_brief(self) -> bool:
        """Its choices are so short that several stand in one line."""
        return all(sum(map(len, choice)) <= BRIEF for choice in self.choices)


@dataclass
class Sheet:
    form: XForm
    languages: Sequence[str]
    lines: list[Line] = field(default_factory=list)

    @property
    def spoken(self) -> str:
        """The code of its main language: whoever fills it in reads our own words in that, too."""
        return spoken(self.languages[0])


def sheet(form: XForm, *, languages: Sequence[str] = (), copies: int = COPIES) -> Sheet:
    """Lay a form out, in the languages given (or all of its own). `copies`: how often a repeat is printed."""
    chosen = [language for language in languages if language in form.languages] or list(form.languages) or [""]
    made = Sheet(form, chosen)
    with translation.override(made.spoken):
        made.lines = list(_Layout(form, chosen, copies).lines(form.children, 0))
    return made


def spoken(language: str) -> str:
    """Kiswahili (sw) → sw, if our own words are there in it; otherwise the reader's language."""
    found = re.search(r"\(([\w-]+)\)\s*$", language)
    return found[1] if found and found[1] in settings.READY_LANGUAGES else translation.get_language() or "en"


class _Layout:
    def __init__(self, form: XForm, languages: Sequence[str], copies: int) -> None:
        self.languages, self.copies = languages, copies
        self.questions = {question.path: question for question in form.questions()}
        self.count = 0
        self.numbers: dict[str, int] = {}

    def lines(self, children: Sequence[Group | Question], depth: int) -> Iterator[Line]:
        for child in children:
            if isinstance(child, Question):
                yield from self.question(child, depth)
            elif child.repeats:
                yield from self.repeat(child, depth)
            else:
                yield from self.group(child, depth)

    def group(self, group: Group, depth: int) -> Iterator[Line]:
        skip = self.skip(group.relevant, group.path)
        if group.labels or skip:
            yield Line("heading", self.texts(group.labels), depth, skip=skip)
        yield from self.lines(group.children, depth + bool(group.labels))

    def repeat(self, group: Group, depth: int) -> Iterator[Line]:
        started = self.count
        for copy in range(1, self.copies + 1):
            self.count = started
            words = [f"{text} {copy}" if self.copies > 1 else text for text in self.texts(group.labels)]
            yield Line("heading", words or [str(copy)], depth, skip=self.skip(group.relevant, group.path))
            yield from self.lines(group.children, depth + 1)
        yield Line("note", [_("If there are more, use another sheet and number them on.")], depth + 1)

    def question(self, question: Question, depth: int) -> Iterator[Line]:
        skip = self.skip(question.relevant, question.path)
        if not question.is_asked:
            texts = self.texts(question.labels)
            if texts:
                yield Line("note", texts, depth, skip=skip)
            return
        self.count += 1
        self.numbers[question.path] = self.count
        yield Line(
            "question",
            self.texts(question.labels) or [question.name],
            depth,
            str(self.count),
            self.texts(question.hints),
            _room(question),
            [self.texts(choice.labels) or [choice.name] for choice in question.choices],
            skip,
            question.is_required,
            self.texts(question.constraint_messages),
            question.name,
            question.meaning,
            question.kind,
        )

    def skip(self, expression: str, path: str) -> str:
        if not expression:
            return ""
        return in_words(expression, at=path, questions=self.questions, words=self.main, called=self.called)

    def called(self, question: Question) -> str:
        """A long question by its number and first words: who skips looks for the number."""
        label = self.main(question.labels, question.name)
        if len(label) <= LONG_LABEL:
            return label
        number = self.numbers.get(question.path)
        return (f"{number}. " if number else "") + shorten(label, LONG_LABEL, placeholder=" …")

    def main(self, texts: Mapping[str, str], otherwise: str) -> str:
        found = self.texts(texts)
        return found[0] if found else otherwise

    def texts(self, texts: Mapping[str, str]) -> list[str]:
        """The words in each language, each once; a value that the form would fill in becomes room to write."""
        found = [texts[language] for language in self.languages if texts.get(language)]
        return list(dict.fromkeys(re.sub(r"\{[^}]*\}", "____", _plain(text)) for text in found))


def _room(question: Question) -> str:
    if question.choices_file:
        return "line"
    if "multiline" in question.appearance:
        return "lines"
    return ROOM.get(question.kind, "line")


def _plain(text: str) -> str:
    """Labels may carry Markdown and tags; a sheet shows the words."""
    return re.sub(r"<[^>]+>|[*_#]{1,3}(?=\S)|(?<=\S)\*{1,2}", "", text).strip()
