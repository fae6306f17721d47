"""What is asked to make a round and a scenario, and to change a pair by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.matching.settings import HELPED, METHODS, TITLES, Settings
from mlezi.plumbing.formbase import Day, Form
from mlezi.plumbing.tables import Words

KINDS = {
    "mentor": _("mentor and mentee"),
    "coach": _("coach and coachee"),
    "sponsor": _("sponsor and sponsored"),
    "peer": _("peers"),
    "preceptor": _("preceptor and new colleague"),
}
WHO = {
    "waiting": _("mentees who have nobody yet"),
    "everybody": _("all mentees anew; who fits well may stay together"),
}


class Start(Form):
    title = forms.CharField(label=_("Name of the round"), max_length=120)
    kind = forms.ChoiceField(label=_("What kind of pairs"), choices=list(KINDS.items()))
    who = forms.ChoiceField(label=_("Who is in it"), choices=list(WHO.items()))
    from_on = Day(label=_("Pairs begin on"))
    answer_days = forms.IntegerField(label=_("Days to answer a request"), min_value=1, max_value=120)


@dataclass(frozen=True)
class Part:
    """Fields of a form under a heading, as `components/form.html` takes them."""

    title: Words
    visible_fields: list[forms.BoundField]


def _plain(value: float) -> float:
    """3 rather than 3.0."""
    return int(value) if value == int(value) else value


class Weights(Form):
    """What a scenario is run with. Weights are relative; points are thousandths of a perfect match."""

    title = forms.CharField(
        label=_("What is tried"), max_length=120, required=False, help_text=_("As in: nearer, or more even.")
    )

    def __init__(self, *arguments: Any, start: Settings, may_use_identity: bool, **named: Any) -> None:
        self.start, self.may_use_identity = start, may_use_identity
        extra = (
            self._weights()
            | self._aims()
            | self._rules()
            | self._policy()
            | (self._identity() if may_use_identity else {})
        )
        super().__init__(*arguments, more=extra, **named)

    def _weights(self) -> dict[str, Any]:
        shown = (name for name in self.start.weights if name != "asked_identity" or self.may_use_identity)
        return {
            f"weight_{name}": forms.FloatField(
                label=TITLES[name], min_value=0, max_value=100, initial=_plain(self.start.weights[name])
            )
            for name in shown
        }

    def _aims(self) -> dict[str, Any]:
        start = self.start
        return {
            "served_first": forms.BooleanField(
                label=_("Serve as many mentees as possible first"), required=False, initial=start.served_first
            ),
            "waiting_points": forms.FloatField(
                label=_("For each day waited"), min_value=0, max_value=1000, initial=_plain(start.waiting_points),
                help_text=_("Thousandths of a perfect match."),
            ),
            "even_load_points": forms.FloatField(
                label=_("Against each further mentee of one mentor"), min_value=0, max_value=1000,
                initial=_plain(start.even_load_points),
            ),
            "stay_points": forms.FloatField(
                label=_("For a present or previous mentor"), min_value=0, max_value=2000,
                initial=_plain(start.stay_points),
            ),
        }  # fmt: skip

    def _rules(self) -> dict[str, Any]:
        start = self.start
        return {
            "max_mentees": forms.IntegerField(
                label=_("Mentees for a mentor who named no number"), min_value=1, max_value=500,
                initial=start.max_mentees,
            ),
            "max_travel_minutes": forms.FloatField(
                label=_("Longest way in minutes"), min_value=1, required=False, initial=start.max_travel_minutes
            ),
            "common_language": forms.BooleanField(
                label=_("A pair must share a language"), required=False, initial=start.common_language
            ),
            "common_slots": forms.IntegerField(
                label=_("Free times a pair must share"), min_value=0, max_value=21, initial=start.common_slots
            ),
        }  # fmt: skip

    def _policy(self) -> dict[str, Any]:
        start = self.start
        return {
            "method": forms.ChoiceField(
                label=_("How pairs are chosen"), choices=list(METHODS.items()), initial=start.method
            ),
            "max_moves": forms.IntegerField(
                label=_("Present pairs that change by choice, at most"), min_value=0, required=False,
                initial="" if start.max_moves is None else start.max_moves,
            ),
            "least_group": forms.IntegerField(
                label=_("Mentees with whom a group opens, at least"), min_value=0, max_value=500,
                initial=start.least_group, help_text=_("0: a mentor may have one mentee alone."),
            ),
            "help_whom": forms.ChoiceField(
                label=_("Help first"), choices=list(HELPED.items()), initial=start.help_whom, required=False
            ),
            "help_budget": forms.FloatField(
                label=_("Quality of all given up for them, in per cent at most"), min_value=0, max_value=50,
                initial=_plain(start.help_budget),
            ),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = (given.get("method") == "stable", given.get("max_moves") is not None, given.get("help_whom"))
        if sum(map(bool, (*chosen, (given.get("least_group") or 0) > 1))) > 1:
            raise forms.ValidationError(
                _("Choose one at a time: pairs that hold, few changes, groups of a least size, or help first.")
            )
        return given

    @property
    def parts(self) -> list[Part]:
        """The fields under their headings."""
        groups = (
            (_("What makes a good pair"), ["title", *self._weights()]),
            (_("What the round wants"), list(self._aims())),
            (_("What must be"), [*self._rules(), *(self._identity() if self.may_use_identity else {})]),
            (_("A policy beside it"), list(self._policy())),
        )
        return [Part(title, [self[name] for name in names]) for title, names in groups]

    def _identity(self) -> dict[str, Any]:
        return {
            "use_identity": forms.BooleanField(
                label=_("Use identity where a mentee asked for it"), required=False, initial=self.start.use_identity
            )
        }

    def settings(self) -> Settings:
        """The settings as filled in, on top of those the form began with."""
        given = dict(self.cleaned_data)
        given.pop("title")
        weights = {name: given.pop(f"weight_{name}", value) for name, value in self.start.weights.items()}
        return replace(self.start, weights=weights, **given)


class Note(Form):
    note = forms.CharField(label=_("Why"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
