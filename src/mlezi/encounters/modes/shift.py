"""Somebody works a shift beside a preceptor or a peer."""

from django.utils.translation import gettext_lazy as _

from mlezi.encounters.mode import Mode

MODE = Mode(
    code="shift",
    title=_("Shift"),
    sentence=_("A shift is worked side by side."),
    at_a_place=True,
    longest_minutes=26 * 60,
    most_participants=15,
)
