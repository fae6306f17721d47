"""What can go wrong in a round of matching."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from mlezi.plumbing.problems import NotFound, Problem


class NoSuchRound(NotFound):
    code = "matching.no_such_round"
    message = noop("There is no such round, scenario or request, or it is not yours to see.")


class NobodyToMatch(Problem):
    code = "matching.nobody_to_match"
    message = noop("A round needs mentees and mentors; here are {mentees} and {mentors}. Enrol people first.")


class IsPublished(Problem):
    status = 409
    code = "matching.is_published"
    message = noop("This round was published already. Start another one for those who are still waiting.")


class NotFinished(Problem):
    status = 409
    code = "matching.not_finished"
    message = noop("Scenario {number} has no answer yet. Wait until it is ready, or take the best so far.")


class NoPolicySigned(Problem):
    status = 409
    code = "matching.no_policy_signed"
    message = noop(
        "Nobody has signed what this programme does with identity. The programme manager signs it first; "
        "then the round can be published."
    )


class PolicyForbids(Problem):
    status = 409
    code = "matching.policy_forbids"
    message = noop("The programme's policy does not allow this: {policy}.")


class Stale(Problem):
    status = 409
    code = "matching.stale"
    message = noop("Since this scenario was worked out, {what} changed. Run it again and look before publishing.")


class MayNotBePaired(Problem):
    status = 409
    code = "matching.may_not_be_paired"
    message = noop("{mentee} and {mentor} cannot be put together: {why}")


class AnsweredAlready(Problem):
    status = 409
    code = "matching.answered_already"
    message = noop("This request was answered already, or its last day has passed.")


class NotOpen(Problem):
    status = 409
    code = "matching.not_open"
    message = noop("{mentor} takes nobody at the moment. Say that you are open again, or decline.")


class NoPlace(Problem):
    status = 409
    code = "matching.no_place"
    message = noop(
        "{mentor} has no place left: {held} people already, {places} at most. Raise the number of places or decline."
    )


class NotYourAnswer(Problem):
    status = 403
    code = "matching.not_your_answer"
    message = noop("Only {mentor} answers this request.")


class UnknownSlot(Problem):
    code = "matching.unknown_slot"
    message = noop("“{slot}” is no time of the week. Choose from the list.")
