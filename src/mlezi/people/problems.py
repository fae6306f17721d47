"""What can go wrong with people, their posts and accounts."""

from __future__ import annotations

from django.utils.translation import gettext_noop as noop

from mlezi.plumbing.problems import NotFound, Problem


class NoSuchPerson(NotFound):
    code = "people.no_such_person"
    message = noop("There is no such person, or they are not yours to see.")


class NameMissing(Problem):
    code = "people.name_missing"
    message = noop("A person needs a name. Fill it in.")


class CodeTaken(Problem):
    status = 409
    code = "people.code_taken"
    message = noop("The staff number {code} already belongs to {person}. If both are one person, merge them.")


class AlreadyWorksThere(Problem):
    status = 409
    code = "people.already_works_there"
    message = noop("{person} already works at {place}. Nothing to transfer.")


class HasNoPost(Problem):
    status = 409
    code = "people.has_no_post"
    message = noop("{person} has no post that could end. Add where they work first.")


class EndsBeforeItBegan(Problem):
    code = "people.ends_before_it_began"
    message = noop("{person} began at {place} on {began}; {ended} is before that. Correct the day.")


class CannotMerge(Problem):
    status = 409
    code = "people.cannot_merge"
    message = noop("{one} and {other} cannot be merged: {reason}")


class CannotUnmerge(Problem):
    status = 409
    code = "people.cannot_unmerge"
    message = noop("This merge cannot be undone: {reason}")


class NoAccount(Problem):
    status = 409
    code = "people.no_account"
    message = noop("{person} has no account. Make one first.")


class LinkUsed(Problem):
    status = 410
    code = "people.link_used"
    message = noop("This link was used already, or is too old. Ask whoever gave it to you for a new one.")


class AccountClosed(Problem):
    status = 409
    code = "people.account_closed"
    message = noop("The account of {person} is closed. Open it again before making a link.")


SAME_ROW = noop("they are the same entry already.")
MERGED_BEFORE = noop("one of them was merged before. Merge the entries that are left.")
UNDONE_BEFORE = noop("it was undone already.")
MERGED_ELSEWHERE = noop("the entry was merged again since. Undo that merge first.")
