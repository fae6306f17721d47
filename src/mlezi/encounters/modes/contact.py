"""A call, a chat, a message: short contact between meetings."""

from django.utils.translation import gettext_lazy as _

from mlezi.encounters.mode import Mode

MODE = Mode(
    code="contact",
    title=_("Call or message"),
    sentence=_("A call, a chat or a message between meetings."),
    at_a_place=False,
    longest_minutes=6 * 60,
    most_participants=20,
    alone_possible=True,
)
