"""What is asked about a person, where they work, and how they take part."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.people.models import Post
from mlezi.places import queries
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing.formbase import Day, Form
from mlezi.plumbing.words import worded
from mlezi.programmes.models import Cohort, Programme

REASONS = {
    "transfer": _("transferred"),
    "resigned": _("resigned"),
    "retired": _("retired"),
    "studies": _("went for studies"),
    "leave": _("on long leave"),
    "died": _("died"),
    "other": _("another reason"),
    "unknown": _("not known"),
}
PARTS = [("mentee", _("mentee")), ("mentor", _("mentor")), ("registered", _("on the register"))]


class PersonFacts(Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(label=_("Staff number"), max_length=60, required=False)
    cadre = forms.ChoiceField(label=_("Cadre"), required=False)
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    languages = forms.CharField(label=_("Languages"), required=False, help_text=_("Codes with commas: sw, en."))
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *arguments: Any, programme: Programme, **named: Any) -> None:
        super().__init__(*arguments, **named)
        cadres = [(one["code"], worded(one.get("title"))) for one in programme.blueprint.get("cadres", [])]
        current = (named.get("initial") or {}).get("cadre")
        if current and current not in dict(cadres):
            cadres.append((current, current))
        self.fields["cadre"].choices = [("", "–"), *cadres]  # type: ignore[attr-defined]

    def clean_languages(self) -> list[str]:
        return [code.strip().lower() for code in self.cleaned_data["languages"].split(",") if code.strip()]


class AtPlace(Form):
    """A place chosen by its name or code, suggested while typing."""

    place = forms.CharField(label=_("Place"), help_text=_("Name or code."))

    def __init__(self, *arguments: Any, scope: Scope, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._scope = scope

    def clean_place(self) -> Place:
        return place_meant(self._scope, self.cleaned_data["place"])


def place_meant(scope: Scope, text: str) -> Place:
    """The visible place with that code or, when only one bears it, that name."""
    seen = queries.visible_to(scope)
    found = seen.filter(code__iexact=text.strip()).first()
    named = list(seen.filter(name__iexact=text.strip())[:6]) if found is None else [found]
    if len(named) == 1:
        return named[0]
    if named:
        codes = ", ".join(f"{place.code} ({place.parent})" for place in named)
        raise forms.ValidationError(_("Several places bear this name. Give a code: %(codes)s.") % {"codes": codes})
    raise forms.ValidationError(_("No place in your part is called so. Check the spelling or give its code."))


class NewPerson(PersonFacts, AtPlace):
    part = forms.ChoiceField(label=_("Takes part as"), choices=PARTS)
    from_on = Day(label=_("Since"))

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.order_fields(["name", "part", "from_on", "place", "cadre", "phone"])


class Transfer(AtPlace):
    on = Day(label=_("First day there"))
    note = forms.CharField(label=_("Note"), required=False)


class Leaving(Form):
    on = Day(label=_("Last day"))
    reason = forms.ChoiceField(label=_("Why"), choices=list(REASONS.items()))
    note = forms.CharField(label=_("Note"), required=False)
    ends_part = forms.BooleanField(label=_("They no longer take part in the programme either"), required=False)


class Enrolling(Form):
    part = forms.ChoiceField(label=_("Takes part as"), choices=PARTS)
    on = Day(label=_("Since"))
    cohort = forms.ChoiceField(label=_("Cohort"), required=False)

    def __init__(self, *arguments: Any, programme: Programme, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._programme = programme
        cohorts = [(cohort.code, worded(cohort.title) or cohort.code) for cohort in programme.cohorts.all()]
        self.fields["cohort"].choices = [("", "–"), *cohorts]  # type: ignore[attr-defined]

    def clean_cohort(self) -> Cohort | None:
        return self._programme.cohorts.filter(code=self.cleaned_data["cohort"]).first()


class Ending(Form):
    on = Day(label=_("Last day"))
    reason = forms.CharField(label=_("Why"), max_length=40, required=False)


assert set(REASONS) == set(Post.Reason.values)
