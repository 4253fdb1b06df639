"""How you sign in: password, code app, security keys, recovery codes."""

from __future__ import annotations

import secrets
from base64 import b32encode
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.directory.actions import (
    add_code_app,
    add_security_key,
    make_recovery_codes,
    remove_factor,
)
from wardroom.directory.queries.factors import get_own_user, sheet_of, sign_in_sheet
from wardroom.kernel.errors import Refused
from wardroom.web.edge import (
    WANTED,
    actor_of,
    is_held_back,
    may_come_before_factor,
    needs_factor,
    stamp_of,
    takes_form,
)
from wardroom.web.factors.adapter import hide, unhide
from wardroom.web.factors.forms import WRONG_KEY, AppForm, KeyForm, key_that_was_made
from wardroom.web.factors.stepping import needs_proof, needs_proof_to_see
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import Crumb, go_on, is_local_path, page

SET_UP_WITHIN = 60 * 60
NOT_TOUCHED = "The key was not asked yet. Press the button, then touch the key."
TOO_LATE = "This page was open for too long. Scan the new code below."


@may_come_before_factor
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Your sign-in: what you have, and what can be added; all there is before the first factor."""
    sheet = sign_in_sheet(actor_of(request))
    required = needs_factor(actor_of(request))
    return page(
        request,
        "factors/overview.html",
        title="Your sign-in",
        sheet=sheet,
        held_back=is_held_back(request),
        required=required,
        last_stays=required and len(sheet.factors) == 1,
    )


@may_come_before_factor
@require_http_methods(["GET", "HEAD", "POST"])
@needs_proof_to_see
@needs_proof
def app(request: HttpRequest) -> HttpResponse:
    """Set up a code app, or move it to another phone: scan, type its first code."""
    user = get_own_user(actor_of(request))
    moves = user.second_factor and sheet_of(user).app is not None
    form = AppForm(request.POST if request.method == "POST" else None)
    secret = b32encode(secrets.token_bytes(20)).decode()
    codes = None
    if form.is_bound:
        kept = unhide(str(form.data.get("secret", "")), of=user.pk, within=SET_UP_WITHIN)
        codes = submit(form, lambda given: _add_app(user, request, kept, given["code"]))
        secret = kept or secret
    if codes is not None:
        return _done(request, user, "Code app moved" if moves else "Code app added", codes)
    address = get_adapter().build_totp_url(user, secret)
    title = "Move the code app to another phone" if moves else "Set up a code app"
    return page(
        request,
        "factors/app.html",
        title=title,
        crumbs=_crumbs(request, title),
        moves=moves,
        status=form.status,
        form=form,
        hidden=hide(secret, of=user.pk),
        picture=_square(address),
        spelled=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        address=address,
    )


@may_come_before_factor
@require_http_methods(["GET", "HEAD", "POST"])
@needs_proof_to_see
@needs_proof
def key(request: HttpRequest) -> HttpResponse:
    """Add a security key, or what unlocks a phone or computer."""
    user = get_own_user(actor_of(request))
    form = KeyForm(request.POST if request.method == "POST" else None)
    codes = submit(form, lambda given: _add_key(user, request, given)) if form.is_bound else None
    if codes is not None:
        return _done(request, user, "Security key added", codes)
    return page(
        request,
        "factors/key.html",
        title="Add a security key",
        crumbs=_crumbs(request, "Add a security key"),
        status=form.status,
        form=form,
        asked={"creation_options": auth.begin_registration(user, False)},
    )


@takes_form()
@needs_proof
def codes(request: HttpRequest) -> HttpResponse:
    """Make new recovery codes, which are shown once."""
    user = get_own_user(actor_of(request))
    made = make_recovery_codes(user, stamp=stamp_of(request))
    return _codes_page(request, "New recovery codes", made)


@takes_form(steps_up=2)
@needs_proof
def remove(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Sign in without one factor from now on."""
    user = get_own_user(actor_of(request))
    remove_factor(
        user, factor_id=factor_id, needed=needs_factor(actor_of(request)), stamp=stamp_of(request)
    )
    _stay_signed_in(request, user)
    return go_on(request, reverse("account_security"), "It is removed.")


def _add_app(user: Any, request: HttpRequest, secret: str | None, code: str) -> Any:
    if secret is None:
        raise Refused("too_late", TOO_LATE, field="code")
    return add_code_app(user, secret=secret, code=code.strip(), stamp=stamp_of(request))


def _add_key(user: Any, request: HttpRequest, given: dict[str, Any]) -> Any:
    said = given["credential"]
    if not said:
        raise Refused("key_missing", NOT_TOUCHED)
    if not key_that_was_made(said):
        raise Refused("wrong_key", WRONG_KEY)
    return add_security_key(user, name=given["name_"], credential=said, stamp=stamp_of(request))


def _done(request: HttpRequest, user: Any, title: str, codes: tuple[str, ...]) -> HttpResponse:
    """After a factor was added: the recovery codes where they are new, else the overview.

    Whoever could do nothing before goes on to where they wanted to go.
    """
    _stay_signed_in(request, user)
    wanted = str(request.session.pop(WANTED, "/"))
    if not is_held_back(request):
        wanted = reverse("account_security")
    if codes:
        return _codes_page(request, title, codes, on=wanted if is_local_path(wanted) else "/")
    return go_on(request, reverse("account_security"), f"{title}.")


def _codes_page(
    request: HttpRequest, title: str, codes: tuple[str, ...], *, on: str = ""
) -> HttpResponse:
    """The codes, and the way ``on`` where they are somebody's first; else to the overview."""
    half = len(codes[0]) // 2
    shown = [f"{code[:half]} {code[half:]}" for code in codes]
    crumbs = _crumbs(request, title)
    return page(request, "factors/codes.html", title=title, crumbs=crumbs, codes=shown, on=on)


def _stay_signed_in(request: HttpRequest, user: Any) -> None:
    """This session goes on under a new number; every other one has ended."""
    user.refresh_from_db()
    update_session_auth_hash(request, user)


def _crumbs(request: HttpRequest, here: str) -> tuple[Crumb, ...]:
    return (Crumb("Your sign-in", reverse("account_security")), Crumb(here))


def _square(address: str) -> str:
    """The square that a code app scans, as a picture in the page itself."""
    import segno

    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=5, border=2))
