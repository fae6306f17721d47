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
