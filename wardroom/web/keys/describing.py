"""The API on one page, to read: made of its own description, so that both say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.api.v1.urls import api
from wardroom.web.everybody import for_everybody
from wardroom.web.ui.page import page


@dataclass(frozen=True)
class Part:
    """Something that a call takes: its name, what it may be, and whether it is needed."""

    name: str
    kind: str
    needed: bool
    said: str


@dataclass(frozen=True)
class Call:
    """One call of the API."""

    method: str
    path: str
    title: str
    said: str
    scope: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Chapter:
    """The calls that belong together."""

    title: str
    calls: tuple[Call, ...]


@login_not_required
@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    """What the API can do, and what each call takes."""
    return page(
        request, "keys/api.html", title="The API", chapters=chapters(), site=site_of(request)
    )


@require_safe
@for_everybody
def open311_page(request: HttpRequest) -> HttpResponse:
    """What the Open311 server is, for people: where it stands and how a program calls it."""
    return page(
        request,
        "keys/open311.html",
        title="Open311 for programs",
        site=site_of(request),
        contact=settings.OPEN311_CONTACT,
        keys=settings.OPEN311_KEYS,
    )


def site_of(request: HttpRequest) -> str:
    """The address of this site as whoever reads the page calls it."""
    return request.build_absolute_uri("/").rstrip("/")


@cache
def chapters() -> tuple[Chapter, ...]:
    """All calls of the API, in the order in which it describes them."""
    schema: Any = api.get_openapi_schema()
    found: dict[str, list[Call]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            call = Call(
                method=method.upper(),
                path=path,
                title=operation["summary"],
                said=operation.get("description", ""),
                scope=_scope(path, method),
                parts=tuple(_parts(operation, schema["components"]["schemas"])),
            )
            found.setdefault(operation["tags"][0], []).append(call)
    return tuple(Chapter(title, tuple(calls)) for title, calls in found.items())


def _scope(path: str, method: str) -> str:
    if "/hooks" in path:
        return "keep webhooks"
    return "read" if method == "get" else "write"


def _parts(operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Part]:
    for given in operation.get("parameters", ()):
        if given["in"] != "header":
            yield _part(given["name"], given["schema"], given["required"], given)
    body = operation.get("requestBody")
    if body is None:
        return
    named = body["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    needed = schemas[named].get("required", ())
    for name, kind in schemas[named]["properties"].items():
        yield _part(name, kind, name in needed, kind)


def _part(name: str, kind: Mapping[str, Any], needed: bool, told: Mapping[str, Any]) -> Part:
    said = told.get("description", "") or kind.get("description", "")
    return Part(name, _kind(kind), needed, said)


def _kind(schema: Mapping[str, Any]) -> str:
    """What a value may be, in a few words."""
    if "anyOf" in schema:
        kinds = [_kind(one) for one in schema["anyOf"] if one.get("type") != "null"]
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2]).lower()
    if "enum" in schema:
        return ", ".join(str(one) or "nothing" for one in schema["enum"])
    return str(schema.get("format") or schema.get("type", "text")).replace("string", "text")
