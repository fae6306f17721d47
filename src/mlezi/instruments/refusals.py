"""What is said to a person whose record cannot be taken as it is. Shown on the phone, so: short and kind."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mlezi.formats.envelope import Unreadable
from mlezi.instruments.arrivals import Outcome, Refusal


def unreadable(error: Unreadable) -> Refusal:
    """The bytes are no record, or one without its id."""
    said = {
        "too_large": _("The record is larger than this server reads."),
        "no_instance_id": _("The record carries no id, so it cannot be told from others."),
        "no_form_id": _("The record does not say which form it is."),
    }.get(error.code, _("The record arrived damaged or is not a form."))
    return Refusal(
        Outcome.REFUSED,
        f"submission.{error.code}",
        f"{said} {_kept()}",
        detail=error.detail,
        form_id=error.form_id,
        instance_id=error.instance_id,
    )


def unknown_form(form_id: str, instance_id: str) -> Refusal:
    said = _("This programme has no form “{form}”.").format(form=form_id)
    return Refusal(
        Outcome.REFUSED,
        "submission.unknown_form",
        f"{said} {_kept()}",
        detail=form_id,
        form_id=form_id,
        instance_id=instance_id,
    )


def unknown_original(form_id: str, instance_id: str, original: str) -> Refusal:
    said = _("This is a correction of a record that has not arrived here yet. Send the first one, then this again.")
    return Refusal(
        Outcome.REFUSED,
        "submission.unknown_original",
        f"{said} {_kept()}",
        detail=original,
        form_id=form_id,
        instance_id=instance_id,
    )


def stale_edit(form_id: str, instance_id: str, original: str) -> Refusal:
    said = _("Somebody corrected this record before you did. The office will compare both.")
    return Refusal(
        Outcome.CONFLICTING,
        "submission.stale_edit",
        f"{said} {_kept()}",
        detail=original,
        form_id=form_id,
        instance_id=instance_id,
    )


def not_theirs(form_id: str, instance_id: str, original: str) -> Refusal:
    said = _("Somebody else sent the record that this corrects. The office will decide.")
    return Refusal(
        Outcome.CONFLICTING,
        "submission.not_theirs",
        f"{said} {_kept()}",
        detail=original,
        form_id=form_id,
        instance_id=instance_id,
    )


def different_bytes(form_id: str, instance_id: str) -> Refusal:
    said = _("A record with this id is here already, with other content. The office will compare both.")
    return Refusal(
        Outcome.CONFLICTING,
        "submission.different_bytes",
        f"{said} {_kept()}",
        form_id=form_id,
        instance_id=instance_id,
    )


def different_file(form_id: str, instance_id: str, names: list[str]) -> Refusal:
    said = _("The record is here already with another file of the name {names}. The office will compare both.")
    return Refusal(
        Outcome.CONFLICTING,
        "submission.different_file",
        f"{said.format(names=', '.join(names))} {_kept()}",
        detail=", ".join(names),
        form_id=form_id,
        instance_id=instance_id,
    )


def no_record(detail: str) -> Refusal:
    """The request holds no form record at all, or breaks off."""
    said = _("What arrived breaks off or holds no form. Check the connection and send it again.")
    return Refusal(Outcome.REFUSED, "submission.no_record", said, detail=detail)


def _kept() -> str:
    return _("The office has a copy; keep yours until they answer.")
