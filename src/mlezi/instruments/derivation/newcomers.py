"""People first met on a visit become known, whichever form comes first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.making import Made
from mlezi.instruments.derivation.unit import Met
from mlezi.people import actions as people
from mlezi.places.models import Place
from mlezi.programmes.actions import enrolments
from mlezi.programmes.models import Programme


def welcome(programme: Programme, made: Iterable[Made], *, at: datetime) -> bool:
    """Add those that forms say were met, and correct what edited forms say of them; True when there were any."""
    met = {who.uid: who for one in made for _, who in sorted(one.met.items())}
    if not met:
        return False
    places = Place.objects.in_bulk({who.place_id for who in met.values() if who.place_id is not None})
    told = [_told(who, places) for _, who in sorted(met.items())]
    known = people.note_met(people=told, at=at)
    joined = [
        enrolments.Joined(known[uid], who.on or at.date(), who.submission_id)
        for uid, who in sorted(met.items())
        if uid in known
    ]
    enrolments.note_met(programme=programme, people=joined)
    return True


def unknown(made: Iterable[Made], known: Known) -> list[Made]:
    """Units that met somebody of whom nothing is known yet."""
    return [one for one in made if any(uid not in known.people for uid in one.met)]


def _told(who: Met, places: dict[int, Place]) -> people.Met:
    place = places.get(who.place_id) if who.place_id is not None else None
    return people.Met(
        uid=who.uid,
        name=who.name,
        submission=who.submission_id,
        met_on=who.on,
        cadre=who.cadre,
        phone=who.phone,
        place=place,
    )
