"""Makes an XLSForm of a checklist: asks each item, on what it was seen, why it failed, and scores on the phone.

Points of an item are a share of the most its rule gives (0 to 1). A section's score is the mean over its
items that were answered and apply, times 100; the whole score is the mean over all such items. An item
that does not apply counts in neither part of the fraction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from mlezi.formats.checklist import Checklist, Section, asking, sentences
from mlezi.formats.checklist.book import Book
from mlezi.formats.checklist.sentences import within


def compose(checklist: Checklist, *, form_id: str = "", version: str = "") -> Book:
    """The form's tables. Without a version, the content gives it: the same checklist, the same version."""
    book = Book(checklist.languages)
    _about(book)
    for section in checklist.sections:
        _section(book, section)
    _result(book, checklist)
    _choices(book, checklist)
    settings = {
        "form_id": form_id or f"checklist_{checklist.code}",
        "form_title": checklist.title,
        "version": version or hashlib.sha256(book.markdown()).hexdigest()[:10],
        "default_language": checklist.languages[0],
        "style": "pages",
        "instance_name": f"concat('{checklist.title.replace(chr(39), '')} ', ${{held_on}})",
    }
    book.sheets["settings"].append(settings)
    return book


def _about(book: Book) -> None:
    for kind in ("start", "end", "deviceid", "username"):
        book.ask(kind, kind)
    say = book.languages
    book.ask("begin_group", "about", within(say, sentences.ABOUT), appearance="field-list")
    book.ask(
        "select_one_from_file my_encounters.csv",
        "of",
        within(say, sentences.OF),
        hint=within(say, sentences.OF_HINT),
        appearance="minimal autocomplete",
    )
    book.ask("calculate", "own", calculation="once(uuid())")
    book.ask("calculate", "encounter", calculation="if(${of} != '', ${of}, ${own})", means="encounter")
    book.ask(
        "select_one_from_file facilities.csv",
        "place",
        within(say, sentences.PLACE),
        required="yes",
        appearance="minimal autocomplete",
        means="encounter.place",
    )
    book.ask(
        "date",
        "held_on",
        within(say, sentences.DAY),
        required="yes",
        default="today()",
        constraint=". <= today()",
        message=within(say, sentences.DAY_WRONG),
        means="encounter.date",
    )
    book.end("group")


def _section(book: Book, section: Section) -> None:
    say, gate = book.languages, f"{section.code}_applies"
    if section.may_not_apply:
        book.ask(
            "select_one yes_no",
            gate,
            {
                language: f"{section.labels.get(language) or _any(section.labels)}: {text}"
                for language, text in within(say, sentences.APPLIES).items()
            },
            required="yes",
        )
    relevant = f"${{{gate}}} = 'yes'" if section.may_not_apply else ""
    book.ask("begin_group", section.code, section.labels, appearance="field-list", relevant=relevant)
    if section.hints:
        book.ask("note", f"{section.code}_note", section.hints)
    for item in section.items:
        asking.ask(book, item, "yes" if section.is_required else "")
    book.end("group")
    scored = [item for item in section.items if asking.is_scored(item)]
    book.ask(
        "calculate",
        f"{section.code}_points",
        calculation=_sum(f"if({asking.points_of(i)} = '', 0, {asking.points_of(i)})" for i in scored),
    )
    book.ask(
        "calculate",
        f"{section.code}_possible",
        calculation=_sum(f"if({asking.points_of(i)} = '', 0, 1)" for i in scored),
    )
    _score(book, section.code)


def _sum(parts: Iterable[str]) -> str:
    return " + ".join(parts) or "0"


def _score(book: Book, code: str) -> None:
    possible, points = f"${{{code}_possible}}", f"${{{code}_points}}"
    book.ask(
        "calculate",
        f"{code}_score",
        calculation=f"if({possible} = 0, '', round(100 * {points} div {possible}, 1))",
        means=f"score:{code}",
    )
    book.ask(
        "calculate", f"{code}_shown", calculation=f"if(${{{code}_score}} = '', '–', concat(${{{code}_score}}, ' %'))"
    )


def _result(book: Book, checklist: Checklist) -> None:
    say, whole = book.languages, f"{checklist.code}_all"
    for part in ("points", "possible"):
        total = _sum(f"${{{section.code}_{part}}}" for section in checklist.sections)
        book.ask("calculate", f"{whole}_{part}", calculation=total)
    _score(book, whole)
    must = [item for item in checklist.items if item.must_pass and asking.is_scored(item)]
    if must:
        failed = _sum(f"if({asking.points_of(item)} != '' and {asking.points_of(item)} < 1, 1, 0)" for item in must)
        book.ask("calculate", "must_failed", calculation=failed)
        book.ask(
            "calculate",
            "must_met",
            calculation="if(${must_failed} > 0, 'no', 'yes')",
            means=f"answer:{checklist.code}_must_met",
        )
    book.ask("begin_group", "result", within(say, sentences.RESULT), appearance="field-list")
    book.ask("note", "result_all", within(say, sentences.TOTAL, after=f": ${{{whole}_shown}}"))
    if must:
        label = within(say, sentences.MUST_FAILED, after="${must_failed}")
        book.ask("note", "result_must", label, relevant="${must_failed} > 0")
    for section in checklist.sections:
        shown = {language: f"{text}: ${{{section.code}_shown}}" for language, text in section.labels.items()}
        book.ask("note", f"result_{section.code}", shown)
    book.end("group")


def _choices(book: Book, checklist: Checklist) -> None:
    for list_name, choices in sentences.CHOICES.items():
        for name, words in choices.items():
            book.choice(list_name, name, within(book.languages, words))
    for item in checklist.items:
        for option in item.options:
            book.choice(f"{item.code}_list", option.code, option.labels)
        if item.options:
            for word in asking.exclusive(item):
                if word not in {option.code for option in item.options}:  # the checklist's own words come first
                    words = sentences.NONE if word == "none" else sentences.NA
                    book.choice(f"{item.code}_list", word, within(book.languages, words))


def _any(texts: dict[str, str]) -> str:
    return next(iter(texts.values()), "")
