"""Bringing in texts, saying whose they are, giving them to coders."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.narratives.models import Source, Voice
from mlezi.narratives.names import CONSENTS, KINDS
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.plumbing.formbase import Day, Form
from mlezi.programmes.models import Programme

BROUGHT = ("interview", "focus_group", "document")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """One file or several."""

    def __init__(self, **named: Any) -> None:
        # One that is empty is told by its name, with the others that cannot be read.
        super().__init__(widget=ManyFiles(attrs={"multiple": True}), allow_empty_file=True, **named)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data]
        return [super(Files, self).clean(one, initial) for one in given]


class BringIn(Form):
    files = Files(  # type: ignore[assignment]  # Django takes the field out of the class
        label=_("Files"),
        help_text=_("Word, OpenDocument, PDF, RTF, plain text, or a transcript with times (.vtt, .srt)."),
    )
    kind = forms.ChoiceField(label=_("These are"), choices=[(kind, KINDS[kind]) for kind in BROUGHT])
    held_on = Day(label=_("Held on"), required=False)
    wave = forms.CharField(label=_("Time point"), max_length=60, required=False, help_text=_("As: endline, 3 months."))
    study = forms.CharField(label=_("Study"), max_length=60, required=False)
    place = forms.CharField(label=_("Code of the place"), required=False)
    agreed = forms.BooleanField(label=_("Everybody who speaks in them agreed to it"), required=False)

    def clean_place(self) -> Place | None:
        code = self.cleaned_data["place"].strip()
        if not code:
            return None
        found = Place.objects.filter(code__iexact=code).first()
        if found is None:
            raise forms.ValidationError(_("There is no place with this code."))
        return found


class Facts(Form):
    label = forms.CharField(label=_("Label"), max_length=60, help_text=_("Stands beside quotes; names nobody."))
    kind = forms.ChoiceField(label=_("This is"), choices=[(kind, KINDS[kind]) for kind in BROUGHT])
    held_on = Day(label=_("Held on"), required=False)
    wave = forms.CharField(label=_("Time point"), max_length=60, required=False)
    study = forms.CharField(label=_("Study"), max_length=60, required=False)


class Speaks(Form):
    label = forms.CharField(label=_("Label"), max_length=60, help_text=_("As P7. The only name that results show."))
    speaker = forms.CharField(
        label=_("Called in the text"), max_length=120, required=False, help_text=_("Empty: the whole text is theirs.")
    )
    person = forms.ModelChoiceField(
        label=_("Somebody of the programme?"), queryset=Person.objects.none(), required=False, empty_label=_("no")
    )
    group = forms.CharField(label=_("Group"), max_length=60, required=False, help_text=_("As mentee, or Lusaka."))
    consent = forms.ChoiceField(label=_("Consent"), choices=list(CONSENTS.items()), initial=Voice.Consent.GIVEN)
    consent_on = Day(label=_("Said on"), required=False)

    def __init__(self, *arguments: Any, programme: Programme, **named: Any) -> None:
        super().__init__(*arguments, **named)
        people = Person.objects.filter(enrolments__programme=programme, merged_into=None).distinct().order_by("name")
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class Give(Form):
    coders = forms.ModelMultipleChoiceField(
        label=_("Who codes it"), queryset=Person.objects.none(), widget=forms.CheckboxSelectMultiple, required=False
    )
    blind = forms.BooleanField(
        label=_("Blind: nobody sees the others' codings until all are done"), required=False, initial=True
    )

    def __init__(self, *arguments: Any, coders: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["coders"].queryset = coders  # type: ignore[attr-defined]
        self.fields["coders"].widget.attrs["class"] = "list-plain"


class Words(Form):
    words = forms.CharField(label=_("The words"), widget=forms.Textarea(attrs={"rows": 24}), strip=False)
    because = forms.CharField(label=_("Why they change"), max_length=300)


class ByHand(Form):
    words = forms.CharField(label=_("Words to take out"), max_length=300)
    replacement = forms.CharField(label=_("Write instead"), max_length=60, initial="[…]")


def first_facts(source: Source) -> dict[str, Any]:
    """What the form of facts shows at first."""
    return {name: getattr(source, name) for name in ("label", "kind", "held_on", "wave", "study")}
