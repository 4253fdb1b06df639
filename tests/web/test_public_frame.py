"""The frame of public pages, and what makes them safe to keep in any cache."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.html import escape

from tests.web.conftest import World
from wardroom.engagement.rules.tongues.frames import FRAMES
from wardroom.kernel.languages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
SHARED = ("/open-meetings/", "/calendar/public/", "/news/feeds/")
OF_RESIDENTS = (*SHARED, "/news/", "/visits/ask/")


@pytest.mark.parametrize("path", SHARED)
def test_a_page_for_everybody_is_the_same_for_everybody_and_may_be_kept(
    path: str, world: World
) -> None:
    visitor = Client().get(path)
    assert visitor.headers["Cache-Control"] == "public, max-age=300"
    assert not visitor.cookies
    assert "cookie" not in visitor.headers["Vary"].lower()
    assert "Accept-Language" in visitor.headers["Vary"]
    for role in ("director", "liaison5", "partner_dpw"):
        answer = world.clients[role].get(path)
        assert answer.content == visitor.content, role
        assert not answer.cookies, role


@pytest.mark.parametrize("path", SHARED)
def test_an_unchanged_page_is_not_sent_again(path: str, world: World) -> None:
    first = Client().get(path)
    again = Client(headers={"if-none-match": first.headers["ETag"]}).get(path)
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"]


def test_an_address_that_names_the_language_does_not_vary_by_the_browser(world: World) -> None:
    answer = Client(headers={"accept-language": "fr"}).get(f"{SHARED[0]}?language=ko")
    assert "Accept-Language" not in answer.headers["Vary"]
    assert '<html lang="ko">' in answer.content.decode()


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize("path", OF_RESIDENTS)
def test_the_frame_speaks_every_language_and_its_links_stay_in_it(
    path: str, code: str, world: World
) -> None:
    shown = Client().get(f"{path}?language={code}").content.decode()
    words, tag = FRAMES[code], LANGUAGES[code].tag
    assert f'<html lang="{tag}">' in shown
    for said in (words.skip, words.news, words.meetings, words.visit, words.sign_in, words.urgent):
        assert escape(said) in shown, said
    nav = shown.partition('class="masthead__nav"')[2].partition("</nav>")[0]
    leads = re.findall(r'href="([^"]+)"', nav)
    assert leads
    assert all(href.endswith(f"?language={code}") for href in leads)


def test_a_page_in_english_says_so_to_readers_of_another_language(world: World) -> None:
    shown = Client().get("/visits/ask/?language=vi").content.decode()
    assert re.search(r'<main [^>]*lang="en-US"', shown)
    assert FRAMES["vi"].in_english in shown
    assert FRAMES["vi"].in_english not in Client().get("/visits/ask/").content.decode()


def test_what_is_filtered_stays_filtered_in_another_language(world: World) -> None:
    shown = Client().get("/open-meetings/?when=past").content.decode()
    assert 'href="/open-meetings/?when=past&amp;language=am"' in shown


def test_own_pages_of_a_link_are_kept_by_nobody(world: World) -> None:
    answer = Client().get("/news/mine/no-such-link/")
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_visitor_who_is_lost_is_told_so_in_their_language(code: str, world: World) -> None:
    for path in ("/near/ward/99/", "/nowhere/"):
        answer = Client(headers={"accept-language": code}).get(path)
        assert answer.status_code == 404
        shown = answer.content.decode()
        assert escape(FRAMES[code].missing_lead) in shown
        assert f'<html lang="{LANGUAGES[code].tag}">' in shown
    lost = world.clients["director"].get("/nowhere/").content.decode()
    assert "Back to Home" in lost
