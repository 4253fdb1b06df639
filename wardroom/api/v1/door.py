"""The door of the API: who is let in, and how everything that goes wrong is told.

Each answer that says no is a problem as of RFC 9457: its ``code`` stays the same for ever, its
``detail`` is a sentence for people, ``field`` names the input that is at fault.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import HttpBearer

from wardroom.access.actor import Stamp
from wardroom.api.keys import KeyRefused, LetIn, let_in
from wardroom.api.v1.cursors import no_cursor
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale, is_conflict
from wardroom.kernel.paging import OtherList

LOOKS = frozenset({"GET", "HEAD", "OPTIONS"})
PROBLEM = "application/problem+json"
MOST_BODY = 256 * 1024
TITLES: Mapping[int, str] = {
    400: "This could not be read",
    401: "Show an API key",
    403: "This is not allowed",
    404: "There is no such thing",
    405: "This address does not take that",
    409: "This was not done",
    412: "Somebody was faster",
    413: "This is too long",
    415: "This is not JSON",
    422: "Something is off",
    429: "Too many calls",
}
View = Callable[..., HttpResponseBase]


class KeyAuth(HttpBearer):
    """An API key as a bearer, for one scope. No cookie lets anybody in."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> LetIn:
        """Let the bearer of a token in. Raises `KeyRefused`."""
        reads = request.method in LOOKS
        return let_in(token.strip(), scope=self.scope, at=instant_of(request), reads=reads)


READ, WRITE, HOOKS = KeyAuth("read"), KeyAuth("write"), KeyAuth("hooks")


class Precondition(Exception):
    """What the caller had before them is not what stands there any more."""


def instant_of(request: HttpRequest) -> Any:
    """When the call came in, as the edge of the site stamped it."""
    return cast(Any, request).stamp.at


def caller(request: HttpRequest) -> LetIn:
    """Who was let in with this call."""
    return cast(LetIn, cast(Any, request).auth)


def stamp_of(request: HttpRequest) -> Stamp:
    """Who acts with this call, and when."""
    return caller(request).stamp


def problem(
    status: int,
    code: str,
    sentence: str,
    *,
    field: str | None = None,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """An answer that says no."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "This was not done"),
        "status": status,
        "detail": sentence,
        "code": code,
        "field": field,
        "errors": list(errors),
    }
    answer = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    answer.headers["Content-Type"] = PROBLEM
    answer.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        answer.headers[name] = value
    return answer


def tell_problems(api: NinjaAPI) -> None:
    """Let every exception of a call become a problem that says what was wrong."""
    api.add_exception_handler(Refused, _refused)
    api.add_exception_handler(NotFound, _nothing_there)
    api.add_exception_handler(Http404, _nothing_there)
    api.add_exception_handler(KeyRefused, _not_let_in)
    api.add_exception_handler(Precondition, _moved_on)
    api.add_exception_handler(ValidationError, _off)
    api.add_exception_handler(OtherList, _other_list)
    api.add_exception_handler(HttpError, _http)


def nothing_here(request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
    """No resource of the API has this address."""
    return problem(404, "not_found", "There is no such address; /api/v1/openapi.json lists them.")


def own_words(view: View, takes: Callable[[], frozenset[str]] | None = None) -> View:
    """A view of the API: no sign-in opens it, and it speaks JSON whatever happens.

    ``takes`` are the names that its address may hold. A filter that is written wrong is told,
    for without it a program would take all rows for those it asked for.
    """

    @functools.wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        no = _unreadable(request) or (_unknown(request, takes()) if takes else None)
        if no is not None:
            return no
        found = view(request, *args, **kwargs)
        if found.status_code == 405:
            allowed = found.headers.get("Allow", "GET")
            return problem(405, "method", f"Send {allowed} here.", headers={"Allow": allowed})
        return found

    cast(Any, answer).login_required = False
    cast(Any, answer).csrf_exempt = True
    return answer


def _unreadable(request: HttpRequest) -> HttpResponse | None:
    try:
        given = [text for name, texts in request.GET.lists() for text in (name, *texts)]
    except SuspiciousOperation:
        return problem(400, "too_many_parts", "This address has too many parts.")
    if "\0" in request.path or any("\0" in text for text in given):
        return problem(400, "zero_byte", "No address holds a zero byte.")
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdigit() and len(length) < 19):
        return problem(400, "bad_length", "The length of what is sent has to be a number.")
    if int(length) > MOST_BODY:
        return problem(413, "too_long", f"Send {MOST_BODY // 1024} KB at most.")
    sends = request.method in {"POST", "PUT", "PATCH"} and length != "0"
    if sends and request.content_type != "application/json":
        return problem(415, "not_json", "Send application/json.")
    return None


def _unknown(request: HttpRequest, known: frozenset[str]) -> HttpResponse | None:
    wrong = sorted(set(request.GET) - known)
    if not wrong:
        return None
    takes = f"It takes {', '.join(sorted(known))}." if known else "It takes none."
    sentence = f"This address does not take “{wrong[0][:60]}”. {takes}"
    return problem(422, "unknown_filter", sentence, field=wrong[0][:60])


def _refused(request: HttpRequest, no: Any) -> HttpResponse:
    if isinstance(no, NotAllowed):
        return problem(403, no.code, no.sentence)
    if isinstance(no, Stale):
        return problem(409, no.code, no.sentence, field=no.field)
    status = 409 if is_conflict(no) else 422
    return problem(status, no.code, no.sentence, field=no.field)


def _nothing_there(request: HttpRequest, no: Any) -> HttpResponse:
    return problem(404, "not_found", "There is nothing with this number that you can see.")


def _not_let_in(request: HttpRequest, no: Any) -> HttpResponse:
    headers = {"WWW-Authenticate": 'Bearer realm="Wardroom"'} if no.status == 401 else {}
    if no.wait:
        headers["Retry-After"] = str(no.wait)
    return problem(no.status, no.code, no.sentence, headers=headers)


def _moved_on(request: HttpRequest, no: Any) -> HttpResponse:
    return problem(412, "stale", "This was changed since you read it. Read it again.")


def _http(request: HttpRequest, no: Any) -> HttpResponse:
    if no.status_code == 401:
        return _not_let_in(request, KeyRefused(401, "key_missing", "Send a key as a bearer."))
    return problem(no.status_code, "unreadable", "The body could not be read as JSON.")


def _other_list(request: HttpRequest, no: Any) -> HttpResponse:
    """A cursor from before an upgrade, since which the list is ordered by other things."""
    return _off(request, no_cursor())


def _off(request: HttpRequest, no: Any) -> HttpResponse:
    errors = [
        {
            "field": ".".join(str(part) for part in one["loc"][1:] if part != "given"),
            "code": str(one["type"]),
            "detail": str(one["msg"]),
        }
        for one in no.errors[:20]
    ]
    first = errors[0] if errors else {"field": "", "detail": "Something is off."}
    told = f"{first['field']}: {first['detail']}" if first["field"] else first["detail"]
    return problem(422, "not_valid", told, field=first["field"] or None, errors=errors)
