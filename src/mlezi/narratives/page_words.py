"""What the script of the coding page says, in the reader's language."""

from __future__ import annotations

import json

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[str, str | Promise] = {
    "mark": _("Mark words in the text."),
    "mark_by_touch": _("Tap what somebody says, or hold a word and draw the mark out."),
    "coded": _("{code} set."),
    "coded_all": _("Pieces coded: {n}."),
    "count": _("Codings: {n}."),
    "kept": _("Kept."),
    "taken": _("Taken away. Undo brings it back."),
    "all_said": _("what {who} says"),
    "all_answers": _("answers to “{question}”"),
    "memo_kept": _("The memo is kept."),
    "is_done": _("You are done with this text."),
    "is_open": _("The text is open to you again."),
    "helps": _("helps"),
    "hinders": _("hinders"),
    "both": _("both"),
    "neither": _("neither"),
    "beside": _("Beside it"),
    "note": _("Note"),
    "remove": _("Take away"),
    "undo": _("Taken back."),
    "redo": _("Done again."),
    "finish": _("I am done with this text"),
    "reopen": _("Open it again"),
    "done_said": _("You are done with this text. Open it again to go on."),
    "here": _("Here now: {names}."),
    "changed": _("The text was changed. Load the page again; your codings came along."),
    "offline": _("No connection. What you do now is not kept; wait until it is back."),
    "waits": _("No connection. Codings that wait in this browser: {n}. They are sent when it is back."),
    "arrived": _("Connection is back. Codings sent: {n}."),
    "back": _("Connection is back."),
    "suggested": _("{n} suggestions from your own codings. Look at each."),
    "looking": _("Looking at your codings…"),
    "nothing_suggested": _("Nothing to suggest: code more texts first."),
    "precision": _("right in {share} of 100 ({n} tried)"),
}


def as_json() -> str:
    return json.dumps({name: str(words) for name, words in WORDS.items()}, ensure_ascii=False)
