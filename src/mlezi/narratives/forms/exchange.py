"""Bringing in what another program made."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.plumbing.formbase import Form

MOST_BYTES = 500_000_000


class BringProject(Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("A project (.qdpx) of NVivo, ATLAS.ti, MAXQDA or QualCoder, or highlights as CSV or Excel."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is larger than 500 MB."))
        return file
