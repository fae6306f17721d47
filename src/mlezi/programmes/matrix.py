"""How far each permission of each role reaches, in words: the page *who sees what* and its reference are made of it."""

from __future__ import annotations

from enum import Enum

from django.utils.translation import gettext_noop as noop

from mlezi.programmes.permissions import ABOUT_ONESELF, SHAREABLE, Permission, Role


class Reach(Enum):
    """From least to most. Everybody reaches themselves in `ABOUT_ONESELF`."""

    NOTHING = 0
    ONESELF = 1
    GUIDED = 2  # oneself and the people one guides now
    PLACES = 3  # everything in the part of the tree that the role was given for


WORDS: dict[Reach, tuple[str, str]] = {
    Reach.NOTHING: (noop("no"), ""),
    Reach.ONESELF: (noop("about themselves"), ""),
    Reach.GUIDED: (noop("their mentees"), "note"),
    Reach.PLACES: (noop("their part"), "good"),
}


def reach(role: type[Role], permission: Permission) -> Reach:
    """How far the role reaches; what somebody shares comes on top, for the permissions in `SHAREABLE`."""
    if role.allows(permission):
        return Reach.PLACES
    if permission in role.of_guided:
        return Reach.GUIDED
    return Reach.ONESELF if permission in ABOUT_ONESELF else Reach.NOTHING


def can_be_shared(permission: Permission) -> bool:
    return permission in SHAREABLE
