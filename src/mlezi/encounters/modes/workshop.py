"""Many learn together in one room: a course, an orientation, a refresher."""

from django.utils.translation import gettext_lazy as _

from mlezi.encounters.mode import Mode

MODE = Mode(
    code="workshop",
    title=_("Workshop"),
    sentence=_("People are trained together, for hours or days."),
    at_a_place=False,
    longest_minutes=14 * 24 * 60,
    most_participants=500,
)
