"""A mentor without signal visits two clinics; two days later the phone sends three records, one of them twice."""

from datetime import UTC, date, datetime, timedelta

from mlezi.audit import worker
from mlezi.encounters.models import Attendance, Encounter
from mlezi.instruments.actions.receiving import receive
from mlezi.instruments.models import Submission
from mlezi.testing import cast
from mlezi.testing.makers import forms, meetings

MONDAY = date(2026, 3, 2)
WEDNESDAY = datetime(2026, 3, 4, 18, 0, tzinfo=UTC)


def test_two_days_late_and_one_twice(world):
    visits = meetings.programme(world)
    upendo = cast.person("Upendo", "nurse", world.kisesa)
    at_igoma, at_kisesa = meetings.uid("igoma on monday"), meetings.uid("kisesa on monday")
    igoma = forms.record(
        visits.forms["visit"],
        {
            "encounter": str(at_igoma),
            "day": MONDAY.isoformat(),
            "minutes": "80",
            "place": "IGO",
            "people": [{"mentee": str(world.baraka.uid)}],
        },
    )
    kisesa = forms.record(
        visits.forms["visit"],
        {
            "encounter": str(at_kisesa),
            "day": MONDAY.isoformat(),
            "minutes": "70",
            "place": "KIS",
            "people": [{"mentee": str(upendo.uid)}],
        },
    )
    rating = forms.record(visits.forms["rating"], {"encounter": str(at_igoma), "mentee": str(world.baraka.uid)})

    # The signal comes back for a moment: the answer to the first is lost, and the phone sends it again.
    outcomes = [
        receive(
            programme=world.programme, xml=xml, sender=world.amina, at=WEDNESDAY + timedelta(minutes=minute)
        ).outcome.value
        for minute, xml in enumerate([igoma, rating, igoma, kisesa])
    ]
    worker.drain(at=WEDNESDAY + timedelta(hours=1))

    assert outcomes == ["created", "created", "repeated", "created"]
    assert Submission.objects.count() == 3
    assert {encounter.place.code for encounter in Encounter.objects.all()} == {"IGO", "KIS"}
    visit = Encounter.objects.get(pk=at_igoma)
    assert (visit.held_on, visit.days_to_receipt, visit.n_sources) == (MONDAY, 2, 2)
    assert Attendance.objects.filter(person=world.baraka).count() == 1
    assert sum(Encounter.objects.values_list("minutes", flat=True)) == 150
