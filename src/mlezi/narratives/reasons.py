"""Why a document cannot be read, in words with a remedy."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _


def why_not(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """The reason, and what to do."""
    said = {
        "unknown_kind": (
            _("“{kind}” is not a kind of document that can be read."),
            _("Bring in one of: {kinds}."),
        ),
        "empty": (_("it is empty."), _("Was the right file chosen?")),
        "too_large": (_("it is larger than {most} MB when unpacked."), _("Split it into several texts.")),
        "too_long": (_("it is longer than {most} characters or pages."), _("Split it into several texts.")),
        "damaged": (
            _("it is not a whole .{kind} file."),
            _("Open it in the program it was made with and save it again."),
        ),
        "protected": (_("it is protected by a password."), _("Save it without one.")),
        "no_words": (
            _("it holds no words."),
            _("A scanned page is a picture: have it read by a text recognition program first."),
        ),
        "not_text": (_("it holds no text."), _("Save it as plain text, or bring in the original.")),
    }
    reason, remedy = said.get(code, said["damaged"])
    return reason.format_map(dict(facts)), remedy.format_map(dict(facts))
