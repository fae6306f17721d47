"""A mentor comes to the site."""

from django.utils.translation import gettext_lazy as _

from mlezi.encounters.mode import Mode

MODE = Mode(
    code="visit",
    title=_("Visit"),
    sentence=_("Somebody comes to the site and works with the people there."),
    at_a_place=True,
    longest_minutes=16 * 60,
    most_participants=40,
)
