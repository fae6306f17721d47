"""Hours of support per mentee."""

from datetime import date

from mlezi.people.models import Post


def test_median_and_quartiles_of_four_mentees(world, records, ask):
    """Baraka 3 h, Grace 2 h, Hamisi 1 h, Imani 0 h: the median is 1.5 and the quartiles 0.75 and 2.25."""
    grace, hamisi, _imani = (records.mentee(name, world.igoma) for name in ("Grace", "Hamisi", "Imani"))
    records.encounter(world.igoma, date(2026, 1, 10), world.baraka, grace, minutes=120)
    records.encounter(world.igoma, date(2026, 2, 10), world.baraka, hamisi, minutes=60)
    records.encounter(world.igoma, date(2026, 4, 1), world.baraka, minutes=600)  # the next quarter

    figure = ask("dose_hours")

    assert (figure.value, figure.numbers.q1, figure.numbers.q3) == (1.5, 0.75, 2.25)
    assert (figure.numbers.n, figure.numbers.total) == (4, 6.0)


def test_unknown_length_is_missing_and_no_meeting_is_nought(world, records, ask):
    records.encounter(world.igoma, date(2026, 1, 10), world.baraka, minutes=None)
    records.mentee("Grace", world.igoma)

    figure = ask("dose_hours")

    assert (figure.value, figure.numbers.n, figure.numbers.missing) == (0.0, 1, 1)


def test_the_minutes_of_a_person_stand_before_those_of_the_meeting(world, records, ask):
    meeting = records.encounter(world.igoma, date(2026, 1, 10), minutes=120)
    records.seat(meeting, world.baraka, minutes=30)

    assert ask("dose_hours").value == 0.5


def test_somebody_who_moved_counts_where_they_are_now_and_once(world, records, ask):
    Post.objects.filter(person=world.baraka).update(to_on=date(2026, 2, 1))
    Post.objects.create(person=world.baraka, place=world.kisesa, from_on=date(2026, 2, 2))
    records.encounter(world.igoma, date(2026, 1, 10), world.baraka, minutes=60)

    assert ask("dose_hours", world.nyamagana).value is None
    assert ask("dose_hours", world.magu).value == 1.0
    assert ask("dose_hours").numbers.n == 1
