"""The door that a one-time link opens. Looking at the link does not use it up; the button does."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mlezi.office import touring
from mlezi.people.actions import accounts
from mlezi.programmes.doors import public


@public
def page(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    account = accounts.account_behind(uid, token)
    if request.method != "POST":  # mail and chat programs look at links before people do
        return render(request, "office/entering.html", {"account": account})
    is_looking_around = touring.guide() is not None  # nobody comes back to a demonstration with a password
    to = "/" if account.has_usable_password() or is_looking_around else reverse("account_set_password")
    # allauth asks for the second factor of whoever set one up
    answer: HttpResponse = perform_login(request, account, email_verification="none", redirect_url=to)
    return answer
