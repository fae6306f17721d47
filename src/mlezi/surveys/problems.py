"""What can go wrong when people are asked."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mlezi.plumbing.problems import NotFound, Problem


class NoSuchInvitation(NotFound):
    status = 404
    code = "surveys.no_such_invitation"
    message = _("This code opens nothing. Look at it once more, or ask whoever invited you for a new one.")


class NoLongerOpen(Problem):
    status = 410
    code = "surveys.no_longer_open"
    message = _("This invitation is closed. Ask whoever invited you if you still want to answer.")


class AnsweredAlready(Problem):
    status = 409
    code = "surveys.answered_already"
    message = _("This link was used already, and it works once. Your answers of then are safe. Thank you.")


class TooManyTries(Problem):
    status = 429
    code = "surveys.too_many_tries"
    message = _("Too many codes were tried from here. Wait ten minutes, then try again.")


class NoSuchInstrument(NotFound):
    status = 404
    code = "surveys.no_such_instrument"
    message = _("There is no such questionnaire or test in this programme.")


class SaysAnother(Problem):
    status = 409
    code = "surveys.says_another"
    message = _("The record names another person or time point than this link is for. Open the link again.")


class NotThisForm(Problem):
    status = 409
    code = "surveys.not_this_form"
    message = _("This link is for another form than “{form}”. Open the link again.")
