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
    looks_on = forms.BooleanField(
        label=_("Propose somebody else at once"), required=False, help_text=_("A draft; nobody is asked yet.")
    )


STEPS = {
    "prepare": _("Prepare"),
    "negotiate": _("Agree"),
    "enable": _("Work together"),
    "close": _("Close"),
}
STEP_HINTS = {
    "prepare": _("Get to know each other; read the other's profile."),
    "negotiate": _("Agree on goals, how often, by which way, and what stays between you."),
    "enable": _("Meet, practise, give feedback, look at the goals."),
    "close": _("Look back, hand over what is open, thank each other."),
}
ENDINGS = {
    "goals_met": _("the goals are met"),
    "moved": _("one of us moved on"),
    "time": _("no time at present"),
    "no_fit": _("it did not fit"),
    "no_show": _("we did not get to meet"),
    "new_round": _("a new round"),
    "other": _("something else"),
}
ACTS = {
    "nominated": _("nominated them"),
    "introduced": _("introduced them to somebody"),
    "invited": _("invited them"),
    "funded": _("found money for them"),
}


class Farewell(Form):
    """An ending by one of the two."""

    on = Day(label=_("Last day"))
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(code, words) for code, words in ENDINGS.items() if code != "new_round"],
        help_text=_("Nobody needs to be at fault."),
    )
    text = forms.CharField(
        label=_("For whoever comes next"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Goals that stay open, what helped. Only the two of you and the next one will read it."),
    )


class Act(Form):
    what = forms.ChoiceField(label=_("What I did"), choices=list(ACTS.items()))
    text = forms.CharField(label=_("For what, with whom"), max_length=300)
    on = Day(label=_("When"))


class Outcome(Form):
    outcome = forms.CharField(label=_("What came of it"), max_length=300)
    on = Day(label=_("When"))
