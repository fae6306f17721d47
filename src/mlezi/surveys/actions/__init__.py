"""Asking people: work out who is due, invite, remind, take links back, settle doubles."""

from mlezi.surveys.actions.asking import ask, mark_answered, remind, renew, revoke
from mlezi.surveys.actions.scheduling import bring_up_to_date
from mlezi.surveys.actions.settling import decide

__all__ = ["ask", "bring_up_to_date", "decide", "mark_answered", "remind", "renew", "revoke"]
