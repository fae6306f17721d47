"""Competencies at or above the level to reach: the latest rating by somebody else holds."""

from datetime import date


def test_the_latest_rating_holds_and_one_of_two_reaches_the_level(world, records, ask):
    ventilates, washes = records.competency("newborn", "bag_mask"), records.competency("infection", "hands")
    records.rating(world.baraka, ventilates, 4, date(2026, 1, 5), place=world.igoma)
    records.rating(world.baraka, ventilates, 2, date(2026, 2, 5), place=world.igoma)
    records.rating(world.baraka, washes, 3, date(2026, 2, 5), place=world.igoma)
    records.rating(world.baraka, ventilates, 4, date(2026, 2, 6), place=world.igoma, is_own=True)

    figure = ask("at_level", by="topic")

    assert (figure.value, figure.numbers.n, figure.numbers.of) == (0.5, 1, 2)
    assert {key: part.value for key, part in figure.parts.items()} == {"newborn": 0.0, "infection": 1.0}
    assert ask("at_level", end=date(2026, 2, 1)).value == 1.0  # as it stood at the end of January


def test_nobody_rated_is_no_data(world, records, ask):
    figure = ask("at_level")

    assert (figure.value, figure.numbers.of, figure.numbers.missing) == (None, 0, 0)


def test_small_groups_are_hidden_from_those_who_may_not_see_records(world, records, ask):
    skill = records.competency("newborn", "bag_mask")
    for i, level in enumerate((1, 1, 1, 1, 1, 4, 4, 4, 4, 4, 4)):
        records.rating(records.mentee(f"M{i}", world.igoma), skill, level, date(2026, 2, 5), place=world.igoma)
    records.rating(world.baraka, skill, 4, date(2026, 2, 5), place=world.kisesa)

    figure = ask("at_level", by="facility", reveal=False)

    assert figure.numbers.of == 12
    assert [part.is_hidden for part in figure.parts.values()] == [True, True]  # Kisesa is one; Igoma would give it away
    assert figure.parts[world.igoma.pk].value is None
