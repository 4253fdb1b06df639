"""Every page as everybody gets it: looked at once, for all tests that ask about such a look.

What a test says of it is read from what is noted here, so that one walk through the site
serves the tables of who gets what, the headers, and that looking writes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

from django.http import HttpResponseBase

from tests.counting import count_anew
from tests.web.addresses import address, names, word
from tests.web.conftest import ROLES, World
from tests.web.test_reading import contents, row_counts


class Loose(HTMLParser):
    """Collects what a page must not hold: scripts and styles written into it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.lang = ""
        self.open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.open = tag
        if tag == "html":
            self.lang = given.get("lang") or ""
        data = given.get("type") == "application/ld+json"
        if data:
            self.open = "data"
        elif tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            text = (value or "").strip().lower()
            if name == "style" or name.startswith(("on", "hx-on", "data-hx-on")):
                self.found.append(f"<{tag} {name}>")
            if text.startswith("javascript:") or (name in {"src", "href"} and "//" in text[:8]):
                self.found.append(f"<{tag} {name}={value}>")

    def handle_data(self, data: str) -> None:
        if self.open == "script" and data.strip():
            self.found.append("<script> with words")

    def handle_endtag(self, tag: str) -> None:
        self.open = ""


@dataclass(frozen=True)
class Page:
    """What a page of HTML holds that tests ask about."""

    loose: tuple[str, ...]
    lang: str
    whole: bool


@dataclass(frozen=True)
class Seen:
    """One answer: what was asked for, what came back, and what the page held."""

    what: str
    word: str
    headers: Mapping[str, str]
    page: Page | None


@dataclass(frozen=True)
class Look:
    """Each page as each role gets it, and what there was in the house before and afterwards."""

    seen: Mapping[tuple[str, str], Seen]
    before: Mapping[str, int]
    after: Mapping[str, int]
    contents_before: Mapping[str, str]
    contents_after: Mapping[str, str]


def noted(what: str, answer: HttpResponseBase) -> Seen:
    """An answer, read for what tests ask about."""
    headers = dict(answer.headers.items())
    text = ""
    if headers.get("Content-Type", "").startswith("text/html"):
        text = answer.getvalue().decode()
    return Seen(what, word(answer), headers, read(text) if text else None)


def read(text: str) -> Page:
    """A page, read for what it must not hold."""
    loose = Loose()
    loose.feed(text)
    whole = "TEMPLATE-VARIABLE-MISSING" not in text
    return Page(tuple(loose.found), loose.lang, whole)


def look_at_all(world: World) -> Look:
    """Everybody opens every page of Ward 5."""
    before, kept, seen = row_counts(), contents(), {}
    for name in names():
        count_anew()  # nobody is asked to wait for what the walk tries
        path = address(world, name)
        for role in ROLES:
            seen[name, role] = noted(f"{role} {path}", world.clients[role].get(path))
    return Look(seen, before, row_counts(), kept, contents())
