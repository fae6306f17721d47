"""Can the form's id and version stand in an address, and in every record of it?"""

from __future__ import annotations

from collections.abc import Iterator

from mlezi.formats.envelope import LONGEST_FORM_ID
from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import XForm

OURS = {"form_id": {"new", "records", ".", ".."}, "version": {".", ".."}}  # words of our own addresses


def check(form: XForm) -> Iterator[Trouble]:
    for column, value in (("form_id", form.form_id), ("version", form.version)):
        facts = {"column": column, "value": value[:60], "most": LONGEST_FORM_ID}
        if len(value) > LONGEST_FORM_ID:
            yield Trouble(
                "check.name_too_long",
                say("{column} is longer than {most} signs: {value}…"),
                say("Choose a short one. It names the form for phones; people read its title."),
                *("settings", None, column, facts),
                blocks=True,
            )
        elif "/" in value or "\\" in value or not value.isprintable() or value in OURS[column]:
            yield Trouble(
                "check.name_in_addresses",
                say("{column} cannot be {value}: it stands in addresses of pages."),
                say("Use letters, digits, hyphens, underscores and periods, and not a single word that Mlezi uses."),
                *("settings", None, column, facts),
                blocks=True,
            )
