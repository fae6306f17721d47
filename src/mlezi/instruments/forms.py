"""What the pages about forms ask for."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, none included."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        one = super().clean
        return [one(item, initial) for item in data] if isinstance(data, list | tuple) else []


class Upload(forms.Form):
    """The first step: a file to look at."""

    file = forms.FileField(
        label=_("The form"),
        help_text=_("An XLSForm: .xlsx, .xls, .csv, or the tables in a Markdown file (.md)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.md,.txt", "class": "form-control"}),
    )


class Confirm(forms.Form):
    """The second step: the same bytes again, carried by the page, and what else belongs to the form."""

    name = forms.CharField(max_length=255, widget=forms.HiddenInput)
    source = forms.CharField(widget=forms.HiddenInput, strip=False)
    beside = FilesField(
        label=_("Pictures, sounds and lists that the form shows"),
        required=False,
        widget=ManyFiles(attrs={"class": "form-control"}),
    )

    def clean_source(self) -> bytes:
        try:
            return base64.b64decode(self.cleaned_data["source"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise ValidationError(_("The page lost the file. Choose it again.")) from error

    def attached(self) -> dict[str, bytes]:
        return {str(file.name): file.read() for file in self.cleaned_data["beside"]}
