"""Applying without an account: begin, go on by the mailed link, send, keep the receipt."""

from __future__ import annotations

import functools
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.api.limits import sending
from wardroom.hiring.actions import (
    Filled,
    attach_resume,
    begin_application,
    save_draft,
    send_application,
    take_off_resume,
    withdraw_application,
)
from wardroom.hiring.queries.own import OwnApplication, link_token, own_application
from wardroom.hiring.queries.papers import receipt_paper
from wardroom.hiring.queries.public import get_public_posting, public_posting
from wardroom.hiring.rules.resumes import MOST_BYTES
from wardroom.hiring.rules.tongues import JobTongue, tongue_of
from wardroom.kernel.errors import Refused, is_conflict
from wardroom.web.answers.views import by_link
from wardroom.web.edge import stamp_of, takes_form, today_of
from wardroom.web.jobs.forms import BeginForm, DraftForm
from wardroom.web.reports.rows import sent
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import NOT_ACCEPTED, SLOW_DOWN, submit
from wardroom.web.ui.page import page
from wardroom.web.ui.work import did_sum, few_forms, sum_to_do

by_application = functools.partial(
    by_link, counted_as="wrong_application", closed="jobs/closed.html"
)
NOTHING_SENT, NO_CONTENT = "", 204
SAVED_WORDS = ("applicant", "phone", "lives_here", "pasted")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin to apply; from here on everything is kept, and a link to it is mailed."""
    posted = request.POST if request.method == "POST" else None
    tongue = read_in(request)
    words = tongue_of(posted.get("language", "") if posted is not None else tongue.code)
    found = public_posting(slug, today=today_of(request))
    form = BeginForm(posted, words=words, initial={"language": words.code})
    if posted is not None:
        worked = did_sum(request, posted.get("sum", ""))
        if not few_forms(request, counted_as="application", worked=worked):
            form.is_valid()
            form.add_error(None, words.wrong["slow_down"])
            form.status = SLOW_DOWN
        else:
            token = submit(form, lambda given: _begin(request, slug, given, words))
            if token is not None:
                return redirect("job_mine", token) if token else redirect("jobs")
    return page(
        request,
        "jobs/begin.html",
        title=words.form.start.format(title=found.title),
        status=form.status,
        tongue=tongue,
        words=words,
        found=found,
        form=form,
        sum=sum_to_do(request),
    )


@by_application
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """The own application: a draft to go on with, or what was sent and where it stands."""
    found = _found(request, token)
    words = tongue_of(found.language)
    if not found.is_draft:
        if request.method == "POST":
            return redirect(f"{request.path}?sent=1")
        return _shown(request, token, found, words)
    if request.method != "POST":
        return _draft(request, token, DraftForm(found=found, words=words))
    return _posted(request, token, found, words)


@by_application
@require_safe
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """The receipt on paper, with the fingerprint of each part."""
    name, content = receipt_paper(token, at=stamp_of(request).at, today=today_of(request))
    return sent(name, content, "application/pdf")


@by_application
@takes_form()
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Withdraw an application; pressed twice it is withdrawn once."""
    try:
        withdraw_application(None, token=token, stamp=stamp_of(request))
    except Refused as no:
        if not is_conflict(no):
            raise
    return redirect("job_mine", token)


def _begin(request: HttpRequest, slug: str, given: dict[str, Any], words: JobTongue) -> str:
    if given["leave_empty"]:
        return NOTHING_SENT
    with sending(request, "application", given["email"], too_often=words.wrong["slow_down"]):
        row = begin_application(
            get_public_posting(slug),
            name=given["applicant"],
            email=given["email"],
            language=given["language"],
            stamp=stamp_of(request),
        )
    return link_token(row)


def _found(request: HttpRequest, token: str) -> OwnApplication:
    return own_application(token, at=stamp_of(request).at, today=today_of(request))


def _posted(
    request: HttpRequest, token: str, found: OwnApplication, words: JobTongue
) -> HttpResponse:
    """Keep what was typed and attached first, whatever else was wanted; then do that."""
    stamp, verb = stamp_of(request), request.POST.get("do", "save")
    wrong: list[Refused] = []
    try:
        if verb == "take_off":
            take_off_resume(token, stamp=stamp)
        save_draft(token, filled=_filled(request, found), stamp=stamp)
    except Refused as no:
        wrong.append(no)
    file = request.FILES.get("resume")
    if file is not None:
        try:
            content = file.read(MOST_BYTES + 1)
            attach_resume(token, name=file.name or "resume", content=content, stamp=stamp)
        except Refused as no:
            wrong.append(no)
    if any(one.code == "already_sent" for one in wrong):
        return redirect(f"{request.path}?sent=1")
    if verb == "keep":
        return HttpResponse(status=NOT_ACCEPTED if wrong else NO_CONTENT)
    found = _found(request, token)
    form = DraftForm(request.POST, found=found, words=words)
    whole = verb != "send" or form.check_whole()
    for refusal in wrong:
        form.is_valid()
        form.refuse(refusal)
    if verb != "send" and not wrong:
        return redirect(f"{request.path}?saved=1")
    if whole and not wrong and _send(request, token, form, found):
        return redirect(f"{request.path}?sent=1")
    form.status = NOT_ACCEPTED if form.status == 200 else form.status
    return _draft(request, token, form, sending=verb == "send")


def _send(request: HttpRequest, token: str, form: DraftForm, found: OwnApplication) -> bool:
    try:
        filled = _filled(request, found)
        send_application(None, token=token, filled=filled, stamp=stamp_of(request))
    except Refused as no:
        form.refuse(no)
        return False
    return True


def _filled(request: HttpRequest, found: OwnApplication) -> Filled:
    typed = request.POST
    name, phone, lives_here, pasted = (typed.get(word, "") for word in SAVED_WORDS)
    answers = {q.id: typed[f"answer_{q.id}"] for q in found.questions if f"answer_{q.id}" in typed}
    return Filled(name, phone, lives_here, pasted, answers)


def _draft(
    request: HttpRequest, token: str, form: DraftForm, *, sending: bool = False
) -> HttpResponse:
    found, words = form.found, form.words
    when = words.instant(localtime(found.saved_at))
    return page(
        request,
        "jobs/draft.html",
        title=words.form.start.format(title=found.title),
        status=form.status,
        tongue=words,
        words=words,
        found=found,
        form=form,
        token=token,
        lead=words.form.draft_lead.format(when=when, email=found.email),
        attached=words.form.attached.format(name=found.file_name),
        heading=words.form.not_sent if sending else words.form.not_saved,
        saved="saved" in request.GET and not form.is_bound,
    )


def _shown(
    request: HttpRequest, token: str, found: OwnApplication, words: JobTongue
) -> HttpResponse:
    assert found.sent_at is not None
    return page(
        request,
        "jobs/mine.html",
        title=words.receipt.sent,
        tongue=words,
        words=words,
        found=found,
        token=token,
        when=words.instant(localtime(found.sent_at)),
        stands=words.letters.stages[found.stage],
        parts=[(words.receipt.parts[name], digest) for name, digest in found.parts],
        letters=[
            (
                words.day(localtime(letter.at).date()),
                words.letters.stages[letter.stage],
                letter.told,
            )
            for letter in found.letters
        ],
        just_sent="sent" in request.GET,
        posting=reverse("job", args=[found.slug]),
    )
