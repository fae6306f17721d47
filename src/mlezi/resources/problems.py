"""What can go wrong with needs and costs."""

from mlezi.plumbing.problems import Problem


class NoSuchNeed(Problem):
    status = 404
    code = "resources.no_such_need"
    message = "There is no such need, or it is not yours to see."


class UnknownOutcome(Problem):
    status = 400
    code = "resources.unknown_outcome"
    message = "A need can be marked met, wrong or open again; “{outcome}” is none of these."


class BadAmount(Problem):
    status = 400
    code = "resources.bad_amount"
    message = "“{amount}” is not an amount of money. Write a number above 0, as in 60000."
