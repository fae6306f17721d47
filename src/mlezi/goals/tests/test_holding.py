"""Each action bears the newest decision about it, in whatever order decisions and records come and go."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mlezi.goals import holding
from mlezi.goals.derivation import ACTION, REPORTED
from mlezi.goals.models import ActionDecision, AgreedAction
from mlezi.plumbing.bulk import Difference
from mlezi.testing.cast import assemble
from mlezi.testing.makers.records import Records

NOON = datetime(2026, 3, 9, 9, tzinfo=UTC)
OUTCOMES = st.sampled_from(ActionDecision.Outcome.values)
SAID = st.tuples(st.integers(0, 2), OUTCOMES, st.integers(0, 5), st.booleans())


def said(action: UUID, outcome: str, hours: int) -> ActionDecision:
    at = NOON + timedelta(hours=hours)
    made = {"outcome": outcome, "decided_at": at, "decided_on": at.date() + timedelta(days=hours)}
    return ActionDecision.objects.create(action_id=action, decided_by_name="Chiku", **made)


class WhatHolds(TestCase):
    def setUp(self):
        world = assemble()
        records = Records(world.programme)
        self.programme = world.programme
        self.actions = [records.action(world.igoma, date(2026, 3, 1)).pk for _ in range(3)]

    @given(st.lists(SAID, max_size=8))
    def test_the_newest_of_what_was_said_and_not_taken_back_holds(self, told):
        for number, outcome, hours, is_taken_back in told:
            made = said(self.actions[number], outcome, hours)
            row = REPORTED.row(*(getattr(made, column) for column in REPORTED.columns))
            holding.DecisionFollower().follow(self.programme, {REPORTED: Difference([], [row])})
            if is_taken_back:
                made.delete()
                holding.DecisionFollower().follow(self.programme, {REPORTED: Difference([row], [])})

        for pk in self.actions:
            newest = ActionDecision.objects.filter(action_id=pk).order_by("decided_at", "pk").last()
            held = AgreedAction.objects.get(pk=pk)
            expected = (newest.outcome, newest.decided_on) if newest else ("", None)
            assert (held.outcome, held.decided_on) == expected

    def test_an_action_that_comes_after_its_decision_bears_it(self):
        first, *others = self.actions
        said(first, "done", 1)
        row = ACTION.row(*(getattr(AgreedAction.objects.get(pk=first), column) for column in ACTION.columns))
        ACTION.delete([first])
        ACTION.insert([row])
        assert AgreedAction.objects.get(pk=first).outcome == ""

        holding.DecisionFollower().follow(self.programme, {ACTION: Difference([row], [row])})

        assert AgreedAction.objects.get(pk=first).outcome == "done"
        assert not AgreedAction.objects.filter(pk__in=others).exclude(outcome="").exists()

    def test_all_are_put_right_when_everything_is_derived_again(self):
        said(self.actions[0], "dropped", 1)
        AgreedAction.objects.filter(pk=self.actions[1]).update(outcome="done", decided_on=NOON.date())

        holding.DecisionFollower().follow(self.programme, None)

        held = AgreedAction.objects.order_by("pk").values_list("pk", "outcome")
        assert dict(held) == dict(zip(self.actions, ["dropped", "", ""], strict=True))
