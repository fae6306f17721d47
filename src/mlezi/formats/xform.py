"""A form as a person sees it: groups, repeats and questions, in order, in every language.

Nothing here runs the form: no expression is evaluated. Labels keep a value of another question as
`{/path/of/it}`. Read with `xform_reading.read`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

NAMESPACE = "https://mlezi.org/xforms"  # of the attribute that says what a question means
Texts = dict[str, str]  # language → text; a form of one language has the language ""


@dataclass(frozen=True)
class Choice:
    name: str
    labels: Texts


@dataclass(frozen=True)
class Question:
    """`kind` is the type of the answer: select1, select, int, decimal, date, string, binary, trigger …

    `control` is empty for what nobody is asked: calculations and what the device knows of itself.
    """

    path: str
    kind: str
    control: str = ""
    labels: Texts = field(default_factory=dict)
    hints: Texts = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    choices_file: str = ""  # the list comes with the form: facilities.csv
    choices_filter: str = ""
    choices_columns: tuple[str, ...] = ()  # what the form's own list says of its choices besides their labels
    meaning: str = ""  # `mlezi:as`
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Texts = field(default_factory=dict)
    required: str = ""
    calculate: str = ""
    preload: str = ""
    read_only: bool = False
    appearance: str = ""
    media: str = ""  # image, audio, video, application
    limits: tuple[str, str, str] = ("", "", "")  # of a range: start, end, step

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]

    @property
    def is_asked(self) -> bool:
        return bool(self.control) and not (self.read_only and self.control == "input")

    @property
    def is_required(self) -> bool:
        return bool(self.required) and self.required != "false()"


@dataclass(frozen=True)
class Group:
    path: str
    labels: Texts = field(default_factory=dict)
    repeats: bool = False
    count: str = ""
    relevant: str = ""
    appearance: str = ""
    children: tuple[Group | Question, ...] = ()

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class XForm:
    form_id: str
    version: str
    title: str
    root: str  # the path of the primary instance's root, as in /data
    languages: tuple[str, ...]
    default_language: str
    children: tuple[Group | Question, ...]
    hidden: tuple[Question, ...]  # calculated, or known by the device; never asked
    files: tuple[str, ...]  # lists the form needs beside itself

    def asked(self) -> Iterator[Question]:
        """Every question that stands in the form, in order."""
        for part in self.parts():
            if isinstance(part, Question):
                yield part

    def parts(self) -> Iterator[Group | Question]:
        yield from _within(self.children)

    def questions(self) -> Iterator[Question]:
        yield from self.asked()
        yield from self.hidden

    def repeats(self) -> list[str]:
        return [part.path for part in self.parts() if isinstance(part, Group) and part.repeats]


def _within(children: tuple[Group | Question, ...]) -> Iterator[Group | Question]:
    for child in children:
        yield child
        if isinstance(child, Group):
            yield from _within(child.children)
