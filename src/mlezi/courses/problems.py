"""What can go wrong with courses and certificates."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from mlezi.plumbing.problems import NotFound, Problem


class NoSuchCourse(NotFound):
    status = 404
    code = "courses.no_such_course"
    message = _("There is no such course in this programme.")


class CodeTaken(Problem):
    status = 409
    code = "courses.code_taken"
    message = _("A course held here is already called “{code}”. Choose another short name.")


class EndsBeforeItBegins(Problem):
    code = "courses.ends_before_it_begins"
    message = _("The last day lies before the first.")


class NothingToIssue(Problem):
    status = 409
    code = "courses.nothing_to_issue"
    message = _("Nobody here has everything the certificate asks for, or they have it already.")
