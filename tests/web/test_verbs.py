"""Each verb of a page has an address of its own: no other page stands in its way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

SAMPLES = {"IdConverter": 7, "StringConverter": "word", "SlugConverter": "word"}


def moving(patterns: list[Any]) -> Iterator[URLPattern]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from moving(pattern.url_patterns)
        elif hasattr(pattern.callback, "verbs"):
            yield pattern


def test_every_verb_reaches_its_own_page() -> None:
    found, elsewhere = 0, []
    for pattern in moving(get_resolver().url_patterns):
        named = {
            name: SAMPLES[type(converter).__name__]
            for name, converter in pattern.pattern.converters.items()
            if name != "verb"
        }
        for verb in vars(pattern.callback)["verbs"]:
            at = reverse(str(pattern.name), kwargs={**named, "verb": verb})
            found += 1
            if resolve(at).url_name != pattern.name:
                elsewhere.append((at, resolve(at).url_name))
    assert found > 150
    assert elsewhere == []
