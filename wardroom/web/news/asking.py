"""The public page on which anybody asks for news, in seven languages."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from wardroom.api.limits import few_enough, sending
from wardroom.city.queries import districts
from wardroom.engagement.actions import ask_for_news
from wardroom.engagement.rules.tongues import tongue_of, topic_in
from wardroom.kernel.errors import Refused
from wardroom.library.queries import topics
from wardroom.web.edge import stamp_of, today_of
from wardroom.web.everybody import for_everybody
from wardroom.web.news.forms import AskForm
from wardroom.web.speaking import Speaking, speaking
from wardroom.web.tongues import read_in
from wardroom.web.ui.forms import submit
from wardroom.web.ui.page import page


class Feed(NamedTuple):
    """What a feed is about, as its address names it; ``lang`` where its name is in English."""

    name: str
    kind: str
    code: str
    lang: str = ""


ASKED = 20


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for news about an area; the link in the mail begins it."""
    sent = request.POST if request.method == "POST" else None
    tongue = tongue_of(sent.get("language", "")) if sent is not None else read_in(request)
    form = AskForm(
        sent, tongue=tongue, topics=topic_choices(tongue.code), initial={"language": tongue.code}
    )
    if sent is not None:
        if not few_enough(request, "tried_news_asked", ASKED):
            return render(request, "answers/wait.html", {"title": "Wait a moment"}, status=429)
        if submit(form, lambda given: _ask(request, form, given)):
            return page(request, "news/asked.html", title=tongue.pages.sent_title, tongue=tongue)
    return page(
        request,
        "news/ask.html",
        title=tongue.pages.title,
        status=form.status,
        form=form,
        tongue=tongue,
        here=reverse("news"),
    )


@for_everybody
@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    """The feeds of the city, its wards and topics, for those who want no mail."""
    show = speaking(request)
    words = show.words.feeds
    return page(
        request,
        "news/feeds.html",
        title=words.title,
        tongue=show.tongue,
        words=words,
        city_news=words.news_of.format(area=show.tongue.city),
        kinds=words.of_kind.items(),
        groups=_feeds(request, show),
    )


def _feeds(request: HttpRequest, show: Speaking) -> list[tuple[str, list[Feed]]]:
    words = show.words.feeds
    wards = [Feed(show.ward(w.code), "ward", w.code) for w in districts("ward", today_of(request))]
    english = dict(topic_choices())
    about = [
        Feed(name, "topic", code, show.lang if name == english[code] else "")
        for code, name in topic_choices(show.tongue.code)
    ]
    return [(words.wards, wards), (words.topics, about)]


def topic_choices(language: str = "en") -> list[tuple[str, str]]:
    """The topics that news can be limited to, in the reader's language."""
    return [(topic.code, topic_in(language, topic.name)) for topic in topics()]


def _ask(request: HttpRequest, form: AskForm, given: dict[str, Any]) -> bool:
    too_often = form.tongue.join.slow_down
    try:
        with sending(request, "news_asked", given["address"], too_often=too_often):
            ask_for_news(
                None,
                address=given["address"],
                language=given["language"],
                wanted=form.wanted,
                stamp=stamp_of(request),
            )
    except Refused as no:
        if no.code != "too_many":
            raise
    return True
