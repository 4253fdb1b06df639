"""The door of the Open311 server: format, jurisdiction, limits, and how errors are told."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, cast

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from wardroom.api.open311.schema import ERRORS, Shape
from wardroom.api.open311.writing import Row, written

TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}
SAFE = ("GET", "HEAD", "OPTIONS")
MOST_CALLERS = 20_000
SHORT, LONG = 60, 300
View = Callable[..., HttpResponse]
_calls: dict[tuple[str, int], int] = {}
_counting = Lock()


class Answered(Exception):
    """An error that ends a call; ``said`` are sentences, all that is wrong at once."""

    def __init__(self, status: int, *said: str, wait: int = 0) -> None:
        super().__init__(*said)
        self.status = status
        self.said = said
        self.wait = wait


@dataclass(frozen=True)
class Jurisdiction:
    """A city that is served, and the feeds that are its own; all of them where none is named."""

    code: str
    feeds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Call:
    """One call, with what its address says of it; ``trial`` is the endpoint to try things on."""

    request: HttpRequest
    as_xml: bool
    given: Mapping[str, str]
    at: datetime
    jurisdiction: Jurisdiction
    trial: bool = False
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def feeds(self) -> tuple[str, ...]:
        """The feeds that this call reads; empty for all."""
        return self.jurisdiction.feeds

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """The jurisdictions whose reports this call reads; empty for all."""
        served = jurisdictions()
        if len(served) < 2:
            return ()
        home = self.jurisdiction == served[0]
        return (self.jurisdiction.code, "") if home else (self.jurisdiction.code,)

    def answer(self, shape: Shape, rows: Sequence[Row], *, keep: int = SHORT) -> HttpResponse:
        """The rows in the format of the call; a cache may keep them so many seconds."""
        text = written(shape, rows, as_xml=self.as_xml)
        answer = HttpResponse(text, content_type=TYPES["xml" if self.as_xml else "json"])
        answer.headers["Cache-Control"] = f"public, max-age={keep}" if keep else "no-store"
        for name, value in self.headers.items():
            answer.headers[name] = value
        return answer


def jurisdictions() -> tuple[Jurisdiction, ...]:
    """The cities that are served, the first of them ours."""
    found = []
    for word in settings.JURISDICTIONS:
        code, _, feeds = word.partition(":")
        found.append(Jurisdiction(code, tuple(f for f in feeds.split("+") if f)))
    return tuple(found)


def resource(*methods: str, stem: str = "", city: bool = True) -> Callable[[View], View]:
    """Make a view a resource of the server, which answers these methods.

    Its last word ends in .xml or .json; ``stem`` names the argument that is left of it. Where
    several cities are served, one that is about a ``city`` has to be told which.
    """

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            given = kwargs.pop("ending", "") or kwargs.get(stem, "")
            rest, _, ending = str(given).rpartition(".")
            as_xml = ending != "json"
            if stem:
                kwargs[stem] = rest
            try:
                if request.method == "OPTIONS":
                    return _open_to_all(_allowed(methods), request, methods)
                trial = bool(kwargs.pop("trial", False))
                call = _called(request, ending, methods, trial=trial, needed=city)
                found = view(call, **kwargs)
            except Answered as no:
                found = told(no, as_xml=as_xml, methods=methods)
            return _open_to_all(found, request, methods)

        return no_sign_in(answer)

    return wrap


def no_sign_in(view: View) -> View:
    """A view that everybody may call, without cookies."""
    marks = cast(Any, view)
    marks.login_required = False
    marks.csrf_exempt = True
    return view


def told(no: Answered, *, as_xml: bool, methods: Sequence[str] = ()) -> HttpResponse:
    """An error as GeoReport tells it."""
    rows = [(no.status, said) for said in no.said]
    text = written(ERRORS, rows, as_xml=as_xml)
    answer = HttpResponse(text, status=no.status, content_type=TYPES["xml" if as_xml else "json"])
    answer.headers["Cache-Control"] = "no-store"
    if no.status == 405:
        answer.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
    if no.wait:
        answer.headers["Retry-After"] = str(no.wait)
    return answer


def _called(
    request: HttpRequest, ending: str, methods: Sequence[str], *, trial: bool, needed: bool
) -> Call:
    if ending not in TYPES:
        raise Answered(404, "There is no such format: ask for .xml or .json.")
    if request.method not in (*methods, *(("HEAD",) if "GET" in methods else ())):
        raise Answered(405, f"Send {' or '.join(methods)} here.")
    try:
        given = {n: str(text).strip() for n, text in request.GET.items() if str(text).strip()}
    except SuspiciousOperation:
        raise Answered(400, "These are too many parameters.") from None
    if "\0" in request.path or any("\0" in f"{name}{text}" for name, text in given.items()):
        raise Answered(400, "No address holds a zero byte.")
    at: datetime = cast(Any, request).stamp.at
    _count(request, at)
    return Call(
        request=request,
        as_xml=ending == "xml",
        given=given,
        at=at,
        jurisdiction=_jurisdiction(
            given.get("jurisdiction_id", ""), needed=needed and request.method != "POST"
        ),
        trial=trial,
    )


def _jurisdiction(code: str, *, needed: bool) -> Jurisdiction:
    """The city that is meant; one that is served alone need not be named."""
    served = jurisdictions()
    if not code:
        if len(served) > 1 and needed:
            raise Answered(400, "jurisdiction_id was not provided. Name one of those served.")
        return served[0]
    found = next((each for each in served if each.code == code), None)
    if found is None:
        raise Answered(404, "jurisdiction_id was not found: it is not served here.")
    return found


def named_in(call: Call, posted: Mapping[str, str]) -> Jurisdiction:
    """The city that a report is for: named in the body, or else in the address."""
    code = posted.get("jurisdiction_id") or call.given.get("jurisdiction_id", "")
    return _jurisdiction(code, needed=True)


def _count(request: HttpRequest, at: datetime) -> None:
    """Count a call for its network and minute, in this process; too many are told to wait."""
    most = settings.OPEN311_READS
    if not most:
        return
    minute, past = divmod(int(at.timestamp()), 60)
    caller = (_network(request), minute)
    with _counting:
        if len(_calls) >= MOST_CALLERS or next(iter(_calls), caller)[1] != minute:
            _calls.clear()
        _calls[caller] = counted = _calls.get(caller, 0) + 1
    if counted > most:
        raise Answered(429, "Too many calls from this network. Try again later.", wait=60 - past)


def _network(request: HttpRequest) -> str:
    """The network that a call comes from; empty where nothing says so."""
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return ""


def _allowed(methods: Sequence[str]) -> HttpResponse:
    answer = HttpResponse(status=204)
    answer.headers["Allow"] = ", ".join((*methods, "OPTIONS"))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _open_to_all(
    answer: HttpResponse, request: HttpRequest, methods: Sequence[str]
) -> HttpResponse:
    """Let pages of any site read an answer; no cookie says who asks."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "X-Next-Page-URL, Retry-After"
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = ", ".join((*methods, "OPTIONS"))
        answer.headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization, X-API-Key"
        answer.headers["Access-Control-Max-Age"] = "86400"
    return answer
