"""What a coordinator writes down about somebody for matching."""

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


class Leaving(Form):
    last_on = Day(
        label=_("Last day"), help_text=_("Nobody is asked yet, and no pair ends before a new mentor says yes.")
    )


class Facts(Form):
    line_manager = forms.CharField(
        label=_("Line manager"), required=False, help_text=_("Name or staff number; never proposed as mentor.")
    )
    places = forms.IntegerField(
        label=_("Mentees at most"), required=False, min_value=0, max_value=500,
        help_text=_("How many a mentor takes here."),
    )  # fmt: skip
    oriented_on = Day(label=_("Oriented on"), required=False, help_text=_("When a mentor was oriented."))
    wants = forms.IntegerField(label=_("How many mentors they wish for"), min_value=0, max_value=5)

    def __init__(
        self, *arguments: Any, scope: Scope, programme: Programme, person: Person, parts: set[str], **named: Any
    ) -> None:
        """`parts`: as what the person takes part; what concerns others is not asked."""
        super().__init__(*arguments, **named)
        for name, part in (("places", "mentor"), ("oriented_on", "mentor"), ("wants", "mentee")):
            if part not in parts:
                del self.fields[name]
        self._seen, self._person = participants(scope, programme), person

    def clean_line_manager(self) -> Person | None:
        text = self.cleaned_data["line_manager"].strip()
        if not text:
            return None
        found = list(self._seen.filter(code=text)) or list(self._seen.filter(name__iexact=text)[:2])
        if len(found) != 1:
            several = gettext("Several people bear this name. Give the staff number.")
            nobody = gettext("Nobody in your part is called so. Look in the list of people.")
            raise forms.ValidationError(several if found else nobody)
        if found[0].pk == self._person.pk:
            raise forms.ValidationError(gettext("Nobody is their own line manager."))
        return found[0]
