"""The pages of a subscriber without an account: confirm, see, change, stop. The link is the key."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.engagement.actions import add_news, change_news, confirm_news, stop_news
from wardroom.engagement.queries.own_news import OwnNews, own_news, wish_to_confirm
from wardroom.kernel.errors import Refused
from wardroom.web.answers.views import by_link
from wardroom.web.edge import stamp_of, takes_form
from wardroom.web.news.asking import topic_choices
from wardroom.web.news.forms import MoreForm, OftenForm
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import go_on, page

closed = functools.partial(by_link, counted_as="wrong_news", closed="news/closed.html")


@closed
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Say yes from the own mailbox; looking at the page changes nothing."""
    found = wish_to_confirm(token, at=stamp_of(request).at)
    words = found.tongue.pages
    done = request.method == "POST"
    if done:
        confirm_news(None, token=token, stamp=stamp_of(request))
    return page(
        request,
        "news/confirm.html",
        title=words.confirmed if done else words.confirm_title,
        found=found,
        tongue=found.tongue,
        done=done,
    )


@closed
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that goes to one mailbox, and what can be changed of it."""
    return _page(request, token, own_news(token, at=stamp_of(request).at))


@closed
@takes_form()
def change(request: HttpRequest, token: str) -> HttpResponse:
    """Change how often, about what and in which language; or stop one area."""
    found, stamp = own_news(token, at=stamp_of(request).at), stamp_of(request)
    wish = number_meant(request.POST.get("wish", "")) or 0
    if "stop" in request.POST:
        stop_news(None, token=token, subscription_id=wish, stamp=stamp)
        return _on(request, token, lambda now: now.tongue.pages.stopped_one)
    form = _often(found, wish, request.POST)
    done = submit(
        form,
        lambda given: change_news(
            None,
            token=token,
            subscription_id=wish,
            frequency=given["frequency"],
            topics=tuple(given["topics"]),
            language=given["language"],
            stamp=stamp,
        ),
    )
    if done is None:
        return _page(request, token, found, failed=(wish, form))
    return _on(request, token, lambda now: now.tongue.pages.changed)


@closed
@takes_form()
def more(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for news about one more area."""
    found = own_news(token, at=stamp_of(request).at)
    form = MoreForm(request.POST, tongue=found.tongue, topics=topic_choices(found.tongue.code))
    done = submit(
        form,
        lambda _: add_news(None, token=token, wanted=form.wanted, stamp=stamp_of(request)),
    )
    if done is None:
        return _page(request, token, found, failed=(0, form))
    return _on(request, token, lambda now: now.tongue.pages.changed)


@closed
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop everything by one click (RFC 8058): a POST does it, a look changes nothing.

    A mail reader sends the POST by itself, without a cookie and as often as it likes.
    """
    found = own_news(token, at=stamp_of(request).at)
    if request.method == "POST" and not found.stopped:
        try:
            stop_news(None, token=token, stamp=stamp_of(request))
        except Refused as no:
            if no.code != "already_stopped":
                raise
    done = found.stopped or request.method == "POST"
    words = found.tongue.pages
    return page(
        request,
        "news/stop.html",
        title=words.stop_all,
        found=found,
        tongue=found.tongue,
        done=done,
        question=words.stop_question.format(address=found.address),
    )


def _on(request: HttpRequest, token: str, said: Callable[[OwnNews], str]) -> HttpResponse:
    now = own_news(token, at=stamp_of(request).at)
    return go_on(request, reverse("news_mine", args=[token]), said(now))


def _often(found: OwnNews, wish_id: int, sent: Any = None) -> OftenForm:
    wish = next((row for row in found.rows if row.id == wish_id), None)
    initial: dict[str, Any] = {"language": found.tongue.code}
    if wish is not None:
        initial |= {"frequency": wish.frequency, "topics": wish.topics}
    return OftenForm(
        sent,
        tongue=found.tongue,
        topics=topic_choices(found.tongue.code),
        initial=initial,
        auto_id=f"wish{wish_id}_%s",
    )


def _page(
    request: HttpRequest, token: str, found: OwnNews, *, failed: tuple[int, Form] | None = None
) -> HttpResponse:
    """The own page; somebody who stopped everything may begin anew on the public one."""
    if found.stopped:
        return redirect("news_stop", token)
    wrong = {failed[0]: failed[1]} if failed else {}
    rows = [(row, wrong.get(row.id) or _often(found, row.id)) for row in found.rows]
    another = wrong.get(0) or MoreForm(tongue=found.tongue, topics=topic_choices(found.tongue.code))
    return page(
        request,
        "news/mine.html",
        title=found.tongue.pages.manage_title,
        status=failed[1].status if failed else 200,
        found=found,
        tongue=found.tongue,
        lead=found.tongue.pages.manage_lead.format(address=found.address),
        rows=rows,
        more=another,
        failed=failed[1] if failed else None,
        token=token,
    )
