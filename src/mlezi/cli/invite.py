"""mlezi invite NAME"""

from __future__ import annotations

import click
from django.conf import settings

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli import _naming, _output
from mlezi.people.actions import accounts, persons
from mlezi.people.models import Person
from mlezi.plumbing import clock
from mlezi.programmes.actions import roles
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import ROLES


@click.command()
@click.argument("name")
@click.option("--role", type=click.Choice(sorted(ROLES)), help="Give this role too.")
@click.option("--programme", "code", help="Code of the programme the role is for.")
@click.option("--place", "place_code", help="Part of the tree, by code or name; otherwise the programme's own.")
@_output.as_json
def command(name: str, role: str | None, code: str | None, place_code: str | None, as_json: bool) -> None:
    """Make a link that signs NAME in once; NAME is added when nobody is called so.

    This is how the first person gets into a new installation:
    mlezi invite "Farida Lyimo" --role manager --programme my-programme
    """
    person = _person(name)
    if role:
        _give(person, role, code, place_code)
    uid, token = accounts.sign_in_link(person=person, by=COMMAND_LINE, at=clock.now())
    link = f"{settings.PUBLIC_URL.rstrip('/')}/enter/{uid}/{token}/"
    if as_json:
        _output.give({"person": str(person.uid), "link": link})
    else:
        click.echo(f"{person.name} signs in once with:\n  {link}")


def _person(name: str) -> Person:
    found = list(Person.objects.filter(name__iexact=name.strip(), merged_into=None)[:2])
    if len(found) > 1:
        raise click.UsageError(f"Several people are called {name}. Make the link on that person's page.")
    return found[0] if found else persons.add(name=name, by=COMMAND_LINE, at=clock.now())


def _give(person: Person, role: str, code: str | None, place_code: str | None) -> None:
    programme = Programme.objects.filter(code=code).first() if code else None
    if code and programme is None:
        raise click.BadParameter(f"There is no programme {code!r}.", param_hint="--programme")
    place = _naming.place(place_code) if place_code else None
    if person.roles.filter(role=role, programme=programme, place=place, to_on=None).exists():
        return
    roles.assign(
        person=person,
        programme=programme,
        role=role,
        place=place,
        on=clock.today(programme.time_zone) if programme else clock.today(),
        by=COMMAND_LINE,
        at=clock.now(),
    )
