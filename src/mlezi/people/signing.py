"""The forms of signing in with our words and our look; what they do is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django.utils.translation import gettext_lazy as _

LABELS = {
    "login": _("Name to sign in with, or e-mail"),
    "password": _("Password"),
    "remember": _("Stay signed in on this device"),
    "oldpassword": _("Password now"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
}


class Ours:
    """Labels and classes of ours; no placeholder repeats a label."""

    fields: dict[str, Any]

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name, field in self.fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            is_box = getattr(field.widget, "input_type", "") == "checkbox"
            field.widget.attrs["class"] = "form-check-input" if is_box else "form-control"


class SignIn(Ours, account.LoginForm):  # type: ignore[misc]
    """Name and password."""


class ChangePassword(Ours, account.ChangePasswordForm):  # type: ignore[misc]
    """The old one and the new one twice."""


class SetPassword(Ours, account.SetPasswordForm):  # type: ignore[misc]
    """The first one, twice."""


class Again(Ours, account.ReauthenticateForm):  # type: ignore[misc]
    """The password once more."""


class SecondFactor(Ours, mfa.AuthenticateForm):  # type: ignore[misc]
    """A code besides the password."""


class SecondFactorAgain(Ours, mfa.ReauthenticateForm):  # type: ignore[misc]
    """A code once more."""


class SetUpApp(Ours, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The first code an app shows."""
