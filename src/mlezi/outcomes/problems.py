"""What can go wrong with outcomes of people."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mlezi.plumbing.problems import Problem


class SaysNothing(Problem):
    code = "outcomes.says_nothing"
    message = _("Fill in a day or the day it is due, and a value or a title.")


class KnownAlready(Problem):
    status = 409
    code = "outcomes.known_already"
    message = _("The same outcome of {person} on that day is here already.")
