"""What is asked about a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.places import queries
from mlezi.places.models import Level, Place
from mlezi.places.scope import Scope
from mlezi.plumbing.formbase import Day, Form
from mlezi.plumbing.words import worded


class PlaceFacts(Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    kind = forms.CharField(label=_("Type"), max_length=80, required=False)
    ownership = forms.CharField(label=_("Owner"), max_length=80, required=False)
    latitude = forms.FloatField(label=_("Latitude"), required=False, help_text=_("In degrees, south is negative."))
    longitude = forms.FloatField(label=_("Longitude"), required=False)
    location_source = forms.CharField(label=_("Source of the position"), max_length=60, required=False)
    opened_on = Day(label=_("Opened on"), required=False)
    note = forms.CharField(label=_("Note"), max_length=300, required=False)


class NewPlace(PlaceFacts):
    level = forms.ChoiceField(label=_("Level"))
    parent = forms.CharField(label=_("Lies in"), help_text=_("Code of what holds it."))
    code = forms.CharField(label=_("Code"), max_length=60, required=False, help_text=_("Empty: one is made."))

    def __init__(self, *arguments: Any, scope: Scope, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._scope = scope
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            (level.code, worded(level.title).capitalize()) for level in Level.objects.order_by("-rank")
        ]
        self.order_fields(["name", "level", "parent", "code"])

    def clean_level(self) -> Level:
        return Level.objects.get(code=self.cleaned_data["level"])

    def clean_parent(self) -> Place:
        return _place(self._scope, self.cleaned_data["parent"])


class Parent(Form):
    parent = forms.CharField(label=_("Lies in"), help_text=_("Code of what holds it."))

    def __init__(self, *arguments: Any, scope: Scope, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._scope = scope

    def clean_parent(self) -> Place:
        return _place(self._scope, self.cleaned_data["parent"])


class LastDay(Form):
    on = Day(label=_("Last day"))


class Joining(Form):
    on = Day(label=_("First day"))
    volume = forms.IntegerField(label=_("Clients a month"), required=False, min_value=0, help_text=_("Empty is not 0."))


def _place(scope: Scope, code: str) -> Place:
    found = queries.visible_to(scope).filter(code__iexact=code.strip()).first()
    if found is None:
        raise forms.ValidationError(_("No place in your part has this code. Look it up in the list of places."))
    return found
