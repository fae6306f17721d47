"""What is missing for a certificate, as people read it."""

from __future__ import annotations

from django.utils.translation import gettext

from mlezi.courses import rules


def missing_words(code: str) -> str:
    """One of `rules`' codes in words."""
    if code == rules.ATTENDANCE:
        return gettext("attendance")
    if code == rules.POST_TEST:
        return gettext("test after the course not taken")
    if code == rules.SCORE:
        return gettext("test after the course not passed")
    return gettext("must be passed: {what}").format(what=code.partition(":")[2])
