"""Accounts and the one-time links that open them. Nobody is ever given a password."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.db import transaction
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from mlezi.audit import actions as audit
from mlezi.people import problems
from mlezi.people.models import Account, Person


class _Links(PasswordResetTokenGenerator):
    """A token dies with the sign-in it allows, because it is made from the last one; and after a few days."""

    key_salt = "mlezi.people.sign_in_link"


_links = _Links()


@transaction.atomic
def open_account(*, person: Person, by: audit.Actor, at: datetime, username: str = "") -> Account:
    """The person's account, made when there is none: no password, until they choose one themselves."""
    existing = Account.objects.select_for_update().filter(person=person).first()
    if existing:
        return existing
    account = Account(username=_free(username or person.name), email=person.email, person=person, date_joined=at)
    account.set_unusable_password()
    account.save()
    audit.record("account.opened", account, by=by, at=at, facts={"person": str(person.uid)})
    return account


@transaction.atomic
def sign_in_link(*, person: Person, by: audit.Actor, at: datetime) -> tuple[str, str]:
    """The two parts of a link that signs the person in once; for whoever hands it over in person."""
    account = open_account(person=person, by=by, at=at)
    if not account.is_active:
        raise problems.AccountClosed(person=person)
    audit.record("account.link_made", account, by=by, at=at)
    return urlsafe_base64_encode(force_bytes(account.pk)), _links.make_token(account)


@transaction.atomic
def close(*, person: Person, by: audit.Actor, at: datetime) -> Account:
    """Nobody signs in with it any more: sessions and links end, and a lost second factor is forgotten.

    Raises `NoAccount`.
    """
    account = _of(person)
    account.is_active = False
    account.set_unusable_password()  # sessions carry a hash of it, so they end
    account.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=account).delete()
    audit.record("account.closed", account, by=by, at=at, facts={"person": str(person.uid)})
    return account


@transaction.atomic
def reopen(*, person: Person, by: audit.Actor, at: datetime) -> Account:
    """The person may sign in again, by a new link. Raises `NoAccount`."""
    account = _of(person)
    account.is_active = True
    account.save(update_fields=["is_active"])
    audit.record("account.reopened", account, by=by, at=at, facts={"person": str(person.uid)})
    return account


def _of(person: Person) -> Account:
    account = Account.objects.select_for_update().filter(person=person).first()
    if account is None:
        raise problems.NoAccount(person=person)
    return account


def account_behind(uid: str, token: str) -> Account:
    """Whose link this is. Raises `LinkUsed` when it was used, is too old, or was never made."""
    try:
        account = Account.objects.select_related("person").get(pk=force_str(urlsafe_base64_decode(uid)), is_active=True)
    except (Account.DoesNotExist, ValueError, OverflowError) as error:
        raise problems.LinkUsed from error
    if not _links.check_token(account, token):
        raise problems.LinkUsed
    return account


def _free(wish: str) -> str:
    """A short name of plain letters that nobody has yet."""
    plain = unicodedata.normalize("NFKD", wish).encode("ascii", "ignore").decode().lower()
    stem = ".".join("".join(c if c.isalnum() else " " for c in plain).split())[:120] or "person"
    taken = set(Account.objects.filter(username__startswith=stem).values_list("username", flat=True))
    return next(name for name in (stem, *(f"{stem}{n}" for n in range(2, len(taken) + 3))) if name not in taken)
