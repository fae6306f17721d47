"""What can go wrong with places."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from mlezi.plumbing.problems import NotFound, Problem


class NoSuchPlace(NotFound):
    code = "places.no_such_place"
    message = noop("There is no such place, or it is not yours to see.")


class CodeTaken(Problem):
    status = 409
    code = "places.code_taken"
    message = noop("The code {code} already belongs to {place}. Choose another one.")


class BadCode(Problem):
    code = "places.bad_code"
    message = noop("“{code}” cannot be a code. Use letters, digits, dots and dashes only, at most 60.")


class WrongLevel(Problem):
    code = "places.wrong_level"
    message = noop("{parent} cannot hold {name}: a place lies inside one of a higher level.")


class NotYourPart(Problem):
    status = 403
    code = "places.not_your_part"
    message = noop("{place} lies outside the part of the country you look after. Ask the programme manager.")


class ClosesBeforeItOpens(Problem):
    code = "places.closes_before_it_opens"
    message = noop("{place} opened on {opened}; it cannot have closed on {closed}. Correct one of the two days.")


class BadPosition(Problem):
    code = "places.bad_position"
    message = noop("Give both latitude (-90 to 90) and longitude (-180 to 180), in degrees, or neither.")


class BadOutlines(Problem):
    code = "places.bad_outlines"
    message = noop("The file holds no outlines we can use: {reason}")
