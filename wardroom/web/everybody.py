"""Pages that are the same for everybody: the frame around them, and how caches may keep them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.http import urlencode

from wardroom.access.actor import NOBODY
from wardroom.engagement.rules.tongues.frames import FRAMES, FrameWords
from wardroom.kernel.languages import LANGUAGES, Language
from wardroom.web.edge import StampedRequest, stamp_of
from wardroom.web.tongues import read_in

KEPT_FOR = 300
# What residents find in the frame: the word of `FrameWords` and the name of the page.
ENTRIES = (
    ("report", "report_concern"),
    ("near", "near"),
    ("news", "news"),
    ("meetings", "open_meetings"),
    ("visit", "visit_ask"),
    ("jobs", "jobs"),
)
Answering = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Entry:
    """One way on from a public page; ``word`` is its name in `FrameWords`."""

    word: str
    text: str
    href: str
    here: bool


@dataclass(frozen=True)
class Choice:
    """The same page in a language."""

    language: Language
    href: str
    here: bool


@dataclass(frozen=True)
class PublicFrame:
    """The frame of one public page; ``keep`` is what its links carry to stay in the language."""

    language: Language
    words: FrameWords
    nav: tuple[Entry, ...]
    choices: tuple[Choice, ...]
    keep: str
    shared: bool

    @property
    def report(self) -> Entry | None:
        """The way to report something, where residents can."""
        return next((entry for entry in self.nav if entry.word == "report"), None)


def public_frame(request: HttpRequest, tongue: Language | None = None) -> PublicFrame:
    """The frame in the language of the page, or in the reader's where the page is in English."""
    asked = read_in(request)
    language = LANGUAGES[(tongue or asked).code]
    words = FRAMES[language.code]
    chosen = request.GET.get("language") in LANGUAGES or language.code != asked.code
    keep = f"?language={language.code}" if chosen else ""
    return PublicFrame(
        language=language,
        words=words,
        nav=tuple(_entries(request.path, words, keep)),
        choices=tuple(_choices(request, language)),
        keep=keep,
        shared=is_shared(request),
    )


def for_everybody(view: Answering) -> Answering:
    """A page without a form that is the same for everybody, signed in or not.

    It is made as for a visitor, so that any cache may keep it; one that has it already is
    answered with 304. What depends on the reader's language says so, unless the address does.
    """

    @login_not_required
    @functools.wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        stamped = cast(StampedRequest, request)
        stamped.stamp = replace(stamp_of(request), actor=NOBODY)
        vars(request)["is_shared"] = True
        given = view(request, *args, **kwargs)
        if given.status_code != 200:
            return given
        if request.GET.get("language") not in LANGUAGES:
            patch_vary_headers(given, ["Accept-Language"])
        given.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
        set_response_etag(given)
        etag = given.headers.get("ETag")
        return cast(HttpResponse, get_conditional_response(request, etag=etag, response=given))

    return answer


def is_shared(request: HttpRequest) -> bool:
    """Whether this page is made for everybody alike."""
    return bool(vars(request).get("is_shared"))


class SharedAnswers:
    """What any cache may keep carries no cookie and does not depend on one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        answer = self.get_response(request)
        if "public" in answer.headers.get("Cache-Control", ""):
            answer.cookies.clear()
            on = [name.strip() for name in answer.headers.get("Vary", "").split(",")]
            kept = ", ".join(name for name in on if name and name.lower() != "cookie")
            del answer.headers["Vary"]
            if kept:
                answer.headers["Vary"] = kept
        return answer


def _entries(path: str, words: FrameWords, keep: str) -> Iterable[Entry]:
    for word, name in ENTRIES:
        href = reverse(name)
        yield Entry(word, getattr(words, word), href + keep, path.startswith(href))


def _choices(request: HttpRequest, language: Language) -> Iterable[Choice]:
    """Every language, with whatever else the address says."""
    given = [(name, value) for name, values in request.GET.lists() for value in values]
    rest = [pair for pair in given if pair[0] != "language"]
    for other in LANGUAGES.values():
        query = urlencode([*rest, ("language", other.code)])
        yield Choice(other, f"{request.path}?{query}", other.code == language.code)
