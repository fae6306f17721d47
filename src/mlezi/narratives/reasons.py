"""Why a document cannot be read, in words with a remedy."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mlezi.plumbing.words import number


def why_not(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """The reason, and what to do."""
    said = {
        "unknown_kind": (
            _("“{kind}” is not a kind of document that can be read."),
            _("Bring in one of: {kinds}."),
        ),
        "without_ending": (
            _("its name has no ending that tells what it is."),
            _("Put one on its name, as .txt or .docx. It may be one of: {kinds}."),
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
            _("Was the right file chosen?"),
        ),
        "only_pictures": (
            _("it holds no words."),
            _("A scanned page is a picture: have it read by a text recognition program first."),
        ),
        "old_or_protected": (
            _("it is an old Word document, or protected by a password."),
            _("Open it in Word or LibreOffice and save it as .docx without a password."),
        ),
        "not_text": (_("it holds no text."), _("Save it as plain text, or bring in the original.")),
    }
    reason, remedy = said.get(code, said["damaged"])
    named = {key: number(value) if isinstance(value, int) else value for key, value in facts.items()}
    return reason.format_map(named), remedy.format_map(named)


# Why a project cannot be brought in, and what of one could not be taken.
REASONS = {
    "not_a_zip": gettext_lazy("it is no project file, or a damaged one."),
    "too_large": gettext_lazy("it unpacks to more than {most} MB. Split the project."),
    "bomb": gettext_lazy(
        "its {packed} MB would unpack to {unpacked} MB, far more than texts do: it may be made to fill the disk, and "
        "was not opened. Save the project again in the program it came from."
    ),
    "too_many_files": gettext_lazy("it holds more than {most} files."),
    "unsafe_name": gettext_lazy("a file in it would be written outside of it ({name}). It was not opened."),
    "protected": gettext_lazy("it is protected by a password. Save it without one."),
    "no_project": gettext_lazy("it holds no project description (.qde)."),
    "several_projects": gettext_lazy("it holds several projects: {names}. Bring in one at a time."),
    "not_xml": gettext_lazy("its description is not readable XML ({reason})."),
    "too_deep": gettext_lazy("codes stand in one another far deeper than any program makes them."),
    "no_columns": gettext_lazy("it needs columns for document, code and words, as document, tag, content."),
}
REMARKS = {
    "left_out": gettext_lazy("{where}: {n} left out; only texts and their codings are taken."),
    "text_elsewhere": gettext_lazy("{where}: its words lie outside of the file ({path}) and were not opened."),
    "text_missing": gettext_lazy("{where}: the file with its words is missing ({path})."),
    "text_unreadable": gettext_lazy("{where}: its words could not be read ({reason})."),
    "without_text": gettext_lazy("{where}: a text without words was left out."),
    "bad_position": gettext_lazy("{where}: a coding without a readable position was left out."),
    "empty_selection": gettext_lazy("{where}: a coding of no words was left out."),
    "position_mended": gettext_lazy("{where}: a coding reached beyond the text and was cut."),
    "unknown_code": gettext_lazy("{where}: a coding with a code that is not in the file was left out."),
    "user_unknown": gettext_lazy("{where} is nobody known here; their codings stand under your name."),
    "text_exists": gettext_lazy("{where}: the same words are here as {label}; the codings were put on them."),
    "label_taken": gettext_lazy(
        "Somebody else is called {where} here already; this participant is now called {label}."
    ),
    "words_gone": gettext_lazy("{where}: a coding was left out, as its words are no longer in the text here."),
    "document_unknown": gettext_lazy("Row {where}: there is no text called {document}. Bring it in first."),
    "words_not_found": gettext_lazy("Row {where}: the words stand nowhere in the text, or in several places: {words}"),
}
# What else stands in projects of other programs.
PARTS = {
    "PictureSource": gettext_lazy("Pictures"),
    "PDFSource": gettext_lazy("PDF files without words"),
    "AudioSource": gettext_lazy("Recordings without a transcript"),
    "VideoSource": gettext_lazy("Films without a transcript"),
    "PDFSelection": gettext_lazy("Places marked on the picture of a page"),
    "AudioSelection": gettext_lazy("Places marked in a recording"),
    "VideoSelection": gettext_lazy("Places marked in a film"),
    "Variables": gettext_lazy("Lists of variables"),
    "Links": gettext_lazy("Lists of links"),
    "Sets": gettext_lazy("Lists of sets"),
    "Graphs": gettext_lazy("Lists of drawings"),
}
LOSSES = {
    "valence": gettext_lazy("codings that say whether it helps or hinders"),
    "qualifier": gettext_lazy("codings with a second code beside the first"),
    "rule": gettext_lazy("codings made by rule, suggestion or settling: they look as if made by hand"),
    "version": gettext_lazy("texts with earlier versions: only the present words travel"),
}
