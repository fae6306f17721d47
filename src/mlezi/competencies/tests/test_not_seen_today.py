"""Forms offer "not seen today" as level 0 or na: it is no rating, and nothing that somebody must look into."""

from datetime import UTC, datetime

import pytest

from mlezi.competencies.models import Competency, Domain, Rating
from mlezi.instruments.models import Submission
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("level", "rules"),
    [
        ("0", []),
        ("na", []),
        ("7", ["no_such_level"]),
        ("2.5", ["no_such_level"]),  # rounded it would be a level that nobody gave
        ("0.4", ["no_such_level"]),
    ],
)
def test_a_level_nobody_saw_is_left_out_and_one_that_does_not_exist_is_flagged(world, level, rules):
    domain = Domain.objects.create(programme=world.programme, code="newborn", title={"en": "Newborn"})
    Competency.objects.create(domain=domain, code="bag_mask", levels=[{}, {}, {}, {}], pass_level=3)
    visits = meetings.programme(world)
    answers = {"encounter": str(meetings.uid("first")), "mentee": str(world.baraka.uid), "bag_mask": level}

    visits.send("rating", answers, at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    assert not Rating.objects.exists()
    assert [flag["rule"] for flag in Submission.objects.get().flags] == rules


def test_a_level_written_with_its_decimals_is_that_level(world):
    domain = Domain.objects.create(programme=world.programme, code="newborn", title={"en": "Newborn"})
    Competency.objects.create(domain=domain, code="bag_mask", levels=[{}, {}, {}, {}], pass_level=3)
    visits = meetings.programme(world)
    answers = {"encounter": str(meetings.uid("first")), "mentee": str(world.baraka.uid), "bag_mask": "3.0"}

    visits.send("rating", answers, at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    assert Rating.objects.get().level == 3
