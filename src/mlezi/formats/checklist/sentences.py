"""The words a form made from a checklist adds to it, in English and Swahili."""

from __future__ import annotations

import re
from collections.abc import Sequence

Sentences = dict[str, str]  # language code → words

ABOUT: Sentences = {"en": "About this checklist", "sw": "Kuhusu orodha hii"}
OF: Sentences = {"en": "Which visit does this belong to?", "sw": "Hii ni ya ziara gani?"}
OF_HINT: Sentences = {"en": "Leave empty if there was none.", "sw": "Acha wazi kama hakuna."}
PLACE: Sentences = {"en": "Which facility?", "sw": "Kituo gani?"}
DAY: Sentences = {"en": "On which day?", "sw": "Siku gani?"}
DAY_WRONG: Sentences = {"en": "The day cannot be in the future.", "sw": "Siku haiwezi kuwa ya mbele."}
APPLIES: Sentences = {"en": "Does this section apply here?", "sw": "Je, sehemu hii inahusika hapa?"}
BASIS: Sentences = {"en": "What did you see it on?", "sw": "Uliona kupitia nini?"}
BECAUSE: Sentences = {"en": "What stands in the way?", "sw": "Kikwazo ni nini?"}
EMPTY_NA: Sentences = {"en": "Leave empty if it does not apply.", "sw": "Acha wazi kama haihusiki."}
ALONE: Sentences = {
    "en": "Choose this alone, or the others without it.",
    "sw": "Chagua hili peke yake, au mengine bila hili.",
}
RESULT: Sentences = {"en": "Result", "sw": "Matokeo"}
TOTAL: Sentences = {"en": "Whole checklist", "sw": "Orodha yote"}
MUST: Sentences = {"en": "must be met", "sw": "lazima itimizwe"}
MUST_FAILED: Sentences = {
    "en": "Items that must be met and were not: ",
    "sw": "Vipengele vya lazima ambavyo havikutimizwa: ",
}
YES: Sentences = {"en": "Yes", "sw": "Ndiyo"}
NO: Sentences = {"en": "No", "sw": "Hapana"}
NA: Sentences = {"en": "Does not apply", "sw": "Haihusiki"}
NONE: Sentences = {"en": "None of these", "sw": "Hakuna hata kimoja"}
CHOICES: dict[str, dict[str, Sentences]] = {
    "yes_no": {"yes": YES, "no": NO},
    "yes_no_na": {"yes": YES, "no": NO, "na": NA},
    "basis": {
        "patient": {"en": "A real patient", "sw": "Mgonjwa halisi"},
        "simulation": {"en": "A simulation", "sw": "Igizo"},
        "record": {"en": "A record", "sw": "Kumbukumbu"},
        "report": {"en": "What was told", "sw": "Maelezo aliyotoa"},
    },
    "because": {
        "skill": {"en": "Skill or knowledge", "sw": "Ujuzi au maarifa"},
        "equipment": {"en": "Equipment or supplies", "sw": "Vifaa au mahitaji"},
        "staff": {"en": "Staff", "sw": "Watumishi"},
        "policy": {"en": "Policy or management", "sw": "Sera au uongozi"},
    },
}


def within(languages: Sequence[str], words: Sentences, *, before: str = "", after: str = "") -> dict[str, str]:
    """The words in each of a form's languages; English where we have no other."""
    return {language: f"{before}{words.get(code(language), words['en'])}{after}" for language in languages}


def code(language: str) -> str:
    """Kiswahili (sw) → sw; a form of one language that does not say is taken for English."""
    found = re.search(r"\((\w+)\)", language)
    return found[1].lower() if found else language.strip().lower()[:2] or "en"
