"""S12: a program smuggled into any text of the office runs on no page, for nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote, urlencode

import pytest
from django.http import HttpResponseBase
from django.template import engines
from django.test import Client

from tests.counting import count_anew
from tests.security.glass import Glass, glass
from tests.security.payloads import PAYLOADS, SCRIPTS, SHORT, lot
from tests.security.smuggling import smuggle
from tests.web.addresses import address, names
from tests.web.conftest import World, fixed_noon, fresh_cache, lent, standing, world
from tests.web.test_filters import LISTS

__all__ = ["fixed_noon", "fresh_cache", "lent", "standing", "world"]
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
WHO_LOOKS = ("director", "liaison5", "records", "partner_dpw", "nobody", "anonymous")


@pytest.fixture(scope="module")
def window() -> Iterator[Glass]:
    """One browser for all of these tests."""
    with glass() as opened:
        yield opened


def pages(world: World) -> Iterator[tuple[str, Client, HttpResponseBase]]:
    """Every address that shows somebody a page, with the first of those who look and get it."""
    for name in names():
        count_anew()
        path = address(world, name)
        for who in WHO_LOOKS:
            client = world.clients[who]
            answer = client.get(path)
            if is_page(answer):
                yield path, client, answer
            if answer.status_code == 200:
                break


def is_page(answer: HttpResponseBase) -> bool:
    """Whether an answer is a page that a browser shows."""
    return answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


def test_no_smuggled_program_runs_on_any_page(world: World, window: Glass) -> None:
    assert len(smuggle()) > 400
    wrong, looked_at = {}, 0
    for path, client, answer in pages(world):
        window.client = client
        looked_at += 1
        if seen := window.look(path, answer):
            wrong[path] = seen
    assert wrong == {}
    assert looked_at > 250
    assert {given["status"] for given in window.kept.values()} == {200}, "programs did not load"


def test_what_a_list_is_asked_for_brings_nothing_into_it(world: World, window: Glass) -> None:
    wrong = {}
    for number, (path, known) in enumerate(LISTS.items()):
        asked = {name: lot(number * 7 + at, 400) for at, name in enumerate((*known, "q", "page"))}
        answer = world.clients["director"].get(f"{path}?{urlencode(asked)}")
        if seen := window.read(answer.getvalue().decode()):
            wrong[path] = seen
    assert wrong == {}


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fault: templates write what they are given as it is."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    monkeypatch.setattr(engine, "autoescape", False)


def test_a_page_that_is_careless_is_seen(world: World, window: Glass, careless: None) -> None:
    smuggle()
    window.client = world.clients["director"]
    answer = window.client.get(address(world, "issue"))
    assert len(window.read(answer.content.decode())) > 100
    seen = window.look(address(world, "issue"), answer)
    assert any(fault.startswith("refused: script-src") for fault in seen)
    assert not any(fault.startswith("dialog") for fault in seen), "the policy lets programs run"


def test_without_the_policy_its_programs_would_run(world: World, careless: None) -> None:
    smuggle()
    with glass(bypass_csp=True) as open_window:
        open_window.client = world.clients["director"]
        seen = open_window.look(address(world, "issue"))
    assert any(fault.startswith("dialog") for fault in seen)
    assert any(fault.startswith("asked outside: GET http://evil.example/") for fault in seen)


# How a page may be careless: a text among its words, in its attributes, or read once too often.
Carelessness = Callable[[str], str]
CARELESS: tuple[Carelessness, ...] = (
    *(
        (lambda text, around=around: around % text)
        for around in (
            "<p>%s</p>", '<a title="%s">', "<a title='%s'>", "<a title=%s>", '<a href="%s">',
            "<textarea>%s</textarea>", "<title>%s</title>", "<style>%s</style>",
            "<script>/*%s*/</script>", "<!-- %s -->", "<svg><![CDATA[%s]]></svg>",
            "<select><option>%s</select>",
        )
    ),
    unescape,
    unquote,
    lambda text: unicodedata.normalize("NFKC", text),
    lambda text: text.encode().decode("utf-7", "ignore"),
    lambda text: text.encode("latin-1", "ignore").decode("unicode_escape", "ignore"),
)  # fmt: skip
SPOKEN = (
    "<script>var a='%s'</script>", '<script>var a="%s"</script>', "<script>var a=`%s`</script>",
    "<script>/*%s*/</script>", "<script>//%s\n</script>",
)  # fmt: skip


def test_each_of_the_hundred_is_seen_where_a_page_is_careless(window: Glass) -> None:
    assert len(set(PAYLOADS)) == 100
    for payload in PAYLOADS:
        if payload not in SCRIPTS:
            assert any(window.read(careless(payload)) for careless in CARELESS), payload
    assert not any(window.read(f"<p>{escaped(payload)}</p>") for payload in (*PAYLOADS, SHORT))


def test_each_that_breaks_out_of_a_script_is_heard(window: Glass) -> None:
    for payload in SCRIPTS:
        quoted = payload.replace("\\'", "\\\\'").replace('\\"', '\\\\"')
        shown = [around % text for around in SPOKEN for text in (payload, quoted)]
        assert any(window.open(html) for html in shown), payload


def escaped(text: str) -> str:
    """A text as the templates write it."""
    return engines["django"].from_string("{{ text }}").render({"text": text})
