"""Asking for records without an account, and how it stands, by the mailed link."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.api.limits import sending
from wardroom.records import rules
from wardroom.records.actions import ask_for_records
from wardroom.records.queries.own import OwnRequest, link_token, own_package, own_request
from wardroom.records.rules.tongues import RecordsTongue, tongue_of
from wardroom.web.answers.views import by_link
from wardroom.web.edge import stamp_of, today_of
from wardroom.web.records.forms import AskForm
from wardroom.web.reports.rows import streamed
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import SLOW_DOWN, submit
from wardroom.web.ui.page import page
from wardroom.web.ui.work import did_sum, few_forms, sum_to_do

by_request = functools.partial(by_link, counted_as="wrong_records", closed="records/closed.html")
NOTHING_SENT = ""


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for records; the next page says when the answer is due, and its link is mailed."""
    posted = request.POST if request.method == "POST" else None
    tongue = read_in(request)
    words = tongue_of(posted.get("language", "") if posted is not None else tongue.code)
    form = AskForm(posted, tongue=words, initial={"language": words.code})
    if posted is not None:
        worked = did_sum(request, posted.get("sum", ""))
        if not few_forms(request, counted_as="records", worked=worked):
            form.is_valid()
            form.add_error(None, words.wrong["slow_down"])
            form.status = SLOW_DOWN
        else:
            token = submit(form, lambda given: _ask(request, given, words))
            if token is not None:
                return redirect("records_mine", token) if token else redirect("near")
    return page(
        request,
        "records/ask.html",
        title=words.ask.title,
        status=form.status,
        tongue=tongue,
        words=words,
        form=form,
        sum=sum_to_do(request),
    )


@by_request
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """How the own request stands, and where its papers are."""
    found = own_request(token, at=stamp_of(request).at, today=today_of(request))
    words = tongue_of(found.language)
    return page(
        request,
        "records/mine.html",
        title=words.stands.title.format(number=found.number),
        tongue=words,
        words=words,
        found=found,
        token=token,
        stands=_stands(found, words),
        longer=_longer(found, words),
        received=words.day(found.received_on),
        due=words.day(found.due_on),
        appeals=found.is_late or found.state in (rules.ANSWERED, rules.APPEALED),
    )


@by_request
@require_safe
def fetch(request: HttpRequest, token: str) -> StreamingHttpResponse:
    """The papers of the answer: the records, the letter, what was kept back, and the hashes."""
    name, pieces = own_package(token, at=stamp_of(request).at)
    return streamed(request, name, pieces, "application/zip")


def _ask(request: HttpRequest, given: dict[str, Any], words: RecordsTongue) -> str:
    if given["leave_empty"]:
        return NOTHING_SENT
    with sending(request, "records", given["email"], too_often=words.wrong["slow_down"]):
        row = ask_for_records(
            None,
            name=given["asker"],
            email=given["email"],
            words=given["words"],
            language=given["language"],
            stamp=stamp_of(request),
        )
    return link_token(row)


def _stands(found: OwnRequest, words: RecordsTongue) -> str:
    say = words.stands
    if found.state == rules.OPEN:
        return say.late if found.is_late else say.open
    if found.state == rules.APPEALED and found.appeal_due_on is not None:
        return say.appealed.format(day=words.day(found.appeal_due_on))
    if found.state == rules.ANSWERED:
        return say.outcomes[found.outcome]
    return say.withdrawn if found.state == rules.WITHDRAWN else say.making


def _longer(found: OwnRequest, words: RecordsTongue) -> str:
    say, day = words.stands, words.day(found.due_on)
    if found.state == rules.OPEN and found.extended_for:
        return say.longer.format(day=day, reason=found.extended_for)
    if found.state == rules.ANSWERED and found.appeal_words:
        return say.upheld.format(reason=found.appeal_words)
    return ""
