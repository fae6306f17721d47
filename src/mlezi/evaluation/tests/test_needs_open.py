"""Needs open at the end of a period."""

from datetime import date

JANUARY = date(2026, 1, 5)


def test_one_of_three_is_open(world, records, ask):
    records.need(world.igoma, "bag_mask", JANUARY)
    records.need(world.igoma, "gloves", JANUARY, met=date(2026, 3, 1))
    decided = records.need(world.kisesa, "suction", JANUARY)
    records.decide_need(decided, "met", date(2026, 2, 1))

    figure = ask("needs_open", by="item")

    assert (figure.value, figure.numbers.of) == (1.0, 3)
    assert {key: part.n for key, part in figure.parts.items()} == {"bag_mask": 1, "gloves": 0, "suction": 0}


def test_the_newest_decision_holds(world, records, ask):
    need = records.need(world.igoma, "bag_mask", JANUARY)
    records.decide_need(need, "met", date(2026, 2, 1))
    records.decide_need(need, "reopened", date(2026, 2, 2))

    assert ask("needs_open").value == 1.0


def test_a_mistake_is_no_need_and_no_need_is_no_data(world, records, ask):
    records.decide_need(records.need(world.igoma, "bag_mask", JANUARY), "wrong", date(2026, 2, 1))

    assert ask("needs_open").value is None


def test_a_need_met_after_the_period_was_open_in_it(world, records, ask):
    records.need(world.igoma, "bag_mask", JANUARY, met=date(2026, 4, 1))

    assert ask("needs_open").value == 1.0
    assert ask("needs_open", end=date(2026, 4, 2)).value == 0.0
