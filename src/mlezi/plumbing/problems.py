"""What can go wrong, as data: a code, an HTTP status, and a sentence that says what to do next.

Every room lists its own in `problems.py`; `docs/reference/problems.md` is made from them.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.apps import apps
from django.utils.translation import gettext


class Problem(Exception):
    """Something a person asked for cannot be done. Subclasses are listed in the reference.

    `message` may name facts in braces; they are given when the problem is raised and are kept
    in `facts`, so that a page, the command line and the API can each show them their own way.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "problem"
    message: ClassVar[str] = "This cannot be done."

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __str__(self) -> str:
        said = gettext(self.message) if apps.ready else self.message  # the first are met before Django is there
        return said.format_map(_Kept(self.facts))


class _Kept(dict[str, Any]):
    """Leaves an unknown name in its braces rather than fail while telling of a failure."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class NotFound(Problem):
    """There is no such thing, or the person asking may not know of it: the answer is the same."""

    status = 404
    code = "not_found"
    message = "There is no such page, or it is not yours to see."


class NotAllowed(Problem):
    status = 403
    code = "not_allowed"
    message = "Your role does not allow this: {needed}. Ask the programme manager if it should."


class StalePage(Problem):
    status = 403
    code = "stale_page"
    message = (
        "The page was open for too long, or you signed in again meanwhile. Go back, load the page again, and send."
    )


class BadRequest(Problem):
    status = 400
    code = "bad_request"
    message = "What your browser sent cannot be read. Go back, load the page again, and try once more."


class NotByAddress(Problem):
    """Somebody opened, or loaded again, an address that only takes what a page's button sends."""

    status = 405
    code = "not_by_address"
    message = (
        "Nothing can be opened here: only a button of a page leads to it. Go back to that page and use the button."
    )
