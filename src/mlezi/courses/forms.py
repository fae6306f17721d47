"""What is asked when a course is held."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mlezi.places.models import Place
from mlezi.plumbing.formbase import Day, Form


class Placed(forms.ModelChoiceField):  # type: ignore[type-arg]  # no class in Django takes arguments
    """Places as the tree has them, the lower ones further in."""

    def label_from_instance(self, obj: Place) -> str:
        return "\u2003" * obj.level.rank + obj.name


class NewRun(Form):
    course = forms.ChoiceField(label=_("Course"))
    code = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Of this time it is held, as 2026-03-mwanza. It never changes."),
    )
    place = Placed(
        label=_("Where"),
        queryset=Place.objects.none(),
        empty_label=_("Anywhere in the programme"),
        help_text=_("Meetings there and below are its sessions."),
    )
    from_on = Day(label=_("First day"))
    to_on = Day(label=_("Last day"))

    def __init__(
        self,
        *arguments: Any,
        courses: list[tuple[str, str]],
        places: QuerySet[Place],
        anywhere: bool,
        **named: Any,
    ) -> None:
        """`anywhere`: it may be held at no place in particular."""
        super().__init__(*arguments, **named)
        self.fields["course"].choices = courses  # type: ignore[attr-defined]
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["place"].required = not anywhere
        if not anywhere:
            self.fields["place"].empty_label = _("Choose a place")  # type: ignore[attr-defined]
