"""How a read model becomes JSON: plain values, links to what may be done, pages, and ETags."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, Generic, Protocol, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from wardroom.api.v1.cursors import cursor_of
from wardroom.api.v1.door import caller
from wardroom.kernel.paging import After

T = TypeVar("T")
ROOT = "/api/v1"


class Listed(Schema, Generic[T]):
    """One part of a list. ``next`` is the address where it goes on, null at its end."""

    items: list[T]
    total: int
    next: str | None


class Link(Schema):
    """Something that can be done now, or read: where, and by which method."""

    href: str
    method: str


class Single(Schema, Generic[T]):
    """One thing, and what the holder of the key may do with it now."""

    data: T
    links: dict[str, Link]


class Fault(Schema):
    """One input that is off."""

    field: str
    code: str
    detail: str


class Problem(Schema):
    """An answer that says no, as of RFC 9457."""

    type: str
    title: str
    status: int
    detail: str = Field(description="A sentence for people.")
    code: str = Field(description="For programs; it never changes.")
    field: str | None
    errors: list[Fault]


class Page(Protocol):
    """A part of a list as queries give it."""

    @property
    def rows(self) -> Any: ...
    @property
    def total(self) -> int: ...
    @property
    def following(self) -> After | None: ...


def listed(request: HttpRequest, found: Page) -> HttpResponse:
    """A part of a list, with the way on under the same filters."""
    following = None
    if found.following is not None:
        query = {**request.GET.dict(), "cursor": cursor_of(request, found.following)}
        following = f"{request.path}?{urlencode(query)}"
    return answer(request, page_content(plain(found.rows), found.total, following))


def page_content(items: list[Any], total: int, following: str | None = None) -> dict[str, Any]:
    """What is answered of a list."""
    return {"items": items, "total": total, "next": following}


def whole(request: HttpRequest, rows: Iterable[Any]) -> HttpResponse:
    """A list that is short enough to be given at once."""
    made = plain(tuple(rows))
    return answer(request, page_content(made, len(made)))


def single(
    request: HttpRequest,
    shape: type,
    read_model: Any,
    links: Mapping[str, tuple[str, str]],
    *,
    status: int = 200,
) -> HttpResponse:
    """One thing in its shape, with its links as method and address."""
    return answer(request, content_of(shape, read_model, links), status=status)


def content_of(
    shape: type, read_model: Any, links: Mapping[str, tuple[str, str]]
) -> dict[str, Any]:
    """What is answered about one thing."""
    made = {name: {"method": method, "href": ROOT + href} for name, (method, href) in links.items()}
    return {"data": taken(shape, read_model), "links": made}


def taken(shape: type, read_model: Any) -> dict[str, Any]:
    """The parts of a read model that its shape in the API has, by their names."""
    names = [field.name for field in dataclasses.fields(shape)]
    return {name: plain(getattr(read_model, name)) for name in names}


def moves(
    address: str, allowed: Iterable[str], verbs: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """A link for each move that is allowed and that the API knows, named as the move."""
    own = {"self": ("GET", address)}
    may = frozenset(allowed)
    made = {move: ("POST", f"{address}/{verb}") for move, verb in verbs.items() if move in may}
    return {**own, **made}


def answer(request: HttpRequest, content: Any, *, status: int = 200) -> HttpResponse:
    """JSON with its ETag; 304 where the caller has it already."""
    return sent(request, text_of(content), status=status)


def text_of(content: Any) -> str:
    """The same content always reads the same, so that its ETag stays."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def sent(request: HttpRequest, text: str, *, status: int = 200) -> HttpResponse:
    """JSON that is written already."""
    tag = etag(text)
    known = request.headers.get("If-None-Match", "")
    if request.method == "GET" and status == 200 and tag in known:
        made = HttpResponse(status=304)
    else:
        made = HttpResponse(text, status=status, content_type="application/json; charset=utf-8")
    made.headers["ETag"] = tag
    made.headers["Cache-Control"] = "private, no-cache"
    let = caller(request)
    made.headers["X-RateLimit-Limit"] = str(let.key.hourly_limit)
    made.headers["X-RateLimit-Remaining"] = str(let.left)
    return made


def etag(text: str) -> str:
    """The mark of one state of a resource."""
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def plain(value: Any) -> Any:
    """A read model as JSON has it; what has no order of its own is put into one."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(one) for one in value)
    return [plain(one) for one in value]


GET_FAILS = (400, 401, 403, 404, 422, 429)
POST_FAILS = (400, 401, 403, 404, 409, 412, 413, 415, 422, 429)


def read_as(shape: Any) -> dict[Any, Any]:
    """What a call that reads may be answered, for the description of the API."""
    return {200: shape, GET_FAILS: Problem}


def done_as(shape: Any, *, status: int = 200) -> dict[Any, Any]:
    """What a call that changes something may be answered."""
    return {status: shape, POST_FAILS: Problem}
