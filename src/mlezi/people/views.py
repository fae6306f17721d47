"""Doors of signing in that the accounts' library leaves open to faults of others."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponseBase

from mlezi.people.openid import FAULTS


def organisation(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """On to the organisation's server. That it is away or its address is wrong is told as such: not our mistake."""
    try:
        return views.login(request, provider_id)  # type: ignore[no-any-return]
    except FAULTS as error:
        provider = get_adapter().get_provider(request, provider_id)
        return render_authentication_error(request, provider, exception=error)  # type: ignore[no-any-return]


organisation.door = "public"  # type: ignore[attr-defined] # as `programmes.doors` marks it, which stands above this room
