"""Does every question say what it means, rightly spelled, and does the form feed what it should?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches

from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import Group, Question, XForm
from mlezi.instruments.vocabulary import TERMS, Term, read

COLUMN = "bind::mlezi:as"
NAME = re.compile(r"[A-Za-z_][\w.-]*")
FEEDS_AN_ENCOUNTER = ("encounter", "participant", "rating", "item", "need", "action")
ONCE = {"encounter", "encounter.planned", "encounter.date", "encounter.place", "encounter.lead", "encounter.held"}


def check(form: XForm, known: Mapping[str, Collection[str]]) -> Iterator[Trouble]:
    for question in form.questions():
        if question.meaning:
            yield from _term(question, known)
    yield from _twice(form)
    yield from _unlinked(form)
    yield from _unused(form)


def _term(question: Question, known: Mapping[str, Collection[str]]) -> Iterator[Trouble]:
    name, argument = read(question.meaning)
    term = TERMS.get(name)
    if term is None:
        yield _unknown(question, name)
    elif not _fits(question, term):
        yield _wrong_kind(question, term)
    elif term.argument and not argument:
        yield _no_argument(question, term)
    elif argument and not term.argument:
        yield _needless_argument(question, term, argument)
    elif term.argument in known and argument not in known[term.argument]:
        yield _unknown_argument(question, term, argument, known[term.argument])


def _fits(question: Question, term: Term) -> bool:
    """A calculation writes text whatever it computes, so it suits every term that takes text or a number."""
    if not question.control:
        return bool({question.kind, "string", "int", "decimal"} & set(term.kinds))
    return question.kind in term.kinds


def _unknown(question: Question, name: str) -> Trouble:
    near = get_close_matches(name, TERMS, n=1, cutoff=0.5)
    remedy = say("Did you mean {near}? Otherwise choose one from the vocabulary.")
    if not near:
        remedy = say("Choose one from the vocabulary, or leave the cell empty.")
    return _about(
        question,
        "unknown_term",
        say("{term} is not a meaning that Mlezi knows."),
        remedy,
        blocks=True,
        term=name,
        near="".join(near),
    )


def _wrong_kind(question: Question, term: Term) -> Trouble:
    return _about(
        question,
        "wrong_kind",
        say("{name} is of the type {kind}, but {term} needs one of: {kinds}."),
        say("Change the type of the question, or its meaning."),
        blocks=True,
        kind=question.kind,
        term=term.name,
        kinds=", ".join(term.kinds),
    )


def _no_argument(question: Question, term: Term) -> Trouble:
    return _about(
        question,
        "no_argument",
        say("{term} does not say which {argument} is meant."),
        say("Write it behind a colon, as in {term}:code."),
        blocks=True,
        term=term.name,
        argument=term.argument,
    )


def _needless_argument(question: Question, term: Term, argument: str) -> Trouble:
    return _about(
        question,
        "needless_argument",
        say("{term} takes nothing behind a colon, but {argument} stands there."),
        say("Write {term} alone."),
        blocks=True,
        term=term.name,
        argument=argument,
    )


def _unknown_argument(question: Question, term: Term, argument: str, known: Collection[str]) -> Trouble:
    near = get_close_matches(argument, known, n=1, cutoff=0.4)
    return _about(
        question,
        "unknown_argument",
        say("There is no {kind} with the code {argument}."),
        say("Did you mean {near}?") if near else say("Use a code of the programme's blueprint, or add it there."),
        blocks=True,
        kind=term.argument,
        argument=argument,
        near="".join(near),
    )


def _twice(form: XForm) -> Iterator[Trouble]:
    """Terms of which an encounter has one: two questions would speak against each other."""
    counts = Counter(q.meaning for q in form.questions() if q.meaning in ONCE)
    for question in form.questions():
        if counts.get(question.meaning, 0) > 1:
            counts[question.meaning] = 0
            yield _about(
                question,
                "meaning_twice",
                say("More than one question means {term}; the last one that is answered would win."),
                say("Give the meaning to one of them, or to a calculation that chooses between them."),
                term=question.meaning,
            )


def _unlinked(form: XForm) -> Iterator[Trouble]:
    terms = [TERMS[name] for q in form.questions() if (name := read(q.meaning)[0]) in TERMS]
    names, about = {term.name for term in terms}, {term.about for term in terms}
    if not terms:
        yield Trouble(
            "check.no_meaning",
            say("No question says what it means, so the records of this form feed no page and no figure."),
            say("Write terms of the vocabulary in a column bind::mlezi:as. The records are kept in any case."),
        )
    elif about & set(FEEDS_AN_ENCOUNTER) and not names & {"encounter", "encounter.planned"}:
        yield Trouble(
            "check.no_encounter",
            say("This form tells of an encounter, but not of which: each record would become one of its own."),
            say("Let one question or calculation mean encounter, such as once(uuid()), or encounter.planned."),
        )
    elif "rating" in about and not names & {"participant", "participants", "rating.person"}:
        yield Trouble(
            "check.no_rated",
            say("This form rates, but does not say whom."),
            say("Let the question that asks for the person mean participant or rating.person."),
        )


def _unused(form: XForm) -> Iterator[Trouble]:
    """Questions whose answers reach no fact, not even through a calculation or a condition."""
    questions = {question.name: question for question in form.questions()}
    reached = {name for name, question in questions.items() if question.meaning}
    gates = " ".join(f"{part.relevant} {part.count}" for part in form.parts() if isinstance(part, Group))
    reached |= questions.keys() & set(NAME.findall(gates)) if reached else set()
    waiting = list(reached)
    while waiting:
        question = questions[waiting.pop()]
        for name in NAME.findall(f"{question.calculate} {question.relevant} {question.choices_filter}"):
            if name in questions and name not in reached:
                reached.add(name)
                waiting.append(name)
    unused = [
        q.name for q in form.asked() if q.is_asked and q.name not in reached and q.kind not in ("trigger", "binary")
    ]
    if unused and reached:
        yield Trouble(
            "check.unused",
            say("Answers that are kept but feed no record or figure ({count}): {names}."),
            say(
                "Say what they mean in the column bind::mlezi:as (answer:name keeps one for analysis), or leave it so."
            ),
            column=COLUMN,
            facts={"count": len(unused), "names": ", ".join(unused[:8]) + (" …" if len(unused) > 8 else "")},
        )


def _about(question: Question, code: str, reason: str, remedy: str, *, blocks: bool = False, **facts: str) -> Trouble:
    facts = {"path": question.path, "name": question.name, **facts}
    return Trouble(f"check.{code}", reason, remedy, column=COLUMN, facts=facts, blocks=blocks)
