"""One item of a checklist as rows of a form: the question, its points, on what it was seen, why it failed."""

from __future__ import annotations

from fractions import Fraction

from mlezi.formats.checklist import Item, sentences
from mlezi.formats.checklist.book import Book
from mlezi.formats.checklist.sentences import within


def ask(book: Book, item: Item, required: str) -> None:
    say, labels = book.languages, item.labels
    if item.must_pass:
        labels = {lang: f"{text} ({within([lang], sentences.MUST)[lang]})" for lang, text in labels.items()}
    answered = _answer(book, item, labels, required)
    if is_scored(item):
        met = "" if item.kind == "yes_no" else f"item:{item.code}"  # a count of 1 is not "met": its points are
        book.ask("calculate", f"{item.code}_p", calculation=_points(item, answered), means=met)
    if item.is_observed:
        book.ask(
            "select_one basis",
            f"{item.code}_basis",
            within(say, sentences.BASIS),
            required="yes",
            relevant=f"{answered} != ''" + (f" and {answered} != 'na'" if _has_na(item) else ""),
            appearance="minimal",
            means=f"item.basis:{item.code}",
        )
    if is_scored(item):
        book.ask(
            "select_one because",
            f"{item.code}_because",
            within(say, sentences.BECAUSE),
            required="yes",
            relevant=_short(item),
            appearance="minimal",
            means=f"item.because:{item.code}",
        )


def _answer(book: Book, item: Item, labels: dict[str, str], required: str) -> str:
    """Ask the item itself; gives back what stands for its answer in expressions."""
    say, means = book.languages, f"item:{item.code}" if item.kind == "yes_no" else ""
    if not means and not is_scored(item):
        means = f"answer:{item.code}"  # nobody says when it would be met
    if item.kind == "yes_no":
        kind = "select_one yes_no_na" if item.may_not_apply else "select_one yes_no"
        book.ask(kind, item.code, labels, required=required, appearance="horizontal", hint=item.hints, means=means)
        return f"${{{item.code}}}"
    if item.kind == "choose_one":
        book.ask(f"select_one {item.code}_list", item.code, labels, required=required, hint=item.hints, means=means)
        return f"${{{item.code}}}"
    if item.kind == "count":
        hint = {**within(say, sentences.EMPTY_NA), **item.hints} if item.may_not_apply else item.hints
        required = "" if item.may_not_apply else required
        book.ask("integer", item.code, labels, required=required, constraint=". >= 0", hint=hint, means=means)
        return f"${{{item.code}}}"
    alone = " and ".join(f"not(selected(., '{word}') and count-selected(.) > 1)" for word in exclusive(item))
    book.ask(
        f"select_multiple {item.code}_list",
        item.code,
        labels,
        required=required,
        constraint=alone,
        message=within(say, sentences.ALONE),
        hint=item.hints,
    )
    number = f"if(selected(${{{item.code}}}, 'none'), 0, count-selected(${{{item.code}}}))"
    book.ask(
        "calculate",
        f"{item.code}_n",
        calculation=f"if(${{{item.code}}} = '' or selected(${{{item.code}}}, 'na'), '', {number})",
        means=means,
    )
    return f"${{{item.code}_n}}"


def _short(item: Item) -> str:
    """When an item did not earn all its points: by its answer, which people can read on paper, where that is told."""
    answers = [option.code for option in item.options] or ["yes", "no"]
    short = {word for word, _ in item.rule.words if (item.rule.points(word) or 0) < 1}
    words = [word for word in answers if word in short and word != "na"]
    if item.kind in ("yes_no", "choose_one") and words:
        return " or ".join(f"${{{item.code}}} = '{word}'" for word in words)
    return f"{points_of(item)} != '' and {points_of(item)} < 1"


def _has_na(item: Item) -> bool:
    """Whether "does not apply" is one of the answers; a number is left empty instead."""
    return item.may_not_apply and item.kind in ("yes_no", "choose_one")


def _points(item: Item, answered: str) -> str:
    """Points by nested conditions; what the rule does not say earns no points and does not count."""
    expression = "''"
    for word, _ in reversed(item.rule.words):
        expression = f"if({answered} = '{word}', {_number(item.rule.points(word))}, {expression})"
    for band in reversed(item.rule.bands):
        within_band = f"{answered} >= {band.low}" + (f" and {answered} <= {band.high}" if band.high < 10**9 else "")
        expression = f"if({within_band}, {_number(item.rule.points(band.low))}, {expression})"
    return f"if({answered} = '' or {answered} = 'na', '', {expression})"


def _number(points: Fraction | None) -> str:
    return "''" if points is None else f"{float(points):.4g}"


def points_of(item: Item) -> str:
    return f"${{{item.code}_p}}"


def is_scored(item: Item) -> bool:
    return bool(item.rule.words or item.rule.bands)


def exclusive(item: Item) -> tuple[str, ...]:
    """Choices that stand alone: none of these, where several can be ticked; does not apply."""
    none = ("none",) if item.kind == "tick_all" else ()
    return (*none, "na") if item.may_not_apply else none
