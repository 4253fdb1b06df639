"""Joining a group by its link, deciding on who asked, and leaving by the link of a notice."""

from __future__ import annotations

import functools
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.directory.rules import LANGUAGES
from wardroom.engagement import actions
from wardroom.engagement.queries.sign_ups import (
    SignUpFile,
    get_known_person,
    get_open_group,
    get_sign_up,
    open_group,
    sign_up_file,
)
from wardroom.engagement.rules.groups import LEAVE, SIGN_UPS, consent_words
from wardroom.kernel.errors import NotAllowed
from wardroom.notices.queries import open_key
from wardroom.web.answers.views import without_account
from wardroom.web.edge import actor_of, stamp_of
from wardroom.web.groups import forms
from wardroom.web.groups.views import crumbs
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import Form, PlainForm, submit
from wardroom.web.ui.page import Crumb, go_on, page
from wardroom.web.ui.strangers import taken


@functools.partial(without_account, counted_as="wrong_join")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Ask to join a group: no account, and nobody is a member before the office says so."""
    found, tongue = open_group(token), read_in(request)
    sent = request.POST if request.method == "POST" else None
    form = forms.JoinForm(sent, tongue=tongue, initial={"language": tongue.code})
    done = False
    if sent is not None and found.sign_up_open:
        done = taken(
            request,
            form,
            lambda given: _ask(request, token, {**given, "read_in": tongue.code}),
            counted_as="group_sign_up",
            too_many=tongue.join.slow_down,
        )
    return page(
        request,
        "groups/join.html",
        title=tongue.join.title.format(group=found.name),
        status=form.status,
        found=found,
        form=form,
        done=done,
        tongue=tongue,
        closed=tongue.join.closed.format(group=found.name),
        consent=consent_words(found.name, tongue.code),
    )


@functools.partial(without_account, counted_as="wrong_leave")
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave a group; looking at the page changes nothing."""
    open_key(token, purpose=LEAVE, at=stamp_of(request).at)
    form, left = PlainForm(request.POST if request.method == "POST" else None), None
    if request.method == "POST":
        left = submit(
            form, lambda _: actions.leave_group(None, token=token, stamp=stamp_of(request))
        )
    return page(
        request,
        "groups/leave.html",
        title="Leave the group",
        status=form.status,
        form=form,
        left=left or "",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest, group_id: int, sign_up_id: int) -> HttpResponse:
    """Who asked to join, who that may be, and whether they are taken in."""
    actor, home = actor_of(request), reverse("group", args=[group_id])
    file = sign_up_file(sign_up_id, group_id, actor)
    posted = request.POST if request.method == "POST" else None
    declines = posted is not None and "decline" in posted
    people = [(str(h.party_id), f"{h.name}, {h.found_by}") for h in file.hints]
    accept = forms.AcceptForm(None if declines else posted, people=people, initial={"person": ""})
    decline = forms.DeclineForm(posted if declines else None)
    if posted is not None:
        if "decide" not in file.allowed and file.state == "waiting":
            raise NotAllowed
        row = get_sign_up(sign_up_id, group_id, actor)
        sent: Form = decline if declines else accept
        done = submit(sent, lambda given: _decide(request, file, row, given))
        if done is not None:
            said = f"{file.name} is not taken in." if declines else f"{file.name} is a member now."
            return go_on(request, home, said)
    wrong = next((form for form in (accept, decline) if form.is_bound and form.errors), None)
    return page(
        request,
        "groups/sign_up.html",
        title=f"{file.name} asks to join",
        crumbs=(
            *crumbs(),
            Crumb(file.group_name, home),
            Crumb(file.name),
        ),
        status=wrong.status if wrong else 200,
        file=file,
        state=SIGN_UPS[file.state],
        language=LANGUAGES[file.language],
        in_english=consent_words(file.group_name) if file.read_in.code != "en" else "",
        accept=accept,
        decline=decline,
        failed=wrong,
    )


def _ask(request: HttpRequest, token: str, given: dict[str, Any]) -> None:
    actions.sign_up(get_open_group(token), **given, stamp=stamp_of(request))


def _decide(request: HttpRequest, file: SignUpFile, row: Any, given: dict[str, Any]) -> object:
    if "reason" in given:
        return actions.decline_sign_up(row, reason=given["reason"], stamp=stamp_of(request))
    person = get_known_person(given["person"], file) if given["person"] else None
    return actions.accept_sign_up(row, person=person, stamp=stamp_of(request))
