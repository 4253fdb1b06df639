"""What protects the reader's browser stands on every answer of the site."""

from __future__ import annotations

import pytest

from tests.cast import PASSWORD
from tests.web.addresses import address
from tests.web.conftest import World
from tests.web.looking import Look, Seen, noted, read
from wardroom.web.documents.views import SANDBOX

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


# One-off links: their addresses are keys, which no other site may be told.
LINKS = (
    *("/answer/", "/invitations/", "/helped/", "/call/"),
    *("/news/confirm/", "/news/stop/", "/news/mine/", "/mine/no-such"),
)


def every_answer(world: World, looked: Look) -> list[Seen]:
    """Each page as each role gets it, and the pages that say no."""
    director = world.clients["director"]
    refusals = {
        "nothing there": director.get("/nowhere/"),
        "bad form": director.post(address(world, "decide"), {}),
        "wrong state": director.post(f"/asks/{world.asks['5'].pk}/accept_ask/", {}),
        "wrong method": director.post(address(world, "candidates")),
    }
    return [*(noted(what, answer) for what, answer in refusals.items()), *looked.seen.values()]


def test_every_answer_carries_the_headers_and_no_script_or_style(
    world: World, looked: Look
) -> None:
    answers = every_answer(world, looked)
    all_headers(answers)
    assert no_script_or_style(answers) > 100


def all_headers(answers: list[Seen]) -> None:
    for answer in answers:
        what, given = answer.what, answer.headers
        assert given["X-Content-Type-Options"] == "nosniff", what
        told = "no-referrer" if any(link in what for link in LINKS) else "same-origin"
        assert given["Referrer-Policy"] == told, what
        assert given["X-Frame-Options"] == "DENY", what
        assert given["Cross-Origin-Opener-Policy"] == "same-origin", what
        if given["Content-Security-Policy"] == SANDBOX:
            assert given["Content-Disposition"].startswith("attachment"), what
            continue
        rules = dict(r.strip().split(" ", 1) for r in given["Content-Security-Policy"].split(";"))
        assert rules["default-src"] == "'self'", what
        assert rules["frame-ancestors"] == "'none'", what
        assert rules["object-src"] == "'none'", what
        assert rules["base-uri"] == "'none'", what
        assert rules["form-action"] == "'self'", what
        assert "unsafe" not in given["Content-Security-Policy"], what
        assert not {"script-src", "style-src"} & set(rules), what


def no_script_or_style(answers: list[Seen]) -> int:
    """How many pages there were to look at, none of which held a script or a style."""
    pages = 0
    for answer in answers:
        if answer.page is None:
            continue
        assert answer.page.loose == (), answer.what
        assert answer.page.lang in {"en", "en-US"}, answer.what
        assert answer.page.whole, answer.what
        pages += 1
    return pages


@pytest.mark.parametrize(
    ("text", "loose"),
    [
        ("<style>p {}</style>", ("<style>",)),
        ("<script>go()</script>", ("<script>", "<script> with words")),
        ('<p onclick="go()" style="color: red">', ("<p onclick>", "<p style>")),
        ('<img src="//evil.example/x.png">', ("<img src=//evil.example/x.png>",)),
        ('<a href="JavaScript:go()">', ("<a href=JavaScript:go()>",)),
        ('<script src="/x.js"></script><a href="/">', ()),
    ],
)
def test_what_a_page_must_not_hold_is_noticed(text: str, loose: tuple[str, ...]) -> None:
    assert read(text).loose == loose


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
