"""Can everybody read it? Missing translations, and texts too long for a phone."""

from __future__ import annotations

from collections.abc import Iterator

from mlezi.formats import wordings
from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import Question, XForm

LONGEST_LABEL = 250  # letters; about half of a small phone's screen
LONGEST_CHOICE = 90  # letters; three lines on a small phone
MOST_CHOICES = 25  # shown all at once; more need a list to search in


def check(form: XForm) -> Iterator[Trouble]:
    yield from _missing(form)
    yield from _not_supplied(form)
    for question in form.asked():
        yield from _too_long(question)


def _missing(form: XForm) -> Iterator[Trouble]:
    for language in form.languages:
        lacking = list(_lacking(form, language))
        if lacking:
            yield Trouble(
                "check.translation",
                say("Texts missing in {language} ({count}): {names}."),
                say("Fill in the columns ::{language} in these rows; until then people read a hyphen there."),
                facts={
                    "count": len(lacking),
                    "language": language,
                    "names": ", ".join(lacking[:6]) + (" …" if len(lacking) > 6 else ""),
                },
            )


def _not_supplied(form: XForm) -> Iterator[Trouble]:
    """Slots for wording that is not ours to ship and that the site has not filled in."""
    open_slots = [part.name for part in form.parts() if any(wordings.is_slot(text) for text in part.labels.values())]
    if open_slots:
        yield Trouble(
            "check.wording",
            say("The wording of {count} questions must be supplied by the site: {names}."),
            say(
                "Their words may not be shipped. Put them in wordings/{form}.csv beside the blueprint (columns name "
                "and the form's label columns), or write them into the form."
            ),
            facts={
                "count": len(open_slots),
                "names": ", ".join(open_slots[:8]) + (" …" if len(open_slots) > 8 else ""),
                "form": form.form_id,
            },
            blocks=True,
        )


def _lacking(form: XForm, language: str) -> Iterator[str]:
    """Names of parts and choices that have words in another language but not in this one."""
    seen: set[tuple[str, str]] = set()
    for part in form.parts():
        texts = [part.labels]
        if isinstance(part, Question):
            texts += [part.hints, part.constraint_messages]
            for choice in part.choices:
                key = (choice.name, str(choice.labels))
                if choice.labels and language not in choice.labels and key not in seen:
                    seen.add(key)
                    yield f"{part.name} = {choice.name}"
        if any(text and language not in text for text in texts):
            yield part.name


def _too_long(question: Question) -> Iterator[Trouble]:
    longest = max(question.labels.values(), key=len, default="")
    if len(longest) > LONGEST_LABEL:
        yield _remark(
            question,
            "long_label",
            say("The question {name} is {length} letters long and fills a phone's screen."),
            say("Shorten it, and move explanations to the hint."),
            length=len(longest),
        )
    for choice in question.choices:
        longest = max(choice.labels.values(), key=len, default="")
        if len(longest) > LONGEST_CHOICE:
            yield _remark(
                question,
                "long_choice",
                say("The choice {choice} of {name} is {length} letters long."),
                say("Shorten it to a few words; put the explanation in the question's hint."),
                choice=choice.name,
                length=len(longest),
            )
    if len(question.choices) > MOST_CHOICES and not {"minimal", "autocomplete"} & set(question.appearance.split()):
        yield _remark(
            question,
            "many_choices",
            say("{name} shows {count} choices one below the other."),
            say("Write minimal autocomplete under appearance, so that people can search."),
            count=len(question.choices),
        )


def _remark(question: Question, code: str, reason: str, remedy: str, **facts: object) -> Trouble:
    facts = {"path": question.path, "name": question.name, **facts}
    return Trouble(f"check.{code}", reason, remedy, facts=facts)
