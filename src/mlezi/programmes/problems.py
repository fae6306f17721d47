"""What can go wrong with taking part and with roles."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from mlezi.plumbing.problems import Problem


class AlreadyEnrolled(Problem):
    status = 409
    code = "programmes.already_enrolled"
    message = noop("{person} already takes part as {part}, since {since}.")


class AlreadyEnded(Problem):
    status = 409
    code = "programmes.already_ended"
    message = noop("This ended on {on} already.")


class EndsBeforeItBegan(Problem):
    code = "programmes.ends_before_it_began"
    message = noop("It began on {began}; {ended} is before that. Correct the day.")


class AlreadyHasRole(Problem):
    status = 409
    code = "programmes.already_has_role"
    message = noop("{person} already has this role there, since {since}.")


class NoSuchRole(Problem):
    code = "programmes.no_such_role"
    message = noop("There is no role “{role}”. Choose one of: {roles}.")


class OverseesTooLittle(Problem):
    code = "programmes.oversees_too_little"
    message = noop(
        "An overseer of this programme looks after a place of the level “{level}” or above; {place} lies below it."
        " Choose the place above."
    )


class AlreadySite(Problem):
    status = 409
    code = "programmes.already_site"
    message = noop("{place} already takes part, since {since}.")


class NoSite(Problem):
    status = 409
    code = "programmes.no_site"
    message = noop("{place} does not take part now, so it cannot stop.")


class NotShareable(Problem):
    code = "programmes.not_shareable"
    message = noop("Only ratings and coaching records can be shared.")


class TakesNoPart(Problem):
    status = 409
    code = "programmes.takes_no_part"
    message = noop("{person} takes no part now, so it cannot end.")


class MayMoreThanYou(Problem):
    status = 403
    code = "programmes.may_more_than_you"
    message = noop("{person} may see or do more than you. Ask somebody with those rights, or the administrator.")


class GivesMoreThanYouHave(Problem):
    status = 403
    code = "programmes.gives_more_than_you_have"
    message = noop("The role “{role}” may more than you. Ask somebody who has it to give it.")
