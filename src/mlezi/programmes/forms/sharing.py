"""What is asked when somebody shares what is their own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.people.models import Person
from mlezi.plumbing.formbase import Form
from mlezi.programmes.permissions import Permission

WORDS = {Permission.SEE_RATINGS: _("my ratings"), Permission.SEE_COACHING: _("what was noted in my coaching")}


class Sharing(Form):
    to = forms.ModelChoiceField(label=_("With"), queryset=Person.objects.none())
    permission = forms.ChoiceField(label=_("What"), choices=[(one.name, words) for one, words in WORDS.items()])

    def __init__(self, *arguments: Any, receivers: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["to"].queryset = receivers  # type: ignore[attr-defined]

    def clean_permission(self) -> Permission:
        return Permission[self.cleaned_data["permission"]]
