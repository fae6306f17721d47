"""Words for what stands in the tables of the room."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

KINDS = {
    "interview": _("interview"),
    "focus_group": _("focus group"),
    "answers": _("open answers"),
    "note": _("note of an encounter"),
    "need": _("need"),
    "document": _("document"),
}
VALENCES = {"helps": _("helps"), "hinders": _("hinders"), "both": _("both"), "neither": _("neither"), "": _("not said")}
CONSENTS = {"given": _("agreed"), "unknown": _("not known"), "withdrawn": _("taken back")}
BASES = {"participants": _("participants"), "documents": _("texts"), "mentions": _("mentions")}
UNITS = {
    "turn": _("turns of a speaker"),
    "answer": _("answers"),
    "paragraph": _("paragraphs"),
    "participant": _("participants"),
}
CARRIED = {"same": _("unchanged"), "changed": _("words changed"), "lost": _("words gone")}
TRACES = {
    "name": _("a name"),
    "phone": _("a telephone number"),
    "number": _("a long number"),
    "register": _("a number of a register"),
    "person": _("somebody of the programme"),
    "by_hand": _("marked by hand"),
}
