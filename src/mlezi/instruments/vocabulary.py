"""What a question may mean: the values of `bind::mlezi:as` in a form.

A form of any programme feeds the same records by saying what its questions mean. A term may take an
argument after a colon, as in `rating:resuscitation.bag-mask`. Checked when a form is published;
`docs/reference/vocabulary.md` is made from this table.

Terms about one participant, action or practice belong together when they stand in the same group or
repeat; a term finds its partner in the nearest enclosing group, else in the same row of the repeat (or the
form outside of repeats), so that pages may be laid out freely.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """`about` names the record it feeds; `kinds` the XForm types it accepts; `argument` what follows the colon."""

    name: str
    about: str
    meaning: str
    kinds: tuple[str, ...] = ("string",)
    argument: str = ""


UID = ("string", "select1")  # made on the device, or chosen from a list that came with the form
CHOICE = ("string", "select1")
CHOICES = ("string", "select")
NUMBER = ("int", "decimal", "string", "select1")
DAY = ("date", "dateTime", "string")

TERMS: dict[str, Term] = {
    term.name: term
    for term in (
        # --- the encounter ---
        Term("encounter", "encounter", "The encounter's uid, made on the device or taken from the plan.", UID),
        Term(
            "encounter.planned",
            "encounter",
            "The uid of the planned encounter this is; becomes the encounter's uid.",
            UID,
        ),
        Term("encounter.type", "encounter", "The code of its type, when the form serves several.", CHOICE),
        Term("encounter.held", "encounter", "Whether it took place: yes or no.", CHOICE),
        Term("encounter.cancelled_because", "encounter", "Why it did not take place.", CHOICE),
        Term("encounter.date", "encounter", "The local day it was held.", DAY),
        Term("encounter.start", "encounter", "When it began.", ("dateTime", "time", "string")),
        Term("encounter.end", "encounter", "When it ended.", ("dateTime", "time", "string")),
        Term("encounter.minutes", "encounter", "How long it took, in minutes.", NUMBER),
        Term("encounter.place", "encounter", "The uid or code of the place.", CHOICE),
        Term("encounter.position", "encounter", "Where the phone was.", ("geopoint",)),
        Term("encounter.lead", "encounter", "Who led it, by uid; otherwise the sender.", CHOICE),
        Term(
            "encounter.topics",
            "encounter",
            "The topics covered, by the codes of the framework's domains.",
            CHOICES,
        ),
        Term("encounter.next_date", "encounter", "The day agreed for the next one.", DAY),
        Term("encounter.note", "encounter", "What was said and seen; coaching content."),
        # --- who took part ---
        Term("participants", "participant", "Everybody who took part, by uid, in one question.", CHOICES),
        Term("participant", "participant", "One person who took part, by uid.", CHOICE),
        Term("participant.present", "participant", "Whether that person was there: yes or no.", CHOICE),
        Term("participant.minutes", "participant", "How long that person took part, in minutes.", NUMBER),
        Term("participant.note", "participant", "A note about that person; coaching content."),
        # --- somebody met for the first time ---
        Term("person.new", "person", "The uid made on the device for a person created here.", UID),
        Term("person.name", "person", "That person's name."),
        Term("person.cadre", "person", "That person's cadre.", CHOICE),
        Term("person.phone", "person", "That person's telephone number."),
        Term(
            "person.place",
            "person",
            "Where that person works, by uid or code; otherwise the encounter's place.",
            CHOICE,
        ),
        # --- ratings ---
        Term("rating.person", "rating", "Whose ratings these are, by uid; otherwise the participant.", CHOICE),
        Term("rating.rater", "rating", "Who rated, by uid; otherwise the encounter's lead.", CHOICE),
        Term("rating", "rating", "The level reached.", NUMBER, "competency"),
        Term(
            "rating.basis",
            "rating",
            "What it was seen on: patient, simulation, record, report.",
            CHOICE,
            "competency",
        ),
        Term(
            "rating.because",
            "rating",
            "Why it was not reached: skill, equipment, staff, policy.",
            CHOICE,
            "competency",
        ),
        # --- checklists ---
        Term(
            "item",
            "item",
            "Whether a checklist item was met: yes, no, na, or a number.",
            (*NUMBER, "select"),
            "item",
        ),
        Term("item.basis", "item", "What it was seen on: patient, simulation, record, report.", CHOICE, "item"),
        Term("item.because", "item", "Why it was not met: skill, equipment, staff, policy.", CHOICE, "item"),
        Term(
            "score",
            "score",
            "A score the form calculated, from 0 to 100 unless the form says.",
            NUMBER,
            "name",
        ),
        # --- needs ---
        Term("needs.clinical", "need", "Clinical equipment the site lacks.", CHOICES),
        Term("needs.learning", "need", "Equipment for learning and practice the site lacks.", CHOICES),
        Term("needs.staff", "need", "Staff the site lacks.", CHOICES),
        Term("needs.supplies", "need", "Supplies the site lacks.", CHOICES),
        Term("has.clinical", "need", "Whether the site has this clinical item: yes or no.", CHOICE, "item"),
        Term("has.learning", "need", "Whether the site has this item for learning: yes or no.", CHOICE, "item"),
        Term("has.staff", "need", "Whether the site has this kind of staff: yes or no.", CHOICE, "item"),
        Term("has.supplies", "need", "Whether the site has this supply: yes or no.", CHOICE, "item"),
        Term("need.detail", "need", "More about what is lacking."),
        # --- practice ---
        Term("practice.person", "practice", "Who practised, by uid; otherwise the sender.", CHOICE),
        Term("practice.date", "practice", "The day of practice.", DAY),
        Term("practice.topic", "practice", "What was practised, by topic code.", CHOICE),
        Term("practice.equipment", "practice", "With which practice equipment.", CHOICE),
        Term("practice.minutes", "practice", "For how many minutes.", NUMBER),
        Term("practice.times", "practice", "How many times.", NUMBER),
        Term("practice.place", "practice", "Where, by uid or code of the place.", CHOICE),
        # --- actions ---
        Term("action", "action", "What was agreed."),
        Term("action.owner", "action", "Who will do it: a uid, or words.", CHOICE),
        Term("action.due", "action", "By which day.", DAY),
        Term("action.topic", "action", "The topic it belongs to.", CHOICE),
        Term("actions.done", "action", "Earlier agreed actions found done, by id.", CHOICES),
        # --- questionnaires ---
        Term("respondent", "response", "Who answers, by uid; otherwise the sender.", CHOICE),
        Term("wave", "response", "Which time point: baseline, midterm, endline …", CHOICE),
        Term(
            "answer",
            "response",
            "An answer kept for analysis under this name.",
            (*NUMBER, "select", "date"),
            "name",
        ),
        Term(
            "respondent.code",
            "response",
            "A code the person makes up from things only they know; joins their answers over time, and nobody's name.",
        ),
        Term("respondent.cadre", "response", "The cadre of whoever answers, where nobody is named.", CHOICE),
        # --- outcomes of people ---
        Term("outcome", "outcome", "A figure of one person, as steps or hours.", NUMBER, "kind"),
        Term("outcome.person", "outcome", "Whose outcome it is, by uid; otherwise the respondent or sender.", CHOICE),
        Term("outcome.date", "outcome", "The day the figure is of.", DAY),
        Term("outcome.due", "outcome", "The day by which a milestone should be reached.", DAY),
        Term("outcome.unit", "outcome", "What the figure counts, as minutes.", CHOICE),
        Term("outcome.label", "outcome", "What it is called: a title, or a DOI."),
        Term("milestone", "outcome", "The day this milestone was reached.", DAY, "milestone"),
        Term("employment.from", "outcome", "The first day of a time in employment.", DAY),
        Term("employment.to", "outcome", "Its last day; empty while it lasts.", DAY),
        Term("employment.reason", "outcome", "Why it ended.", CHOICE),
        Term("employment.place", "outcome", "Where, by uid or code of the place.", CHOICE),
        # --- the record itself ---
        Term(
            "key",
            "record",
            "A key for this row of a repeat, made once on the device, so that edits keep its identity.",
            UID,
        ),
    )
}


def read(value: str) -> tuple[str, str]:
    """Split "rating:code" into its term and argument. The term may be unknown; see `TERMS`."""
    name, _, argument = value.strip().partition(":")
    return name, argument


NOTES = frozenset({"encounter.note", "participant.note"})
NAMES_SOMEBODY = frozenset(
    {"participant", "participants", "person.new", "rating.person", "respondent", "outcome.person"}
)


def terms_of(meanings: dict[str, Any]) -> frozenset[str]:
    """Every term that a form's questions carry, from `FormVersion.meanings`."""
    return frozenset(read(one.get("as", ""))[0] for one in meanings.get("questions", {}).values())


def is_of_the_pair(term: str, among: frozenset[str]) -> bool:
    """Whether an answer stays with a person and their mentor: words of coaching, ratings, somebody's answers.

    A checklist is about a person as soon as its form (`among`: all terms of it) names anybody; else about the site.
    """
    if term in NOTES or term.startswith(("rating", "answer", "respondent", "outcome", "milestone", "employment")):
        return True
    return term.startswith(("item", "score")) and bool(among & NAMES_SOMEBODY)
