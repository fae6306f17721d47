"""Sites and a hub meet over a line, as in ECHO."""

from django.utils.translation import gettext_lazy as _

from mlezi.encounters.mode import Mode

MODE = Mode(
    code="tele-session",
    title=_("Tele-session"),
    sentence=_("People at several sites meet over telephone or video."),
    at_a_place=False,
    longest_minutes=8 * 60,
    most_participants=500,
)
