"""What people are asked about themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mlezi.matching import slots
from mlezi.plumbing.formbase import Day, Form

MOST_BYTES = 5_000_000
AFTER = {
    "open": _("I can take more people"),
    "closed": _("nobody more for now"),
}
DECLINED = {
    "time": _("no time"),
    "far": _("too far"),
    "field": _("not my field"),
    "close": _("we are too close, or I would have to assess them"),
    "other": _("something else"),
}


class Accept(Form):
    """Availability is asked again with every answer."""

    after = forms.ChoiceField(label=_("After this one"), choices=list(AFTER.items()))
    away_until = Day(label=_("Nobody more until"), required=False, help_text=_("Empty: until I say so."))


class Decline(Accept):
    reason = forms.ChoiceField(label=_("Why"), choices=list(DECLINED.items()))
    note = forms.CharField(label=_("A word to the coordinator"), required=False)


class About(Form):
    """Profile and terms in one form; `domains` are those of the programme's framework."""

    about = forms.CharField(
        label=_("A few lines about you"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The other side reads this before you first talk."),
    )  # fmt: skip
    interests = forms.CharField(
        label=_("Topics you care about"), required=False, help_text=_("With commas between them.")
    )
    level = forms.IntegerField(
        label=_("Career level"),
        required=False,
        min_value=0,
        max_value=9,
        help_text=_("0 student, 3 specialist, 6 head."),
    )
    slots = forms.MultipleChoiceField(
        label=_("Usually free"), required=False, choices=slots.choices, widget=forms.SelectMultiple(attrs={"size": 7})
    )

    def __init__(self, *arguments: Any, domains: Mapping[str, str], parts: set[str], **named: Any) -> None:
        self.domains, self.parts = domains, parts
        more: dict[str, forms.Field] = {}
        if "mentor" in parts:
            more |= self._as_mentor()
        if "mentee" in parts:
            more |= self._as_mentee()
        super().__init__(*arguments, more=more, **named)

    def _as_mentor(self) -> dict[str, forms.Field]:
        return {
            "is_open": forms.BooleanField(label=_("I take people at present"), required=False),
            "away_until": Day(label=_("Away until"), required=False),
            "places": forms.IntegerField(label=_("Mentees here, at most"), min_value=0, max_value=500, required=False),
            "total_places": forms.IntegerField(
                label=_("People in all programmes together, at most"), min_value=0, max_value=500, required=False
            ),
            "elsewhere": forms.IntegerField(
                label=_("People you support outside Mlezi"), min_value=0, max_value=500, required=False
            ),
            **{
                f"skill_{code}": forms.IntegerField(
                    label=_("Can teach, 0 to 100: {domain}").format(domain=title), min_value=0, max_value=100,
                    required=False,
                )
                for code, title in self.domains.items()
            },
        }  # fmt: skip

    def _as_mentee(self) -> dict[str, forms.Field]:
        return {
            "wants": forms.IntegerField(label=_("How many mentors you wish for"), min_value=0, max_value=5),
            **{
                f"need_{code}": forms.IntegerField(
                    label=_("Want to learn, 0 to 3: {domain}").format(domain=title), min_value=0, max_value=3,
                    required=False,
                )
                for code, title in self.domains.items()
            },
        }  # fmt: skip

    def profile(self) -> dict[str, Any]:
        given = self.cleaned_data
        words = [word.strip() for word in given["interests"].split(",") if word.strip()]
        values = {"about": given["about"], "interests": words, "level": given["level"], "slots": given["slots"]}
        if "mentor" in self.parts:
            values |= {name: given[name] for name in ("is_open", "away_until", "total_places")}
            values["elsewhere"] = given["elsewhere"] or 0
        return values

    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        values: dict[str, Any] = {}
        if "mentor" in self.parts:
            values |= {"places": given["places"], "expertise": self._by_domain("skill")}
        if "mentee" in self.parts:
            values |= {"wants": given["wants"], "needs": self._by_domain("need")}
        return values

    def _by_domain(self, name: str) -> dict[str, int]:
        found = {code: self.cleaned_data[f"{name}_{code}"] for code in self.domains}
        return {code: value for code, value in found.items() if value is not None}


WISHES = {
    "": _("no wish"),
    "1": _("my first wish"),
    "2": _("my second wish"),
    "3": _("my third wish"),
    "no": _("rather not; stays between us"),
}
CONCERNS = {
    "silent": _("does not answer or does not come"),
    "harm": _("hurts, pressures or uses me"),
    "other": _("something else"),
}


class Concern(Form):
    kind = forms.ChoiceField(label=_("What is wrong"), choices=list(CONCERNS.items()))
    text = forms.CharField(label=_("In your words"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


class Closing(Form):
    outcome = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 3}))


class Orcid(Form):
    file = forms.FileField(
        label=_("File"), help_text=_("Your record from orcid.org as JSON: https://pub.orcid.org/v3.0/YOUR-ID/record")
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(gettext("The file is larger than 5 MB; that is no single person's record."))
        return file
