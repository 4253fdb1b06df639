"""Choosing a password by the link that was sent to somebody who was hired."""

from __future__ import annotations

import functools

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.directory.actions import choose_password
from wardroom.directory.rules import WELCOME
from wardroom.notices.queries import open_key
from wardroom.web.answers.views import without_account
from wardroom.web.edge import stamp_of
from wardroom.web.staff.forms import PasswordForm
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import go_on, page


@functools.partial(without_account, counted_as="wrong_welcome")
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password; the link works once, and looking at it changes nothing."""
    held = open_key(token, purpose=WELCOME, at=stamp_of(request).at)
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        email = submit(
            form,
            lambda given: choose_password(
                None, token=token, password=given["password"], stamp=stamp_of(request)
            ),
        )
        if email is not None:
            said = f"Your password is set. Sign in as {email}."
            return go_on(request, reverse("account_login"), said)
    return page(
        request,
        "staff/welcome.html",
        title="Choose your password",
        status=form.status,
        form=form,
        email=held.holder,
    )
