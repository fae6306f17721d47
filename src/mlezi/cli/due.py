"""mlezi due PROGRAMME"""

from __future__ import annotations

from typing import Any

import click
from django.conf import settings

from mlezi.audit.actions import COMMAND_LINE
from mlezi.cli import _output
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme
from mlezi.programmes.queries.roles import WHOLE_TREE
from mlezi.surveys import actions
from mlezi.surveys.actions.asking import Line
from mlezi.surveys.queries import waiting


@click.command()
@click.argument("code", metavar="PROGRAMME")
@click.option("--ask", is_flag=True, help="Note that everybody who is due is asked today, and print a line for each.")
@click.option("--remind", is_flag=True, help="The same for whoever may be reminded today.")
@_output.as_json
def command(code: str, ask: bool, remind: bool, as_json: bool) -> None:
    """Who is due to answer what today, by the schedules of the blueprint, and the lines to send to them."""
    programme = Programme.objects.select_related("place").filter(code=code).first()
    if programme is None:
        raise click.BadParameter(f"There is no programme {code!r}.", param_hint="PROGRAMME")
    today, at = clock.today(programme.time_zone), clock.now()
    planned = actions.bring_up_to_date(programme=programme, on=today, by=COMMAND_LINE, at=at)
    rows = waiting.invitations(programme, Scope(ranges=(WHOLE_TREE,), programmes=frozenset({programme.pk})))
    to_ask = list(waiting.to_ask(rows, on=today).values_list("pk", flat=True))
    to_remind = list(waiting.to_remind(programme, on=today).values_list("pk", flat=True))
    given: dict[str, Any] = {"programme": programme, "base": settings.PUBLIC_URL, "on": today, "by": COMMAND_LINE}
    lines = actions.ask(ids=to_ask, channel="link", at=at, **given) if ask else []
    lines += actions.remind(ids=to_remind, at=at, **given) if remind else []
    if as_json:
        told = {"planned": planned.made, "to_ask": len(to_ask), "to_remind": len(to_remind)}
        _output.give({**told, "lines": [_plain(line) for line in lines]})
        return
    click.echo(f"{len(to_ask)} to ask, {len(to_remind)} to remind.")
    for line in lines:
        click.echo(f"{line.person.name}\t{line.person.phone}\t{line.text}")


def _plain(line: Line) -> dict[str, str]:
    return {
        "name": line.person.name,
        "phone": line.person.phone,
        "text": line.text,
        "link": line.link,
        "code": line.code,
        "instrument": line.invitation.instrument,
        "wave": line.invitation.wave,
    }
