"""The door that a one-time link opens. Looking at the link does not use it up; the button does."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mlezi.people.actions import accounts
from mlezi.programmes.doors import public


@public
def page(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    account = accounts.account_behind(uid, token)
    if request.method != "POST":  # mail and chat programs look at links before people do
        return render(request, "office/entering.html", {"account": account})
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect("/")
