"""Which clients can fill a form: the form profile of Mlezi's own pages and phone app, and ODK Collect.

Profile 1: text, whole and decimal numbers, date, time, date and time, one choice, several choices (also
from a list that comes with the form), note, acknowledge, range, photograph, sound, position, groups,
repeats, calculations and what the device knows of itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from mlezi.formats.trouble import Trouble
from mlezi.formats.trouble import gettext_noop as say
from mlezi.formats.xform import Question, XForm

PROFILE = 1
FIELD, COLLECT = "field", "collect"  # `field` is Mlezi's own: the web form and the phone app
KINDS = {
    "string",
    "int",
    "decimal",
    "date",
    "time",
    "dateTime",
    "select1",
    "select",
    "trigger",
    "binary",
    "geopoint",
    "boolean",
}
MEDIA = {"image", "audio"}
# Appearances that change what is asked, not only how it looks; everything else falls back to the plain question.
BEYOND = {"signature", "draw", "annotate", "map", "placement-map", "image-map", "bearing", "printer", "counter"}
BEYOND_PREFIX = ("ex:", "maps")
PRELOADS = {"", "uid", "timestamp", "date", "property"}


def clients_of(form: XForm) -> list[str]:
    """Collect fills whatever the converter makes; our own clients fill profile 1."""
    ours = not any(_beyond(question) for question in form.questions())
    return [FIELD, COLLECT] if ours else [COLLECT]


def check(form: XForm) -> Iterator[Trouble]:
    for question in form.questions():
        what = _beyond(question)
        if what:
            yield Trouble(
                "check.collect_only",
                say("{name} asks for {what}, which only ODK Collect can do; the web form and the phone app cannot."),
                say("Keep it and fill this form with Collect, or ask in another way."),
                facts={"path": question.path, "name": question.name, "what": what},
            )


def _beyond(question: Question) -> str:
    """What of this question lies outside the profile; empty when nothing does."""
    if question.kind not in KINDS:
        return question.kind
    if question.kind == "binary" and question.control and question.media not in MEDIA:
        return question.media or "file"
    if question.kind == "binary" and not question.control:
        return question.name  # audit, background-audio
    if question.preload not in PRELOADS:
        return question.preload
    for appearance in question.appearance.split():
        if appearance in BEYOND or appearance.startswith(BEYOND_PREFIX):
            return appearance
    return ""
