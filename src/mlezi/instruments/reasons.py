"""Why something waits in quarantine or is parked, in words, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Reason:
    title: str | Promise
    remedy: str | Promise


UNREADABLE = _("Download the bytes, mend a copy, and take the copy in. The original stays here as it came.")
REASONS = {
    "submission.not_xml": Reason(_("It is not a form record"), UNREADABLE),
    "submission.no_record": Reason(_("There is no form record in it"), UNREADABLE),
    "submission.document_type": Reason(_("It carries instructions that are not followed here"), UNREADABLE),
    "submission.too_deep": Reason(_("It is nested too deeply to be a form record"), UNREADABLE),
    "submission.name_too_long": Reason(_("An id in it is too long"), UNREADABLE),
    "submission.too_large": Reason(
        _("The record is larger than phones may send"), _("Look whether it is real; then take it in.")
    ),
    "submission.no_form_id": Reason(_("It does not say which form it is"), _("Choose the form, then take it in.")),
    "submission.no_instance_id": Reason(
        _("It has no id of its own"), _("Take it in: it gets an id made from its bytes, so it cannot come in twice.")
    ),
    "submission.unknown_form": Reason(
        _("Its form is not known here"), _("Publish that form, or choose the form it really is; then take it in.")
    ),
    "submission.unknown_original": Reason(
        _("It corrects a record that has not arrived"),
        _("Wait for the first record: when the phone sends this again, it is taken in by itself. Or set it aside."),
    ),
    "submission.different_bytes": Reason(
        _("Another record with the same id is here"),
        _("Compare the two below. Take this one in as a correction, or set it aside."),
    ),
    "submission.stale_edit": Reason(
        _("Two people corrected the same record"),
        _("Compare the two below. Take this one in as the newest correction, or set it aside."),
    ),
    "submission.not_theirs": Reason(
        _("It corrects a record that somebody else sent"),
        _("Ask both. Take it in as a correction, or set it aside."),
    ),
    "submission.different_file": Reason(
        _("Another file of the same name is here"), _("Download both, keep what is right, and set this aside.")
    ),
    "submission.unknown_version": Reason(
        _("Its version of the form is not known here"),
        _("Publish that version, and it is read by itself; or choose the version it can be read as."),
    ),
}
OTHER = Reason(_("Something went wrong"), _("Look at the record and decide."))


def reason(code: str) -> Reason:
    """The words for a code; a parked record may carry a sentence of its own instead."""
    return REASONS.get(code, OTHER)


def title(code: str) -> str:
    known = REASONS.get(code)
    return str(known.title) if known else code or str(OTHER.title)
