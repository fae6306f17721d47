"""What can go wrong with goals and agreed actions."""

from mlezi.plumbing.problems import Problem


class NoSuchAction(Problem):
    status = 404
    code = "goals.no_such_action"
    message = "There is no such agreed action, or it is not yours to see."


class UnknownOutcome(Problem):
    status = 400
    code = "goals.unknown_outcome"
    message = "An action can be marked done, dropped or open again; “{outcome}” is none of these."
