"""A manuscript to look over: pasted, or as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.formats import documents
from mlezi.plumbing.formbase import Form


class Manuscript(Form):
    words = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=documents.MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_("Paste an abstract, the results, a table."),
    )
    file = forms.FileField(label=_("Or a file"), required=False, help_text=_("Word, PDF, OpenDocument, RTF or text."))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        file = given.get("file")
        if file:
            try:
                given["pages"] = documents.pages(file.read(), file.name)
            except documents.CannotReadDocument as trouble:
                raise forms.ValidationError(
                    gettext("{file} cannot be read ({why}). Save it as Word or text, or paste its words.").format(
                        file=file.name, why=trouble.code.replace("_", " ")
                    )
                ) from trouble
        given.setdefault("pages", [given.get("words", "")])
        if not "".join(given["pages"]).strip():
            raise forms.ValidationError(gettext("Paste a text or choose a file."))
        return given
