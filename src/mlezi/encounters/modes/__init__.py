"""The modes of meeting there are. A new kind of meeting needs no mode: a blueprint declares it on one of these."""

from mlezi.encounters.mode import Mode
from mlezi.encounters.modes import contact, shift, tele_session, video_review, visit, workshop

MODES: tuple[Mode, ...] = (
    visit.MODE,
    tele_session.MODE,
    video_review.MODE,
    shift.MODE,
    workshop.MODE,
    contact.MODE,
)
BY_CODE: dict[str, Mode] = {mode.code: mode for mode in MODES}
