"""What protects the reader's browser stands on every answer of the site."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.http import HttpResponseBase

from tests.cast import PASSWORD
from tests.web.addresses import address, names
from tests.web.conftest import ROLES, World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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


# One-off links: their addresses are keys, which no other site may be told.
LINKS = (
    *("/answer/", "/invitations/", "/helped/"),
    *("/news/confirm/", "/news/stop/", "/news/mine/", "/mine/no-such"),
)
Answers = list[tuple[str, HttpResponseBase]]


def every_answer(world: World) -> Answers:
    """Each page as each role gets it, and the pages that say no."""
    director = world.clients["director"]
    answers: Answers = [
        ("nothing there", director.get("/nowhere/")),
        ("bad form", director.post(address(world, "decide"), {})),
        ("wrong state", director.post(f"/asks/{world.asks['5'].pk}/accept_ask/", {})),
        ("wrong method", director.post(address(world, "candidates"))),
    ]
    for name in names():
        path = address(world, name)
        answers += [(f"{role} {path}", world.clients[role].get(path)) for role in ROLES]
    return answers


def test_every_answer_carries_the_headers_and_no_script_or_style(world: World) -> None:
    answers = every_answer(world)
    all_headers(answers)
    assert no_script_or_style(answers) > 100


def all_headers(answers: Answers) -> None:
    for what, answer in answers:
        given = answer.headers
        assert given["X-Content-Type-Options"] == "nosniff", what
        told = "no-referrer" if any(link in what for link in LINKS) else "same-origin"
        assert given["Referrer-Policy"] == told, what
        assert given["X-Frame-Options"] == "DENY", what
        assert given["Cross-Origin-Opener-Policy"] == "same-origin", what
        rules = dict(r.strip().split(" ", 1) for r in given["Content-Security-Policy"].split(";"))
        assert rules["default-src"] == "'self'", what
        assert rules["frame-ancestors"] == "'none'", what
        assert rules["object-src"] == "'none'", what
        assert rules["base-uri"] == "'none'", what
        assert rules["form-action"] == "'self'", what
        assert "unsafe" not in given["Content-Security-Policy"], what
        assert not {"script-src", "style-src"} & set(rules), what


def no_script_or_style(answers: Answers) -> int:
    """How many pages there were to look at, none of which held a script or a style."""
    pages = 0
    for what, answer in answers:
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        text = answer.getvalue().decode()
        if not text:
            continue
        loose = Loose()
        loose.feed(text)
        assert loose.found == [], what
        assert loose.lang in {"en", "en-US"}, what
        assert "TEMPLATE-VARIABLE-MISSING" not in text, what
        pages += 1
    return pages


def test_pages_about_people_are_not_kept_by_others(world: World) -> None:
    for name in ("home", "candidates", "location", "ask", "report", "report_pdf", "report_word",
                 "requests",
                 "outbox", "feed_wards", "feed_candidates", "feed_place", "feed_area"):  # fmt: skip
        kept = world.clients["director"].get(address(world, name)).headers["Cache-Control"]
        assert "private" in kept, name
        assert "public" not in kept, name


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world: World) -> None:
    visitor = world.clients["anonymous"]
    visitor.get("/account/login/")
    sent = {"login": "director@example.org", "password": PASSWORD}
    answer = visitor.post("/account/login/", sent)
    assert set(answer.cookies) >= {"sessionid", "csrftoken"}
    for cookie in answer.cookies.values():
        assert cookie["httponly"], cookie.key
        assert cookie["samesite"] == "Lax", cookie.key


def test_signing_in_leads_nowhere_else(world: World) -> None:
    for away in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        visitor = world.clients["anonymous"]
        sent = {"login": "director@example.org", "password": PASSWORD, "next": away}
        answer = visitor.post("/account/login/", sent)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/"), away
        visitor.post("/account/logout/")
