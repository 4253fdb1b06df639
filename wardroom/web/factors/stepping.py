"""Showing anew that it is you, before what would hurt most in a stranger's hands.

A sign-in counts for a quarter of an hour. After that a form is held, with all that was typed,
until the password or a second factor is given; then it goes on as if nothing had been.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.mfa.webauthn.internal import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from wardroom.access.gate import guard_pass
from wardroom.directory.actions import note_factor_used, use_code, write_form_down
from wardroom.directory.queries.factors import get_own_user, sign_in_sheet
from wardroom.web.edge import actor_of, holds_nothing, may_come_before_factor, stamp_of
from wardroom.web.factors.forms import (
    TOO_MANY,
    WRONG_KEY,
    ConfirmForm,
    TooManyTries,
    key_that_signed,
    take_try,
    why_no_code_fits,
)
from wardroom.web.form_marks import HELD_MARK, MARK, mark_of
from wardroom.web.guesses import COUNTED_AS, FACTORS_AS
from wardroom.web.once import done_meanwhile
from wardroom.web.presence import PROVED, is_within, move_on
from wardroom.web.ui.forms import NOT_ACCEPTED
from wardroom.web.ui.page import is_local_path, page

View = Callable[..., HttpResponse]
LASTS = 15 * 60
OWN = "confirm"
NOT_CARRIED = (MARK, "credential")


def prove(request: HttpRequest, at: datetime) -> None:
    """Note that it is them, now; with the answer the session goes on under a new number."""
    request.session[PROVED] = int(at.timestamp())
    move_on(request)


def is_proved(request: HttpRequest, at: datetime) -> bool:
    """Whether they showed a short while ago that it is them."""
    return is_within(LASTS, request.session.get(PROVED, 0), at)


def needs_proof(view: View) -> View:
    """Whoever sends this form has shown within a quarter of an hour that it is them.

    Else they are asked to, and what they filled in is carried along: all but passwords, which
    no page shows, and what a key said to a question that another one takes the place of.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        sends = request.method == "POST" and actor_of(request).user_id is not None
        if not sends or is_proved(request, stamp_of(request).at):
            return view(request, *args, **kwargs)
        sent = any(name.startswith(f"{OWN}-") for name in request.POST)
        form = confirm_form(request, sent=sent)
        if sent and is_them(request, form):
            return view(request, *args, **kwargs)
        if sent and (done := _clicked_twice(request, form)):
            return done
        carried = [(HELD_MARK, mark_of(request))] + [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if is_carried(name)
        ]
        return _ask(request, form, carried, request.get_full_path())

    return answer


def _clicked_twice(request: HttpRequest, form: ConfirmForm) -> HttpResponse | None:
    """Where the first of two clicks led, if it used up the code of the second; else nothing."""
    used = "code" in form.fields and form.status == NOT_ACCEPTED
    return done_meanwhile(request) if used else None


def needs_proof_to_see(view: View) -> View:
    """The same for what one opens by a link: they are sent to show that it is them."""

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        opens = request.method in {"GET", "HEAD"} and actor_of(request).user_id is not None
        if not opens or is_proved(request, stamp_of(request).at):
            return view(request, *args, **kwargs)
        return _ask(request, confirm_form(request, sent=False), [("next", request.get_full_path())])

    return answer


def is_carried(name: str) -> bool:
    """Whether what was filled in under a name is kept on the page that asks who it is."""
    return not (name in NOT_CARRIED or "password" in name or name.startswith(f"{OWN}-"))


@may_come_before_factor
@holds_nothing
def confirm(request: HttpRequest) -> HttpResponse:
    """Show that it is you, then go on to where you were."""
    form = confirm_form(request, sent=request.method == "POST")
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and is_them(request, form):
        write_form_down()
        good = is_local_path(wanted)
        return HttpResponseRedirect(wanted if good else "/")
    if request.method == "POST" and (done := _clicked_twice(request, form)):
        return done
    return _ask(request, form, [("next", wanted)] if wanted else [])


def confirm_form(request: HttpRequest, *, sent: bool) -> ConfirmForm:
    """The form that asks for a second factor, or for the password where there is none."""
    sheet = sign_in_sheet(actor_of(request))
    return ConfirmForm(request.POST if sent else None, prefix=OWN, sheet=sheet)


def is_them(request: HttpRequest, form: ConfirmForm) -> bool:
    """Whether the form shows who it is; noted if so. Ten wrong tries make one wait."""
    if not form.is_valid():
        form.status = 422
        return False
    user = get_own_user(actor_of(request))
    by_password = "password" in form.cleaned_data
    try:
        forget = take_try(user, COUNTED_AS if by_password else FACTORS_AS)
    except TooManyTries:
        form.add_error(None, TOO_MANY)
        form.status = 429
        return False
    field, wrong = _wrong(user, form, stamp_of(request).at)
    if wrong:
        form.add_error(field, wrong)
        form.status = 422
        return False
    forget()
    prove(request, stamp_of(request).at)
    return True


def _wrong(user: Any, form: ConfirmForm, at: datetime) -> tuple[str | None, str]:
    """What does not fit, and at which field; nothing where all does."""
    given = form.cleaned_data
    if "password" in given:
        with guard_pass("sign-in"):
            good = user.check_password(given["password"])
        return "password", "" if good else "This is not your password."
    if given.get("credential"):
        field, wrong, found = None, WRONG_KEY, key_that_signed(user, given["credential"])
    else:
        code = str(given.get("code", "")).strip()
        if not code:
            return "code", str(form.fields["code"].error_messages["required"])
        field, wrong, found = "code", "", use_code(user, code, at=at)
        wrong = "" if found else why_no_code_fits(user)
    if found is None:
        return field, wrong
    note_factor_used(found, at=at)
    return field, ""


def _ask(
    request: HttpRequest,
    form: ConfirmForm,
    carried: list[tuple[str, str]],
    to: str = "/account/reauthenticate/",
) -> HttpResponse:
    asked = None
    if "credential" in form.fields:
        asked = {"request_options": auth.begin_authentication(get_own_user(actor_of(request)))}
    return page(
        request,
        "account/reauthenticate.html",
        title="Confirm it is you",
        status=form.status,
        form=form,
        carried=carried,
        to=to,
        asked=asked,
    )
