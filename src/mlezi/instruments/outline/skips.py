"""Says a form's conditions in words: `/data/held = 'yes'` becomes: if “Did it take place?” is “Yes”.

Reads the part of XPath that people write in forms: and, or, not, selected(), comparisons with a value.
What it cannot say, it says by the answers that decide it, through calculations if need be; and only when
nobody was asked any of them is it shown as written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mlezi.formats.xform import Question

TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>\d+(?:\.\d+)?)|(?P<word>\b(?:and|or)\b)"
    r"|(?P<call>[a-z][\w-]*(?=\s*\())|(?P<path>\.{0,2}/?[A-Za-z_.][\w./-]*|\.)|(?P<sign>!=|<=|>=|[=<>(),]))"
)
PATH = re.compile(r"(?:\.\.?/|/)[\w./-]*[\w-]")
MOST_NAMED = 3  # a condition that rests on more is no help to a reader
Pair = tuple[str, str]  # kind and text of a token


class _CannotSay(Exception):
    pass


@dataclass
class _Reader:
    """A small recursive descent over the tokens of one expression."""

    tokens: list[Pair]
    question: Callable[[str], Question]
    words: Callable[[Mapping[str, str], str], str]
    called: Callable[[Question], str]
    at: int = 0

    def next(self, *wanted: str) -> str:
        text = self.peek()
        if wanted and text not in wanted:
            raise _CannotSay
        self.at += 1
        return text

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead][1] if self.at + ahead < len(self.tokens) else ""

    def either(self) -> str:
        parts = [self.both()]
        while self.peek() == "or":
            self.next()
            parts.append(self.both())
        return _(" or ").join(parts)

    def both(self) -> str:
        parts = [self.one()]
        while self.peek() == "and":
            self.next()
            parts.append(self.one())
        return _(" and ").join(parts)

    def one(self) -> str:
        if self.peek() == "(":
            self.next()
            inner = self.either()
            self.next(")")
            return f"({inner})" if _(" or ") in inner else inner
        if self.peek() == "not":
            self.next()
            self.next("(")
            inner = self.either()
            self.next(")")
            return _("not ({condition})").format(condition=inner)
        if self.peek() == "selected":
            return self.selected()
        return self.compared()

    def selected(self) -> str:
        self.next()
        self.next("(")
        question = self.asked()
        self.next(",")
        value = self.value(question)
        self.next(")")
        return _("“{question}” has “{value}”").format(question=self.label(question), value=value)

    def compared(self) -> str:
        question = self.asked()
        sign = self.next("=", "!=", "<", "<=", ">", ">=")
        kind, raw = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind == "text" and raw[1:-1] == "":
            self.next()
            said = _("“{question}” is answered") if sign == "!=" else _("“{question}” is not answered")
            return said.format(question=self.label(question))
        value = self.value(question)
        said = {
            "=": _("“{question}” is “{value}”"),
            "!=": _("“{question}” is not “{value}”"),
            "<": _("“{question}” is less than {value}"),
            "<=": _("“{question}” is at most {value}"),
            ">": _("“{question}” is more than {value}"),
            ">=": _("“{question}” is at least {value}"),
        }[sign]
        return said.format(question=self.label(question), value=value)

    def asked(self) -> Question:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind != "path":
            raise _CannotSay
        self.at += 1
        return self.question(text)

    def value(self, question: Question) -> str:
        """The label of a choice where the value is one; otherwise the value itself."""
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind not in ("text", "number"):
            raise _CannotSay
        self.at += 1
        plain = text[1:-1] if kind == "text" else text
        choice = next((choice for choice in question.choices if choice.name == plain), None)
        return self.words(choice.labels, plain) if choice else plain

    def label(self, question: Question) -> str:
        return self.called(question)


def in_words(
    expression: str,
    *,
    at: str,
    questions: Mapping[str, Question],
    words: Callable[[Mapping[str, str], str], str],
    called: Callable[[Question], str] | None = None,
) -> str:
    """The condition as a clause, to follow "if". `at`: path of what it stands on; `words` picks a language;
    `called` says how to name a question, otherwise by its label."""
    name = called or (lambda question: words(question.labels, question.name))

    def question(path: str) -> Question:
        found = questions.get(_full(path, at))
        if found is None or not found.control:
            raise _CannotSay
        return found

    try:
        reader = _Reader(_tokens(expression), question, words, name)
        said = reader.either()
        if reader.at != len(reader.tokens):
            raise _CannotSay
        return said
    except _CannotSay:
        asked = [f"“{name(one)}”" for one in _deciding(expression, at, questions, set())]
        if asked and len(asked) <= MOST_NAMED:
            return _("what was answered to {questions} asks for it").format(questions=_(" and ").join(asked))
        return " ".join(PATH.sub(lambda path: path[0].rpartition("/")[2], expression).split())


def _deciding(expression: str, at: str, questions: Mapping[str, Question], seen: set[str]) -> Iterator[Question]:
    """The questions whose answers an expression rests on, also by way of what is calculated."""
    for path in PATH.findall(expression):
        full = _full(path, at)
        if full in questions and full not in seen:
            seen.add(full)
            if questions[full].is_asked:
                yield questions[full]
            else:
                yield from _deciding(questions[full].calculate, full, questions, seen)


def _full(path: str, at: str) -> str:
    return posixpath.normpath(posixpath.join(at, path)) if path.startswith(".") else path


def _tokens(expression: str) -> list[Pair]:
    found: list[Pair] = []
    position = 0
    while position < len(expression.rstrip()):
        match = TOKEN.match(expression, position)
        if not match or not match.lastgroup:
            raise _CannotSay
        found.append((match.lastgroup, match[match.lastgroup]))
        position = match.end()
    return found
