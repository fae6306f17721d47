"""Every derived row opens to the bytes it was made from."""

from datetime import UTC, datetime

import pytest

from mlezi.competencies.models import Competency, Domain, Rating
from mlezi.encounters.models import Attendance, Encounter, Note
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.instruments.queries import origins
from mlezi.resources.models import ItemSeen, Need, Practice
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
UID = meetings.uid("traced")


@pytest.fixture
def traced(visits, world):
    domain = Domain.objects.create(programme=world.programme, code="newborn", title={"en": "Newborn"})
    Competency.objects.create(domain=domain, code="bag_mask", levels=[{}, {}, {}, {}], pass_level=3)
    visit = {
        "encounter": str(UID),
        "day": "2026-03-02",
        "place": "IGO",
        "people": [
            {"mentee": str(world.amina.uid), "said": "Sawa"},
            {"mentee": str(world.baraka.uid), "said": "Vizuri & haraka"},
        ],
        "bag_mask": "no",
        "lacking": "oxygen doppler",
        "agreed": [{"action": "First"}, {"action": "Second"}],
    }
    rating = {"encounter": str(UID), "mentee": str(world.baraka.uid), "bag_mask": "3", "seen_on": "patient"}
    visits.send("visit", visit, at=EVENING, by=world.amina)
    visits.send("rating", rating, at=EVENING, by=world.amina)
    visits.send("practice", {"topic": "newborn", "minutes": "20"}, at=EVENING, by=world.baraka)
    visits.derive(at=EVENING)
    done = {"encounter": str(meetings.uid("later")), "place": "IGO", "done": str(AgreedAction.objects.first().pk)}
    visits.send("visit", done, at=EVENING, by=world.amina)
    visits.derive(at=EVENING)
    return visits


def bytes_behind(world, row):
    found = origins.origin(row.pk, programme=world.programme)
    assert found.kind == type(row).__name__
    return [origins.content(answer).decode() for answer in found.answers]


def test_a_rating_opens_to_its_answer(traced, world):
    assert bytes_behind(world, Rating.objects.get()) == ["<bag_mask>3</bag_mask>"]


def test_a_row_of_a_repeat_opens_to_that_row(traced, world):
    assert bytes_behind(world, AgreedAction.objects.get(text="Second")) == ["<action>Second</action>"]
    note = Note.objects.get(about=world.baraka)
    assert bytes_behind(world, note) == ["<said>Vizuri &amp; haraka</said>"]


def test_one_choice_of_many_opens_to_the_question(traced, world):
    seen = ItemSeen.objects.get(item="doppler")
    assert bytes_behind(world, seen) == ["<lacking>oxygen doppler</lacking>"]
    need = Need.objects.get(item="bag_mask")
    assert origins.content(origins.origin(need.pk, programme=world.programme).answers[0]) == b"<bag_mask>no</bag_mask>"


def test_what_a_form_reported_done_opens_to_it(traced, world):
    assert bytes_behind(world, ActionDecision.objects.get())[0].startswith("<done>")


def test_an_encounter_opens_to_all_that_was_said_of_it(traced, world):
    there = bytes_behind(world, Encounter.objects.get(pk=UID))

    assert "<day>2026-03-02</day>" in there
    assert any(str(world.baraka.uid) in text for text in there)
    assert bytes_behind(world, Attendance.objects.filter(person=world.baraka).first())


def test_practice_opens_to_its_answers(traced, world):
    assert set(bytes_behind(world, Practice.objects.get())) == {"<topic>newborn</topic>", "<minutes>20</minutes>"}


def test_another_programme_finds_nothing(traced, world):
    for model in (Rating, Encounter, Need):
        assert origins.origin(model.objects.first().pk, programme=world.other) is None
