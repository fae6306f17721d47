"""Places that take part in a programme."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from mlezi.audit import actions as audit
from mlezi.places.models import Place
from mlezi.programmes import problems
from mlezi.programmes.models import Programme, Site


@transaction.atomic
def join(
    *, place: Place, programme: Programme, on: date, by: audit.Actor, at: datetime, volume: int | None = None
) -> Site:
    """From `on` the place takes part. Raises `AlreadySite`."""
    Place.objects.select_for_update().get(pk=place.pk)
    running = Site.objects.filter(place=place, programme=programme, to_on=None).first()
    if running:
        raise problems.AlreadySite(place=place, since=running.from_on)
    site = Site.objects.create(place=place, programme=programme, from_on=on, volume=volume)
    audit.record("site.joined", site, by=by, at=at, facts={"place": place.code, "on": on.isoformat()})
    return site


@transaction.atomic
def leave(*, place: Place, programme: Programme, on: date, by: audit.Actor, at: datetime) -> Site:
    """`on` is the place's last day in the programme. Raises `NoSite`, `EndsBeforeItBegan`."""
    site = Site.objects.select_for_update().filter(place=place, programme=programme, to_on=None).first()
    if site is None:
        raise problems.NoSite(place=place)
    if on < site.from_on:
        raise problems.EndsBeforeItBegan(began=site.from_on, ended=on)
    site.to_on = on
    site.save(update_fields=["to_on"])
    audit.record("site.left", site, by=by, at=at, facts={"place": place.code, "on": on.isoformat()})
    return site
