"""Accounts, found by what somebody else knows of a person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q

from mlezi.people.models import Account


def invited_as(addresses: Sequence[str]) -> Account | None:
    """The open account of the one person whose coordinator wrote down one of these e-mail addresses.

    An address that two people share says nothing about either: None. Whoever signs in may change the address of
    an account, not that of the person, so only the latter is believed.
    """
    if not addresses:
        return None
    named = reduce(or_, (Q(person__email__iexact=address) for address in addresses))
    found = list(Account.objects.filter(named, is_active=True)[:2])
    return found[0] if len(found) == 1 else None
