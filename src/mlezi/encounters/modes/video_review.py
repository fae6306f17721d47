"""Two people look at a recorded case together."""

from django.utils.translation import gettext_lazy as _

from mlezi.encounters.mode import Mode

MODE = Mode(
    code="video-review",
    title=_("Video review"),
    sentence=_("A recorded case is looked at and talked about."),
    at_a_place=False,
    longest_minutes=6 * 60,
    most_participants=10,
)
