"""mlezi explain FIGURE"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

import click

from mlezi.cli import _output
from mlezi.evaluation import figures
from mlezi.evaluation.explain import Explanation, explain
from mlezi.evaluation.indicators import BY_CODE
from mlezi.places.models import Place
from mlezi.places.scope import Scope
from mlezi.plumbing import clock
from mlezi.programmes.models import Programme

MOST_SHOWN = 20


@click.command()
@click.argument("figure", type=click.Choice(sorted(BY_CODE)), metavar="FIGURE")
@click.option("--programme", "code", required=True, help="Code of the programme.")
@click.option("--place", "place_code", help="Code of a place; otherwise the programme's whole part of the tree.")
@click.option("--from", "start", type=click.DateTime(["%Y-%m-%d"]), help="First day; otherwise a quarter back.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), help="Last day; otherwise today.")
@_output.as_json
def command(
    *, figure: str, code: str, place_code: str | None, start: datetime | None, last: datetime | None, as_json: bool
) -> None:
    """Show where a FIGURE comes from: definition, query, records, and the stored bytes they were made of.

    FIGURE is an indicator's code, as visit_coverage; docs/reference/indicators.md lists all.
    """
    programme = _found(Programme.objects.select_related("place").filter(code=code).first(), "programme", code)
    place = (
        _found(Place.objects.filter(code=place_code).first(), "place", place_code) if place_code else programme.place
    )
    end = (last.date() if last else clock.today(programme.time_zone)) + timedelta(days=1)
    begin = start.date() if start else end - timedelta(days=91)
    ranges = ((place.path, place.path_to),) if place else (("/", "0"),)
    answer = figures.ask(
        figure,
        programme=programme.pk,
        start=begin,
        end=end,
        scope=Scope(ranges=ranges, programmes=frozenset({programme.pk})),
        reveal=True,
    )
    told = explain(answer)
    if as_json:
        _output.give(_plain(told))
    else:
        _tell(told, begin, end)


def _found(row: Any, what: str, code: str) -> Any:
    if row is None:
        raise click.BadParameter(f"There is no {what} {code!r}. Check its code.", param_hint=f"--{what}")
    return row


def _plain(told: Explanation) -> dict[str, Any]:
    indicator = told.figure.indicator
    return {
        "figure": indicator.code,
        "title": indicator.title,
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "missing": indicator.missing,
        "numbers": asdict(told.figure.numbers),
        "sql": told.sql,
        "values": dict(told.values),
        "records": [dict(row) for row in told.records],
        "sources": [asdict(one) for one in told.sources],
    }


def _tell(told: Explanation, begin: date, end: date) -> None:
    indicator, numbers = told.figure.indicator, told.figure.numbers
    value = "no data" if numbers.value is None else f"{numbers.value:g}"
    click.echo(f"{indicator.title}, {begin} to {end - timedelta(days=1)}: {value}")
    total = (
        f", in all = {numbers.total:g} {indicator.in_units}" if indicator.adds_up and numbers.total is not None else ""
    )
    click.echo(f"  n = {numbers.n}, N = {numbers.of}, missing = {numbers.missing}{total}")
    for label, text in (("Counts", indicator.numerator), ("Of", indicator.denominator), ("Missing", indicator.missing)):
        click.echo(f"  {label}: {text}")
    click.echo(f"\nQuery\n{told.sql}\n")
    for key, given in sorted(told.values.items()):
        click.echo(f"  {key} = {given}")
    click.echo(f"\nRecords: {len(told.records)} ({indicator.unit})")
    for row in told.records[:MOST_SHOWN]:
        click.echo(f"  {row['record']}  {row.get('met', row.get('amount'))}")
    click.echo(f"\nStored records they were made of: {len(told.sources)}")
    for one in told.sources[:MOST_SHOWN]:
        click.echo(f"  {one.submission}  {one.form}  {one.received_at}  {one.size} bytes  sha256 {one.sha256}")
    if max(len(told.records), len(told.sources)) > MOST_SHOWN:
        click.echo(f"  … the first {MOST_SHOWN} are shown; --json lists all.")
