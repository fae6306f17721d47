"""What can go wrong with who supports whom."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from mlezi.plumbing.problems import NotFound, Problem


class NoSuchPairing(NotFound):
    code = "pairing.no_such_pairing"
    message = noop("There is no such pair, or it is not yours to see.")


class AlreadyPaired(Problem):
    status = 409
    code = "pairing.already_paired"
    message = noop("{guide} already supports {learner}, since {since}.")


class NotThemselves(Problem):
    code = "pairing.not_themselves"
    message = noop("{person} cannot support themselves. Choose two people.")


class AlreadyEnded(Problem):
    status = 409
    code = "pairing.already_ended"
    message = noop("This pair ended on {on} already.")


class NotASponsor(Problem):
    code = "pairing.not_a_sponsor"
    message = noop("Only a sponsor's acts are kept here. Pair the two as sponsor and sponsored first.")


class EndsBeforeItBegan(Problem):
    code = "pairing.ends_before_it_began"
    message = noop("This pair began on {began}; {ended} is before that. Correct the day.")
