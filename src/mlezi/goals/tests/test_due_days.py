"""The day an action is due stands only where it can be."""

from datetime import UTC, date, datetime

import pytest

from mlezi.goals.models import AgreedAction
from mlezi.instruments.models import Submission
from mlezi.testing.makers import meetings

EVENING = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "due", "due_on", "rules"),
    [
        ("2026-03-02", "2026-03-02", date(2026, 3, 2), []),
        ("2026-03-02", "2020-03-01", None, ["due_before_this"]),
        ("2026-03-02", "2206-03-09", None, ["due_before_this"]),
        ("2026-03-02", "soon", None, ["not_a_date"]),
        ("2031-03-02", "2026-03-01", date(2026, 3, 1), ["in_the_future"]),  # against a wrong clock nothing is judged
    ],
)
def test_a_due_day_that_cannot_be_is_flagged_and_left_open(world, day, due, due_on, rules):
    visits = meetings.programme(world)
    answers = {"encounter": str(meetings.uid("first")), "day": day, "place": "IGO"}

    visits.send("visit", {**answers, "agreed": [{"action": "Test the bag", "due": due}]}, at=EVENING, by=world.amina)
    visits.derive(at=EVENING)

    assert AgreedAction.objects.get().due_on == due_on
    assert [flag["rule"] for flag in Submission.objects.get().flags] == rules
