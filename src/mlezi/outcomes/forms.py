"""What is asked when one outcome is typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.plumbing.formbase import Day, Form


class NewOutcome(Form):
    person = forms.TypedChoiceField(label=_("Person"), coerce=int)
    kind = forms.CharField(label=_("Kind"), max_length=60, help_text=_("As steps, minutes, manuscript, milestone."))
    on_day = Day(label=_("Day"), required=False, help_text=_("Empty for a milestone that is not reached yet."))
    due_on = Day(label=_("Due"), required=False)
    value = forms.FloatField(label=_("Value"), required=False)
    unit = forms.CharField(label=_("Unit"), max_length=30, required=False)
    label = forms.CharField(label=_("Title"), max_length=250, required=False, help_text=_("Name, title or DOI."))

    def __init__(self, *arguments: Any, people: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["person"].choices = people  # type: ignore[attr-defined]
