"""Forms as our pages show them: classes of the stylesheet, days picked from a calendar, errors beside the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mlezi.plumbing.problems import Problem


class Form(forms.Form):
    """A form whose widgets bear the stylesheet's classes."""

    required_css_class = "is-required"

    def __init__(self, *arguments: Any, more: Mapping[str, forms.Field] | None = None, **named: Any) -> None:
        """`more`: fields that only this one form has."""
        super().__init__(*arguments, **named)
        self.fields.update(more or {})
        for name, field in self.fields.items():
            widget = field.widget
            if isinstance(widget, forms.CheckboxInput | forms.RadioSelect):  # several boxes are a RadioSelect too
                widget.attrs.setdefault("class", "form-check-input")
            elif isinstance(widget, forms.Select):
                widget.attrs.setdefault("class", "form-select")
            else:
                widget.attrs.setdefault("class", "form-control")
            if field.help_text:
                widget.attrs.setdefault("aria-describedby", f"id_{name}_help")


class Day(forms.DateField):
    """A day, typed or picked."""

    def __init__(self, **named: Any) -> None:
        named.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        super().__init__(**named)


def ask(
    request: HttpRequest,
    form_class: Callable[..., forms.Form],
    do: Callable[[dict[str, Any]], str | None],
    *,
    back: str,
    **page: Any,
) -> HttpResponse:
    """Show a form, do what it says, go back. `do` gives an address when it should be another one.

    `page` holds title, lead, submit (the word on the button), done (said afterwards), initial.
    A `Problem` that `do` raises is shown above the form, which keeps what was typed.
    """
    form = form_class(request.POST or None, request.FILES or None, initial=page.get("initial"))
    if request.method == "POST" and form.is_valid():
        try:
            to = do(form.cleaned_data)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            if page.get("done"):
                messages.success(request, page["done"])
            return redirect(to or back)
    status = 400 if form.errors else 200
    return render(request, "components/ask.html", {"form": form, "back": back, **page}, status=status)
