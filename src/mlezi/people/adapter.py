"""How django-allauth behaves here: nobody signs up by themselves; a coordinator makes accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from mlezi.people.queries import accounts


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
