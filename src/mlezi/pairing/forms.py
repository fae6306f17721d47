"""What is asked about a pair."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.plumbing.formbase import Day, Form
from mlezi.programmes.models import Programme
from mlezi.programmes.queries import participants

KINDS = {
    "mentor": _("mentors"),
    "coach": _("coaches"),
    "sponsor": _("sponsors"),
    "peer": _("is a peer of"),
    "preceptor": _("is preceptor of"),
}


class Pairing(Form):
    guide = forms.CharField(label=_("Who supports"), help_text=_("Name or staff number."))
    kind = forms.ChoiceField(label=_("How"), choices=list(KINDS.items()))
    learner = forms.CharField(label=_("Whom"), help_text=_("Name or staff number."))
    on = Day(label=_("Since"))
    note = forms.CharField(label=_("Note"), required=False)

    def __init__(self, *arguments: Any, scope: Scope, programme: Programme, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._seen = participants(scope, programme)

    def clean_guide(self) -> Person:
        return self._person(self.cleaned_data["guide"])

    def clean_learner(self) -> Person:
        return self._person(self.cleaned_data["learner"])

    def _person(self, text: str) -> Person:
        found = list(self._seen.filter(code=text.strip())) or list(self._seen.filter(name__iexact=text.strip())[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError(gettext("Several people bear this name. Give the staff number."))
        raise forms.ValidationError(gettext("Nobody in your part is called so. Look in the list of people."))


class Ending(Form):
    on = Day(label=_("Last day"))
    reason = forms.CharField(label=_("Why"), max_length=60, required=False, help_text=_("Nobody needs to be at fault."))
