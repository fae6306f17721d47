"""What can go wrong when a figure is asked for."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mlezi.plumbing.problems import Problem


class NoSuchIndicator(Problem):
    status = 404
    code = "evaluation.no_such_indicator"
    message = _("There is no indicator {code}. Known are: {known}.")


class NoSuchBreakdown(Problem):
    status = 404
    code = "evaluation.no_such_breakdown"
    message = _("“{indicator}” cannot be broken down by {by}. It can by: {known}.")
