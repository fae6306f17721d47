"""Addresses of the office's pages, so that pictures need not know how they hang."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse

from mlezi.encounters.models import Encounter
from mlezi.goals.models import AgreedAction
from mlezi.instruments.queries import forms
from mlezi.people.models import Person
from mlezi.places.models import Place
from mlezi.places.queries import is_facility
from mlezi.programmes.models import Programme


def home(programme: Programme) -> str:
    return reverse("office:home", args=[programme.code])


def page(name: str, programme: Programme, *args: object, **asked: object) -> str:
    """Any page of a programme; `asked` becomes the question in its address."""
    address = reverse(f"office:{name}", args=[programme.code, *args])
    asked = {key: value for key, value in asked.items() if value not in (None, "")}
    return f"{address}?{urlencode(asked)}" if asked else address


def place(programme: Programme, where: Place, **asked: object) -> str:
    """A facility's own page; a district's or region's screen."""
    name = "facility" if is_facility(where) else "district"
    return page(name, programme, where.code, **asked)


def person(programme: Programme, who: Person) -> str:
    return page("person", programme, who.uid)


def encounter(programme: Programme, meeting: Encounter | UUID) -> str:
    return page("encounter", programme, meeting.uid if isinstance(meeting, Encounter) else meeting)


def action(programme: Programme, agreed: AgreedAction) -> str:
    return page("action", programme, agreed.pk)


def fill_in(programme: Programme, purpose: str) -> str:
    """Where a form of that purpose is filled in at a desk; empty when the programme has none in use."""
    form = forms.to_fill(programme, purpose)
    return reverse("instruments:fill", args=[programme.code, form]) if form else ""


def figure(programme: Programme, code: str, **asked: object) -> str:
    return page("figure", programme, code, **asked)
