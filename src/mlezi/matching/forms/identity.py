"""What is asked to sign a policy, and what people say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.plumbing.formbase import Form

USES = {
    "not-collected": _("Not collected: nobody is asked"),
    "audit-only": _("Collected for audit only: counted by group, never used to match"),
    "where-asked": _("Used only where a mentee asks for it"),
}


class Sign(Form):
    use = forms.ChoiceField(label=_("What the programme does with identity"), choices=list(USES.items()))
    title = forms.CharField(
        label=_("What people are asked"), required=False, max_length=200,
        help_text=_("As in: How do you describe your gender?"),
    )  # fmt: skip
    answers = forms.CharField(
        label=_("Answers offered, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody may answer in their own words instead."),
    )  # fmt: skip
    wording = forms.CharField(label=_("What people agree to"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    reason = forms.CharField(label=_("Why this policy"), widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("use") != "not-collected" and not (given.get("title") and given.get("wording")):
            raise forms.ValidationError(gettext("Say what people are asked and what they agree to."))
        return given

    def question(self) -> dict[str, Any]:
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines()]
        return {"title": self.cleaned_data["title"], "answers": [line for line in lines if line]}


class Answer(Form):
    """`offered`: answers to choose from; `may_ask`: whether a mentee may ask for a mentor's identity here."""

    def __init__(self, *arguments: Any, title: str, offered: Sequence[str], may_ask: bool, **named: Any) -> None:
        listed = [("", gettext("I do not say")), *((word, word) for word in offered)]
        more: dict[str, forms.Field] = {
            "says": forms.ChoiceField(label=title, choices=listed, required=False),
            "own": forms.CharField(label=_("Or in your own words"), required=False, max_length=100),
        }
        if may_ask:
            asks = [("", gettext("I do not ask for anything")), *((word, word) for word in offered)]
            more["asks"] = forms.ChoiceField(
                label=_("I would like a mentor who says of themselves"), choices=asks, required=False
            )
        more["agreed"] = forms.BooleanField(label=_("I agree to what is written above"))
        super().__init__(*arguments, more=more, **named)

    def says(self) -> str:
        return str(self.cleaned_data["own"] or self.cleaned_data["says"])
