"""People first met on a visit become known, whichever form comes first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from mlezi.instruments.derivation.known import Known
from mlezi.instruments.derivation.making import Made
from mlezi.instruments.derivation.unit import Met
from mlezi.instruments.models import Submission
from mlezi.instruments.queries import few
from mlezi.people import actions as people
from mlezi.places.models import Place
from mlezi.plumbing.bulk import chunks
from mlezi.programmes.actions import enrolments
from mlezi.programmes.models import Programme


def welcome(programme: Programme, made: Iterable[Made], *, at: datetime) -> bool:
    """Add those that forms say were met, and correct what edited forms say of them; True when there were any."""
    found = [who for one in made for _, who in sorted(one.met.items())]
    if not found:
        return False
    records = _records(programme, {who.submission_id for who in found})
    found.sort(key=lambda who: records[who.submission_id].came, reverse=True)  # of two about one uid the first holds
    met = {who.uid: who for who in found}
    places = Place.objects.in_bulk({who.place_id for who in met.values() if who.place_id is not None})
    told = [_told(who, places, records[who.submission_id].earlier) for _, who in sorted(met.items())]
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


class _Record(NamedTuple):
    came: tuple[datetime, UUID]  # when the first of its edits came
    earlier: frozenset[UUID]


def _records(programme: Programme, ids: Collection[UUID]) -> dict[UUID, _Record]:
    """When each record came, and which others it was edited from."""
    columns = ("pk", "form_id", "root_id", "replaces_id", "received_at")
    rows = [row for some in chunks(sorted(ids)) for row in Submission.objects.filter(pk__in=some).values_list(*columns)]
    chains: dict[tuple[str, str], list[tuple[datetime, UUID]]] = defaultdict(list)
    for some in chunks(sorted({(form, root) for _, form, root, replaces, _ in rows if replaces})):
        edited = Submission.objects.filter(few.edited(programme.pk, some))
        for form, root, pk, came in edited.values_list("form_id", "root_id", "pk", "received_at"):
            chains[form, root].append((came, pk))
    made = {}
    for pk, form, root, _, came in rows:
        chain = chains.get((form, root), [])
        made[pk] = _Record(min([*chain, (came, pk)]), frozenset(other for _, other in chain))
    return made


def _told(who: Met, places: dict[int, Place], earlier: frozenset[UUID]) -> people.Met:
    place = places.get(who.place_id) if who.place_id is not None else None
    return people.Met(
        uid=who.uid,
        name=who.name,
        submission=who.submission_id,
        met_on=who.on,
        cadre=who.cadre,
        phone=who.phone,
        place=place,
        earlier=earlier,
    )
