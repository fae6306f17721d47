"""Every view names who may come in: `needs(permission)`, `signed_in` or `public`.

A programme that is not theirs does not exist for the person asking: the answer is 404, as for a
name nobody gave. A view behind `needs` gets `request.person`, `request.programme`, `request.scope`
(for that permission) and `request.permissions` (for menus), and no `programme` argument.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from mlezi.people.models import Person
from mlezi.places.scope import Scope
from mlezi.plumbing.problems import NotAllowed, NotFound
from mlezi.programmes import queries
from mlezi.programmes.models import Programme
from mlezi.programmes.permissions import Permission

View = Callable[..., HttpResponseBase]


class Request(HttpRequest):
    """A request as views behind `needs` see it (for types; Django makes the object)."""

    person: Person
    programme: Programme
    scope: Scope
    permissions: frozenset[Permission]


def marked(view: View, door: str) -> View:
    """Write on a view who may come in, for the architecture test and the reference page."""
    view.door = door  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    """Anybody may come in, signed in or not."""
    return marked(view, "public")


def signed_in(view: View) -> View:
    """Whoever is signed in as a person."""

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return _to_sign_in(request) or view(request, *args, **kwargs)

    return marked(guarded, "signed in")


def needs(permission: Permission) -> Callable[[View], View]:
    """Whoever holds the permission in the programme that the address names."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, programme: str, **kwargs: Any) -> HttpResponseBase:
            turned_away = _to_sign_in(request)
            if turned_away:
                return turned_away
            enter(request, programme, permission)
            return view(request, *args, **kwargs)

        return marked(guarded, permission.value)

    return decorate


def takes_part(view: View) -> View:
    """Whoever has any role in the programme that the address names; `request.scope` is not set."""

    @wraps(view)
    def guarded(request: Request, *args: Any, programme: str, **kwargs: Any) -> HttpResponseBase:
        turned_away = _to_sign_in(request)
        if turned_away:
            return turned_away
        enter(request, programme, None)
        return view(request, *args, **kwargs)

    return marked(guarded, "any role")


def enter(request: Request, code: str, permission: Permission | None) -> None:
    """Set programme, permissions and scope on the request. Raises `NotFound` or `NotAllowed`."""
    programme = Programme.objects.select_related("place").filter(code=code).first()
    if programme is None or not queries.roles_of(request.person, programme):
        raise NotFound
    request.programme = programme
    request.permissions = queries.permissions_of(request.person, programme)
    if permission is None:
        return
    request.scope = queries.scope_of(request.person, permission, programme=programme)
    if request.scope.sees_nothing:
        raise NotAllowed(needed=permission.value)


def _to_sign_in(request: Request) -> HttpResponse | None:
    if getattr(request, "person", None) is None:
        return redirect_to_login(request.get_full_path())
    return None
