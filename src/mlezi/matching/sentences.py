"""The engine's reasons in the reader's language. The engine knows no Django; its English texts are the keys here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as noop

TEXTS = (
    noop("Strong where help is needed: {named} ({share} % of the need covered)."),
    noop("Little of what is needed is this mentor's field ({share} % of the need covered)."),
    noop("No needs are recorded, so every mentor counts the same here."),
    noop("About {hours} h {minutes} min from one site to the other."),
    noop("About {minutes} min from one site to the other."),
    noop("They work at the same site."),
    noop("A site is not recorded; counted as half."),
    noop("No way between their sites is known; meet from afar."),
    noop("Both speak {name}, the language they like best."),
    noop("They can work together in {name}."),
    noop("Languages are not recorded; counted as half."),
    noop("They share no language on record."),
    noop("Free at the same time in {both} slots a week ({wanted} wished)."),
    noop("Free times are not recorded on both sides; ask before planning."),
    noop("Topics in common: {named} ({both} of {wanted})."),
    noop("No topics are recorded, so every mentor counts the same here."),
    noop("{step} career levels apart ({ideal} is thought best)."),
    noop("A career level is not recorded; counted as half."),
    noop("Track record {share} of 100."),
    noop("No track record is on file; counted as half."),
    noop("One named the other as wish number {rank}."),
    noop("Neither named the other."),
    noop("With {other} the score would be {score} instead of {own}, but the round's other aims weigh more."),
    noop(
        "With {other} the score would be {score} instead of {own}; but {other} is full, and giving that place up "
        "would cost the others {price}, more than the {lost} gained."
    ),
    noop(
        "With {other} the score would be {score} instead of {own}; but {other} is full, and giving that place "
        "up would cost the others as much as is gained ({lost})."
    ),
    noop("No mentor was asked for."),
    noop("{n} of {all} mentors are ruled out: {rule}."),
    noop("No mentor with a place is left whom the rules allow."),
    noop("All {n} possible mentors are full of people who need them as much or more; nearest was {mentor}."),
    noop("A place is left with {mentor}, but the pair would not add anything to the round."),
    noop("The mentors who could be asked would rather have those whom they got."),
    noop("Too few people came together for a group that would fit."),
    noop("This mentor is their line manager."),
    noop("They are the same person."),
    noop("They were a pair before, and it has ended."),
    noop("Somebody decided to keep them apart."),
    noop("This mentor said no, or nothing, to this mentee before."),
    noop("The way takes {minutes} minutes; the limit is {most}."),
    noop("No way between their sites is known."),
    noop("They are free together in {both} slots a week; {least} are needed."),
    noop("In this programme a mentor from {theirs} does not mentor {mine}."),
)
RULES = {
    "same person": noop("they are the same person"),
    "line manager": noop("line manager"),
    "earlier pair": noop("an earlier pair"),
    "radius": noop("too far"),
    "common language": noop("no common language"),
    "common time": noop("no common time"),
    "cadre": noop("profession"),
    "apart": noop("kept apart by hand"),
    "declined": noop("declined before"),
}
LANGUAGES = {"sw": noop("Swahili"), "en": noop("English"), "fr": noop("French"), "pt": noop("Portuguese")}


def sentence(reason: Mapping[str, Any], titles: Mapping[str, str] | None = None) -> str:
    """One reason as a sentence. `titles`: words for the codes of domains."""
    facts = dict(reason["facts"])
    if "rule" in facts:
        facts["rule"] = gettext(RULES.get(str(facts["rule"]), str(facts["rule"])))
    if "name" in facts:
        facts["name"] = gettext(LANGUAGES.get(str(facts["name"]), str(facts["name"])))
    if "named" in facts and titles:
        facts["named"] = ", ".join(titles.get(code, code) for code in str(facts["named"]).split(", "))
    return gettext(reason["text"]).format(**facts)


def in_favour(reasons: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What speaks for a pair, the weightiest first: what is known and gives points."""
    return [one for one in reasons if one["points"] and not one["code"].endswith((".unknown", ".none", ".no_wish"))]


def told(reasons: Sequence[Mapping[str, Any]], titles: Mapping[str, str] | None = None, *, most: int = 3) -> str:
    """Why a pair is a good one, in a few sentences that a mentor understands."""
    return " ".join(sentence(one, titles) for one in in_favour(reasons)[:most])


def instead(reasons: Sequence[Mapping[str, Any]], titles: Mapping[str, str] | None = None) -> str:
    """Why not the mentor who looks best, where there is one."""
    return " ".join(sentence(one, titles) for one in reasons if str(one["code"]).startswith("instead."))
