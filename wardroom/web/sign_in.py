"""Signing in: accounts are made by the office, never by a stranger."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base import views as mfa_views
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.access.gate import guard_pass
from wardroom.access.queries import is_let_in
from wardroom.api.limits import turn, turn_back
from wardroom.directory.actions import change_password
from wardroom.directory.queries.factors import get_own_user
from wardroom.kernel.errors import Refused
from wardroom.web.edge import may_come_before_factor, stamp_of, today_of
from wardroom.web.factors import views as factors
from wardroom.web.factors.stepping import confirm, needs_proof, needs_proof_to_see
from wardroom.web.guesses import COUNTED_AS, guesses, know_browser
from wardroom.web.presence import begin
from wardroom.web.ui.forms import NOT_ACCEPTED, SLOW_DOWN, speak_plainly
from wardroom.web.ui.page import is_local_path

TOO_SLOW = "That took longer than the password counts. Give it once more."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks, as this house wants them."""

    error_messages = {  # noqa: RUF012
        **DefaultAccountAdapter.error_messages,
        "enter_current_password": "This is not your password.",
        "too_many_login_attempts": (
            "Too many failed login attempts. Wait a quarter of an hour, then try again."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Signing in leads to a page of this site, named by its path; to no other host of ours."""
        return bool(url) and is_local_path(url)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Check a password; an old hash is renewed on the way.

        Whose sign-in is closed or has ended is answered as if the password were wrong. What was
        right is counted as no guess.
        """
        login = str(credentials.get("email") or credentials.get("username") or "")
        rates = guesses(request, login)
        if turn(request, COUNTED_AS, rates).wait:
            raise self.validation_error("too_many_login_attempts")
        with guard_pass("sign-in"):
            user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if not is_let_in(user, on=today_of(request)):
            return None
        turn_back(request, COUNTED_AS, rates)
        return user

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Guesses were counted before; allauth's own count would let strangers shut people out."""
        self._login_failed_rl_usage = None

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Sign somebody in and note when."""
        with guard_pass("sign-in"):
            super().login(request, user)
        begin(request, stamp_of(request).at)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **given: Any
    ) -> HttpResponse:
        """Lead on, and know this browser the next time."""
        answer: HttpResponse = super().post_login(request, user, **given)
        know_browser(request, answer, str(user.get_username()))
        return answer

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Give whoever is signed in a new password."""
        stamp = stamp_of(context.request)
        own = get_own_user(stamp.actor)
        try:
            changed = change_password(own, password=password, stamp=stamp)
        except Refused as no:  # what the form looked at already
            raise ValidationError(no.sentence) from no
        user.password = changed.password

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_security")


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
            speak_plainly(field)


@login_not_required
def closed(request: HttpRequest, **_: str) -> HttpResponse:
    """A door that this house keeps shut: accounts are not made or recovered from outside."""
    raise Http404


@login_not_required
def second(request: HttpRequest) -> HttpResponse:
    """The second factor, after the password; nobody is signed in before.

    Whoever starts again, or took longer than the password counts, still comes to where they
    wanted to go.
    """
    answer = _with_status(request, mfa_views.authenticate(request))
    stage = getattr(request, "_login_stage", None)
    if stage is None and request.method == "POST" and not request.user.is_authenticated:
        messages.warning(request, TOO_SLOW)
        answer = redirect_to_login(request.POST.get("next") or "/")
    elif (shown := getattr(answer, "context_data", None)) is not None:
        shown["next"] = stage.login.redirect_url or "" if stage is not None else ""
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs_proof_to_see
@needs_proof
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password."""
    return _with_status(request, allauth_views.password_change(request))


def _with_status(request: HttpRequest, answer: Any) -> HttpResponse:
    """A form of allauth's that stays open says so by its status, as every form here does."""
    said = getattr(answer, "context_data", None)
    if request.method == "POST" and answer.status_code == 200 and said is not None:
        shown = [said.get(name) for name in ("form", "webauthn_form")]
        errors = [form.errors.as_data() for form in shown if form is not None]
        codes = {one.code for found in errors for each in found.values() for one in each}
        answer.status_code = SLOW_DOWN if "too_many" in codes else NOT_ACCEPTED
    given: HttpResponse = answer
    return given


@login_not_required
@may_come_before_factor
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, and have the browser let go of all that it kept for work without a network."""
    answer: HttpResponse = allauth_views.logout(request)
    if request.method == "POST":
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
        answer.delete_cookie(settings.SEEN_COOKIE_NAME)
    return answer


@may_come_before_factor
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Somebody is at the screen; that this was asked is all there is to it."""
    return HttpResponse("here\n", content_type="text/plain")


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
    path("logout/", sign_out, name="account_logout"),
    path("here/", here, name="account_here"),
    path("reauthenticate/", confirm, name="account_reauthenticate"),
    path("second/", second, name="mfa_authenticate"),
    path("security/", factors.overview, name="account_security"),
    path("security/app/", factors.app, name="account_app"),
    path("security/key/", factors.key, name="account_key"),
    path("security/codes/", factors.codes, name="account_codes"),
    path("security/<id:factor_id>/remove/", factors.remove, name="account_remove_factor"),
    path("password/", password, name="account_change_password"),
    *(path(route, closed, name=name) for name, route in CLOSED.items()),
]
