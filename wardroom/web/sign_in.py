"""Signing in: accounts are made by the office, never by a stranger."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path

from wardroom.access.gate import guard_pass


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks, as this house wants them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password; an old hash is renewed on the way.

        Whose sign-in is closed is answered as if the password were wrong.
        """
        with guard_pass("sign-in"):
            user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in and note when."""
        with guard_pass("sign-in"):
            super().login(request, user)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Give somebody a new password."""
        with guard_pass("change of password"):
            super().set_password(user, password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/"


class SignInForm(LoginForm):  # type: ignore[misc]
    """E-mail and password, with labels that say so and nothing else."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, hint in (
            ("login", "E-mail address", "username"),
            ("password", "Password", "current-password"),
        ):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs = {"autocomplete": hint}


@login_not_required
def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """A door that this house keeps shut: accounts are not made or recovered from outside."""
    raise Http404


CLOSED = {
    "account_signup": "signup/",
    "account_email": "email/",
    "account_email_verification_sent": "confirm-email/",
    "account_confirm_email": "confirm-email/<str:key>/",
    "account_set_password": "password/set/",
    "account_reset_password": "password/reset/",
    "account_reset_password_done": "password/reset/done/",
    "account_reset_password_from_key": "password/reset/key/<str:uidb36>-<str:key>/",
    "account_reset_password_from_key_done": "password/reset/key/done/",
    "account_confirm_login_code": "login/code/confirm/",
    "account_request_login_code": "login/code/",
    "account_inactive": "inactive/",
}

urlpatterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/", allauth_views.password_change, name="account_change_password"),
    *(path(route, closed, name=name) for name, route in CLOSED.items()),
]
