"""What is asked when a role is given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.formbase import Day, Form
from mlezi.programmes.forms.people import place_meant
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import ROLES
from mlezi.programmes.queries import participants


class Assigning(Form):
    person = forms.CharField(label=_("Person"), help_text=_("Name or staff number of somebody in the list of people."))
    role = forms.ChoiceField(label=_("Role"))
    place = forms.CharField(label=_("Over"), help_text=_("Name or code of the region, district or facility."))
    on = Day(label=_("Since"))

    def __init__(self, *arguments: Any, scope: Scope, programme: Programme, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._scope, self._programme = scope, programme
        self.fields["role"].choices = [(code, gettext(role.title)) for code, role in ROLES.items()]  # type: ignore[attr-defined]

    def clean_person(self) -> Person:
        return person_meant(self._scope, self._programme, self.cleaned_data["person"])

    def clean_place(self) -> Place:
        return place_meant(self._scope, self.cleaned_data["place"])


def person_meant(scope: Scope, programme: Programme, text: str) -> Person:
    """The visible participant with that staff number or, when only one bears it, that name."""
    seen = participants(scope, programme)
    found = list(seen.filter(code=text.strip())) or list(seen.filter(name__iexact=" ".join(text.split()))[:3])
    if len(found) == 1:
        return found[0]
    if found:
        raise forms.ValidationError(gettext("Several people bear this name. Give the staff number."))
    raise forms.ValidationError(gettext("Nobody in your part is called so. Look the person up in the list of people."))
