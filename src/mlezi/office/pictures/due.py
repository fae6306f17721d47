"""The due list as short text lines, ready for SMS or WhatsApp."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from mlezi.office.pictures.reminders import Reminder
from mlezi.plumbing.tables import Column, Table

TABLE = Table(
    "due-list",
    (
        Column("name", _("Mentor"), value=lambda row: row.name),
        Column("phone", _("Telephone"), value=lambda row: row.phone),
        Column("text", _("Text"), value=lambda row: row.text, prose=True),
        Column("length", _("Letters"), value=lambda row: len(row.text), numeric=True),
    ),
    empty=_("Nobody needs a reminder today."),
)


def text(lines: Iterable[Reminder]) -> str:
    """One line a mentor: number, tab, words."""
    return "".join(f"{line.phone}\t{line.text}\n" for line in lines)
