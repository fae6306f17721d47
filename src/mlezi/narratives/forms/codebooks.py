"""Making codebooks and codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mlezi.narratives.models import Code, Codebook
from mlezi.plumbing.formbase import Form

MOST_BYTES = 5_000_000


class NewBook(Form):
    code = forms.SlugField(label=_("Short code"), max_length=60, help_text=_("Small letters; never changed later."))
    title = forms.CharField(label=_("Name"), max_length=200)
    source = forms.CharField(label=_("Taken from"), required=False, help_text=_("As one cites it; empty for your own."))


class BookFile(Form):
    file = forms.FileField(label=_("File"), help_text=_("A codebook in YAML, or a .qdc file of another program."))


class Copy(Form):
    code = forms.SlugField(label=_("Short code of the copy"), max_length=60)


class CodeFacts(Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    title_sw = forms.CharField(label=_("Name in Kiswahili"), max_length=200, required=False)
    description = forms.CharField(label=_("What it means"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    when_to_use = forms.CharField(label=_("When to use it"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    when_not = forms.CharField(label=_("When not"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    example = forms.CharField(label=_("Example"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def facts(self) -> dict[str, Any]:
        return worded_facts(self.cleaned_data)


class NewCode(CodeFacts):
    code = forms.SlugField(label=_("Short code"), max_length=60)
    parent = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Code.objects.none(), required=False, empty_label=_("nothing: at the top")
    )
    inductive = forms.BooleanField(label=_("Found in the material, not in the framework"), required=False)

    def __init__(self, *arguments: Any, book: Codebook, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["parent"].queryset = Code.objects.filter(codebook=book, retired_at=None).order_by("path")  # type: ignore[attr-defined]


class Move(Form):
    under = forms.ModelChoiceField(
        label=_("Stands under"), queryset=Code.objects.none(), required=False, empty_label=_("nothing: at the top")
    )

    def __init__(self, *arguments: Any, book: Codebook, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["under"].queryset = Code.objects.filter(codebook=book, retired_at=None).order_by("path")  # type: ignore[attr-defined]


def worded_facts(given: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as the columns hold it: words by language."""
    names = ("description", "when_to_use", "when_not", "example")
    facts = {name: {"en": given[name]} if given[name] else {} for name in names}
    title = {"en": given["title"]} | ({"sw": given["title_sw"]} if given["title_sw"] else {})
    return {"title": title, **facts}


def first_words(code: Code) -> dict[str, Any]:
    """What the form shows at first."""
    names = ("title", "description", "when_to_use", "when_not", "example")
    return {name: getattr(code, name).get("en", "") for name in names} | {"title_sw": code.title.get("sw", "")}
