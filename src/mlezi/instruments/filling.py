"""What the page of a web form is given: addresses, and the words it says in the reader's language."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mlezi.formats.xlsform import Converted
from mlezi.instruments.models import FormVersion, Submission
from mlezi.instruments.queries import forms
from mlezi.people.models import Person
from mlezi.programmes.models import Programme


def config(*, version: FormVersion, person: Person, client: str, corrects: Submission | None = None) -> dict[str, Any]:
    """Plain JSON for `frontend/form`. Zero and NAME in an address are replaced by the page."""
    code = version.form.programme.code
    record = [code, corrects.pk] if corrects else []
    return {
        "programme": code,
        "form": version.form.form_id,
        "title": forms.title(version.form),
        "version": version.pk,
        "person": str(person.uid),
        "username": person.name,
        "client": client,
        "urls": {
            "form": reverse("desk:form", args=[code, 0]),
            "file": reverse("desk:file", args=[code, 0, "NAME"]),
            "send": reverse("desk:submission", args=[code]),
            "record": reverse("instruments:record", args=record) if record else "",
            "recordFile": reverse("instruments:record_file", args=[*record, "NAME"]) if record else "",
            "done": f"{reverse('instruments:form', args=[code, version.form.form_id])}?sent=1",
        },
        "recordFiles": list(corrects.attachments.values_list("name", flat=True)) if corrects else [],
        "language": get_language() or "en",
        "words": words(),
        "preview": False,
        "xml": "",
    }


def invited(*, version: FormVersion, xml: str, key: str, client: str, urls: dict[str, str]) -> dict[str, Any]:
    """For somebody who was asked and may have no account. `key` tells their drafts from others' in this browser."""
    return {
        "programme": version.form.programme.code,
        "form": version.form.form_id,
        "title": forms.title(version.form),
        "version": version.pk,
        "person": key,
        "username": "",
        "client": client,
        "urls": {"form": "", "record": "", "recordFile": "", **urls},
        "recordFiles": [],
        "language": get_language() or "en",
        "words": words(),
        "preview": False,
        "xml": xml,
    }


def trial(*, made: Converted, programme: Programme, person: Person) -> dict[str, Any]:
    """For trying a form that is not published yet: nothing is kept, nothing can be sent."""
    urls = {"form": "", "file": reverse("desk:list", args=[programme.code, "NAME"]), "send": "", "record": ""}
    return {
        "programme": programme.code,
        "form": made.form_id,
        "title": made.title,
        "version": 0,
        "person": str(person.uid),
        "username": person.name,
        "client": Submission.Source.WEB,
        "urls": {**urls, "recordFile": "", "done": ""},
        "recordFiles": [],
        "language": get_language() or "en",
        "words": words(),
        "preview": True,
        "xml": made.xml.decode(),
    }


def words() -> dict[str, str]:
    return {
        "all_there": _("Everything that must be answered is answered. Look over the pages once more, or send."),
        "add_row": _("Add: {what}"),
        "back": _("Back"),
        "beyond": _("This question can only be answered in ODK Collect."),
        "cannot_open": _("The form cannot be opened here."),
        "chosen_picture": _("The chosen picture, {name}"),
        "clear": _("Clear the answer"),
        "confirm": _("Yes, confirmed"),
        "continue": _("Continue"),
        "discard": _("Discard"),
        "draft_of": _("Not finished, last changed {when}"),
        "finished_of": _("Finished {when}, not sent yet"),
        "invalid": _("This answer does not fit. Check it."),
        "kept_here": _("The record is kept in this browser; open this page again to send it."),
        "language": _("Language of the form"),
        "latitude": _("Latitude"),
        "longitude": _("Longitude"),
        "look_over": _("Look over and send"),
        "looking_for_position": _("Looking for the position …"),
        "more": _("{n} more; type a few letters to find them."),
        "must": _("must be answered"),
        "next": _("Next"),
        "no_choices": _("There is nothing to choose from yet. An earlier answer may decide this list."),
        "no_form": _("Reload the page; the form could not be fetched."),
        "no_microphone": _("The microphone cannot be used here. Choose a file instead."),
        "no_line": _("There is no connection to the office."),
        "no_position": _("The device does not tell its position. Type it in, or leave it out."),
        "no_receipt": _("The office did not confirm what it stored. Send it again."),
        "no_record": _("The record could not be fetched. Reload the page."),
        "no_rows": _("None yet."),
        "not_answered": _("not answered"),
        "not_saved": _("The draft could not be saved in this browser. Send soon, and do not close the page."),
        "not_sent": _("It could not be sent."),
        "number": _("Write a number, such as 12.5."),
        "open_elsewhere": _("This draft is open in another tab. Close it there first."),
        "opening": _("Opening the form …"),
        "page_of": _("{n} of {of}"),
        "position_wrong": _("Latitude is between -90 and 90, longitude between -180 and 180."),
        "really_discard": _("Discard this record? It cannot be brought back."),
        "record": _("Record a sound"),
        "record_stop": _("Stop recording ({time})"),
        "remove_file": _("Remove"),
        "remove_row": _("Remove"),
        "required": _("This must be answered."),
        "row": _("Row"),
        "saved_at": _("Draft saved {time}"),
        "search": _("Search"),
        "send": _("Send"),
        "send_again": _("Send again"),
        "send_now": _("Send now"),
        "sending": _("Sending …"),
        "sent": _("Sent. Thank you."),
        "signed_out": _("You are signed out. Sign in again in another tab, then send."),
        "start_new": _("Start a new record"),
        "still_missing": _("Before this can be sent, these need an answer or a correction:"),
        "to_first": _("Go to the first one"),
        "use_position": _("Use this device's position"),
        "waiting": _("Kept in this browser"),
        "whole_number": _("Write a whole number."),
    }
