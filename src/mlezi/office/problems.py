"""What can go wrong in the office's pages."""

from mlezi.plumbing.problems import Problem


class NoSuchRecord(Problem):
    status = 404
    code = "office.no_such_record"
    message = "There is no such record, or it is not yours to see."


class NoPlace(Problem):
    status = 404
    code = "office.no_place"
    message = "Your role names no place in this programme. Ask the programme manager to add one."


class NoVisits(Problem):
    status = 409
    code = "office.no_visits"
    message = "This programme has no encounter type on the mode “visit”. Add one to its blueprint and apply it."


class BadDay(Problem):
    status = 400
    code = "office.bad_day"
    message = "“{day}” is not a day. Write it as 2026-03-31."


class NoRouting(Problem):
    status = 501
    code = "office.no_routing"
    message = "Visit routes need PyVRP. Install Mlezi with its matching extra: pip install 'mlezi[matching]'."
