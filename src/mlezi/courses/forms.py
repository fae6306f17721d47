"""What is asked when a course is held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.plumbing.formbase import Day, Form


class NewRun(Form):
    course = forms.ChoiceField(label=_("Course"))
    code = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Of this time it is held, as 2026-03-mwanza. It never changes."),
    )
    from_on = Day(label=_("First day"))
    to_on = Day(label=_("Last day"))

    def __init__(self, *arguments: Any, courses: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]
