"""How people at the command line name a place: by its code, or by a name that only one place has."""

from __future__ import annotations

import click

from mlezi.places.models import Place


def place(wanted: str) -> Place:
    """Raises `click.BadParameter` when nothing or more than one thing is called so."""
    found = list(Place.objects.filter(code=wanted)) or list(Place.objects.filter(name__iexact=wanted)[:2])
    if len(found) != 1:
        what = "There is no place" if not found else "There are several places"
        raise click.BadParameter(f"{what} called {wanted!r}. Codes stand on the page of places.", param_hint="--place")
    return found[0]
