"""The API itself: its resources, its description, and an answer for every other address."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, re_path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser
from ninja.types import DictStrAny

from wardroom.api.described import described_at
from wardroom.api.v1 import asks, hooks, people, telling, work
from wardroom.api.v1.answers import ROOT
from wardroom.api.v1.door import PROBLEM, nothing_here, own_words, tell_problems
from wardroom.kernel.outside import read_json

ABOUT = """The office's own work for other programs, with the same rules as its pages.

Send an API key as a bearer: `Authorization: Bearer wr_...`. A key reads and does what its holder
may read and do, now. Lists come in parts: follow `next` until it is null; rows that come in
meanwhile repeat none. `/lines` gives all that changed, line by line. An answer
has an `ETag`; send it back as `If-None-Match` to read only what is new, or as `If-Match` to
change only what you had before you. Name a call with `Idempotency-Key`, and sent twice within a
day it is done once. What goes wrong is told as a problem (RFC 9457) with a `code` that stays.
"""
NAMED = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": 200},
    "description": "A name of your own for this call. Sent again, it is not done again.",
}
MATCHED = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of what you read. After a change in between nothing is done.",
}


class Reader(Parser):
    """How a body is read: as all JSON from outside."""

    def parse_body(self, request: HttpRequest) -> DictStrAny:
        """The body as JSON. Raises ValueError for what is none, or far too nested."""
        read: DictStrAny = read_json(request.body)
        return read


class Api(NinjaAPI):
    """The API, whose description says how problems are told."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The description, with problems under their own media type."""
        schema = super().get_openapi_schema(path_prefix=f"{ROOT}/")
        for methods in schema["paths"].values():
            for method, operation in methods.items():
                if method == "post":
                    operation.setdefault("parameters", []).extend([NAMED, MATCHED])
                _as_problems(operation["responses"])
        return schema


def _as_problems(responses: dict[Any, Any]) -> None:
    for status, answer in responses.items():
        if int(status) >= 400 and "content" in answer:
            answer["content"] = {PROBLEM: answer["content"].pop("application/json")}


api = Api(
    title="Wardroom",
    version="1",
    description=ABOUT,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="v1",
    parser=Reader(),
)
for part in (people, work, asks, telling, hooks):
    api.add_router("", part.router)
tell_problems(api)


def _opened(pattern: URLPattern) -> URLPattern:
    """A pattern of the API whose view speaks JSON whatever happens."""
    path = f"{ROOT}/{pattern.pattern}".replace("<", "{").replace(">", "}")
    spoken = pattern.callback
    if pattern.name == "openapi-json":
        spoken = described_at(spoken)
    view = own_words(spoken, takes=lambda: filters().get(path, frozenset()))
    return URLPattern(pattern.pattern, view, name=pattern.name)


@cache
def filters() -> dict[str, frozenset[str]]:
    """The names that may stand in the address of each resource, behind the question mark."""
    return {
        path: frozenset(
            given["name"]
            for operation in methods.values()
            for given in operation.get("parameters", ())
            if given["in"] == "query"
        )
        for path, methods in api.get_openapi_schema()["paths"].items()
    }


patterns, app_name, namespace = api.urls
urlpatterns = [
    *(_opened(one) for one in patterns if isinstance(one, URLPattern) and one.name != "api-root"),
    re_path(r"^.+$", own_words(nothing_here), name="nothing"),
]
