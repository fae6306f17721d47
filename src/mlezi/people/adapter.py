"""How django-allauth behaves here: nobody signs up by themselves; a coordinator makes accounts."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from mlezi.people.queries import accounts

log = logging.getLogger(__name__)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class OrganisationAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in through the organisation's own OpenID Connect server."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """The first time, find the invited person by an e-mail address that the server says it verified."""
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        account = accounts.invited_as(verified)
        if account is not None:
            sociallogin.connect(request, account)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **what: Any) -> None:
        """The page says that it did not work; why is for whoever keeps the installation."""
        told = what.get("exception") or request.GET.get("error") or what.get("error")
        log.warning(
            "Signing in through %s did not work: %s. `mlezi doctor` looks at the settings.", provider.name, told
        )
