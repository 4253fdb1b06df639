"""What a page asks of its address, so that a sweep tries what could change the answer.

A page that never looks at a parameter answers the same with it and without. Only a page that
looks can tell more for one, and only that one is tried.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.http import QueryDict
from django.template.backends.django import Template

EVERYTHING = "*"
# Where django-template-partials keeps the parts of a template; Django 6 has a place of its own.
PARTS = ("extra_data", "partials")
# The edge looks through all of it for zero bytes, and a link keeps what is there.
NOT_READ = {"lists", "copy", "urlencode"}


class Watched(QueryDict):
    """The parameters of an address; it remembers which ones were looked at."""

    def __init__(self, *given: Any, **more: Any) -> None:
        self.asked: set[str] = set()
        super().__init__(*given, **more)


def _watch(name: str, *, by_key: bool) -> None:
    real = getattr(QueryDict, name)

    def look(self: Watched, *given: Any, **more: Any) -> Any:
        if hasattr(self, "asked"):
            self.asked.add(str(given[0]) if by_key and given else EVERYTHING)
        return real(self, *given, **more)

    setattr(Watched, name, look)


for _name in ("__getitem__", "get", "getlist", "__contains__"):
    _watch(_name, by_key=True)
for _name in ("__iter__", "__len__", "items", "keys", "values", "dict"):
    _watch(_name, by_key=False)


@contextmanager
def watched() -> Iterator[None]:
    """While this lasts, every request remembers what was asked of its address."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.handlers.wsgi.QueryDict", Watched)
        yield


def worth_trying(answer: Any, queries: Iterable[str]) -> list[str]:
    """Those of the queries, as ?ward=5&page=2, that could change this answer.

    What never looked at its address while it was watched has nothing to try.
    """
    asked: set[str] = getattr(answer.wsgi_request.GET, "asked", set())
    return [
        query
        for query in queries
        if EVERYTHING in asked or asked & set(QueryDict(query.removeprefix("?")))
    ]


@contextmanager
def unwritten() -> Iterator[None]:
    """While this lasts, no template is written out: for those who ask only what came back.

    A page has its answer before its template is written, and other sweeps read what is written
    for each of these people.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *_given, **_more: "")
        yield


def has_part(answer: Any) -> bool:
    """Whether a page has a part of its own for htmx; one without is sent whole to whoever asks."""
    kept, parts = PARTS
    return any(
        "results" in getattr(template, kept, {}).get(parts, {})
        for template in getattr(answer, "templates", ())
    )
