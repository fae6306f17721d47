"""Making codebooks and codes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from mlezi.narratives.models import Code, Codebook
from mlezi.narratives.queries.codebooks import codes_of
from mlezi.plumbing.formbase import Form
from mlezi.plumbing.words import worded

MOST_BYTES = 5_000_000


class NewBook(Form):
    title = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(
        label=_("Short code"), max_length=60, required=False,
        help_text=_("Small letters; never changed later. Made from the name when left empty."),
    )  # fmt: skip
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


class CodeChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # no class in Django takes arguments
    """A code of a codebook, by its name and those it stands under."""

    def __init__(self, **named: Any) -> None:
        super().__init__(queryset=Code.objects.none(), required=False, **named)
        self.names: dict[str, str] = {}

    def of(self, book: Codebook) -> None:
        rows = codes_of(book)
        self.names = {one.path: worded(one.title) for one in rows}
        places = Case(*(When(pk=one.pk, then=Value(n)) for n, one in enumerate(rows)), default=Value(0))
        self.queryset = Code.objects.filter(codebook=book, retired_at=None).order_by(places)

    def label_from_instance(self, obj: Any) -> str:
        parts = obj.path.split(".")
        above = [".".join(parts[: n + 1]) for n in range(len(parts))]
        return " › ".join(self.names.get(path, path) for path in above)


class _OfBook(Form):
    """A form that asks for codes of one codebook."""

    def __init__(self, *arguments: Any, book: Codebook, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for field in self.fields.values():
            if isinstance(field, CodeChoice):
                field.of(book)


class NewCode(_OfBook, CodeFacts):
    field_order = ("title", "title_sw", "parent", "description", "when_to_use", "when_not", "example", "code")
    code = forms.SlugField(
        label=_("Short code"), max_length=60, required=False, help_text=_("Made from the name when left empty.")
    )
    parent = CodeChoice(label=_("Stands under"), empty_label=_("nothing: at the top"))
    inductive = forms.BooleanField(label=_("Found in the material, not in the framework"), required=False)


class Move(_OfBook):
    under = CodeChoice(label=_("Stands under"), empty_label=_("nothing: at the top"))


class Merge(_OfBook):
    into = CodeChoice(label=_("Goes into"), empty_label=_("choose a code"))


class Split(_OfBook):
    """Which codings get another code, and which."""

    codings = forms.MultipleChoiceField(label=_("Which of its quotes"), widget=forms.CheckboxSelectMultiple)
    into = CodeChoice(label=_("Goes into"), empty_label=_("a new code"))
    title = forms.CharField(label=_("Name of the new code"), max_length=200, required=False)
    when_to_use = forms.CharField(label=_("When to use it"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, *arguments: Any, quotes: list[tuple[str, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["codings"].choices = quotes  # type: ignore[attr-defined]
        self.fields["codings"].widget.attrs["class"] = "list-plain"


def worded_facts(given: dict[str, Any], code: Code | None = None) -> dict[str, Any]:
    """What was typed, as the columns hold it: words by language. Those in other languages stay."""
    names = ("description", "when_to_use", "when_not", "example")
    facts = {name: _said(given[name], getattr(code, name, {})) for name in names}
    kept = {language: words for language, words in (code.title if code else {}).items() if language != "sw"}
    title = {**kept, "en": given["title"], **({"sw": given["title_sw"]} if given["title_sw"] else {})}
    return {"title": title, **facts}


def _said(words: str, before: dict[str, str]) -> dict[str, str]:
    others = {language: said for language, said in before.items() if language != "en"}
    return {"en": words, **others} if words else others


def first_words(code: Code) -> dict[str, Any]:
    """What the form shows at first."""
    names = ("title", "description", "when_to_use", "when_not", "example")
    return {name: getattr(code, name).get("en", "") for name in names} | {"title_sw": code.title.get("sw", "")}
