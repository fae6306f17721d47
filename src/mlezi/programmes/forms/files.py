"""Lists that are brought in, and outlines."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.places.models import Level
from mlezi.plumbing.formbase import Form
from mlezi.plumbing.words import worded

MOST_BYTES = 20_000_000


class Upload(Form):
    file = forms.FileField(label=_("File"), help_text=_("CSV, .xlsx or .xls. The first row holds the column names."))
    sheet = forms.CharField(label=_("Sheet"), required=False, help_text=_("Of a workbook; empty takes the first."))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is larger than 20 MB. Split it and bring in the pieces."))
        return file


class UploadPlaces(Upload):
    takes_part = forms.BooleanField(label=_("Every place of this list takes part in the programme"), required=False)
    note = forms.CharField(
        label=_("Note for all of them"), required=False, help_text=_("As on how the district was found.")
    )


class UploadPeople(Upload):
    part = forms.ChoiceField(
        label=_("Everybody without a part takes part as"),
        choices=[
            ("mentee", _("mentee")),
            ("mentor", _("mentor")),
            ("registered", _("on the register")),
            ("", _("nothing")),
        ],
        required=False,
        initial="mentee",
    )


class UploadFigures(Upload):
    measures = forms.CharField(
        label=_("Columns that hold a measure"),
        required=False,
        help_text=_("Their names with commas between, as deliveries, clients; empty when each row names its measure."),
    )

    def clean_measures(self) -> list[str]:
        return [name.strip() for name in self.cleaned_data["measures"].split(",") if name.strip()]


class Outlines(Form):
    file = forms.FileField(label=_("GeoJSON file"), help_text=_("Polygons with a code or name, in degrees (WGS 84)."))
    level = forms.ChoiceField(label=_("Outlines of"))
    source = forms.CharField(label=_("Source"), max_length=120, help_text=_("Shown under the map."))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level.code, worded(level.title).capitalize()) for level in Level.objects.order_by("rank")
        ]


FORMS: dict[str, type[Upload]] = {
    "places": UploadPlaces,
    "people": UploadPeople,
    "pairings": Upload,
    "outcomes": UploadFigures,
    "records": Upload,
    "person_outcomes": Upload,
    "employment": Upload,
    "answers": Upload,
}
