"""No log holds a name, an address, a token or what somebody typed, whatever goes wrong."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from typing import Any

import pytest
from django.conf import settings as current
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from tests.cast import Cast
from tests.web.conftest import open_site
from wardroom.config.logs import HideTokens, HideWords, Json, Plain, told_kind
from wardroom.kernel.errors import Refused

NAME, MAIL, PHONE = "Quillon Vantreese", "quillon@canary.example", "202-555-0176"
TOKEN, WORDS = "tokCanary00000000000000000000001", "a leaking hydrant behind my bedroom"
CANARIES = (NAME, NAME.split()[0], MAIL, PHONE, TOKEN, WORDS)
PLAIN_FORMAT = current.LOGGING["formatters"]["plain"]["format"]


@contextmanager
def listening(formatter: logging.Formatter, *filters: logging.Filter) -> Iterator[StringIO]:
    """All that every part of the house logs, down to the last detail, as it would be written."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(formatter)
    for one in filters:
        handler.addFilter(one)
    root, requests = logging.getLogger(), logging.getLogger("wardroom.requests")
    levels = root.level, requests.level
    root.handlers.insert(0, handler)  # before the site's own, which changes what it writes
    root.setLevel(logging.DEBUG)
    requests.setLevel(logging.INFO)
    try:
        yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(levels[0])
        requests.setLevel(levels[1])


def as_set_up(kind: str) -> Any:
    """As the settings have it."""
    formatter = Json() if kind == "json" else Plain(PLAIN_FORMAT)
    return listening(formatter, HideWords(), HideTokens())


def fail(*_: object, **__: object) -> None:
    try:
        raise IntegrityError(f'duplicate key "one"\nDETAIL:  Key (email)=({MAIL}) exists.')
    except IntegrityError as error:
        raise ValueError(f"{NAME} of {PHONE}: {WORDS}") from error


def visit(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask, search, fill in forms, mistype addresses and run into a mistake of the program."""
    typed = {"q": f"{NAME} {PHONE}", "name": NAME, "email": MAIL, "text": WORDS, "login": MAIL}
    for path in ("/search/", "/people/", "/near/find/", "/capture/names/", "/issues/"):
        client.get(path, typed)
    client.get(f"/nowhere/{MAIL}/{WORDS}/")
    for path in (f"/answer/{TOKEN}/", f"/news/mine/{TOKEN}/", f"/mine/{TOKEN}/"):
        client.get(path)
        client.post(path, typed)
    client.get("/api/v1/matters/", {"api_key": TOKEN})
    Client().post("/account/login/", {**typed, "password": WORDS})
    Client(enforce_csrf_checks=True).post("/account/login/", typed)
    for path in ("/report/", "/visits/ask/", "/capture/", "/people/"):
        client.post(path, typed)
    monkeypatch.setattr("wardroom.web.near.views.locations_near", fail)
    client.get("/near/", typed)


def work() -> None:
    """What the worker writes down when something fails."""
    logger = logging.getLogger("wardroom.jobs.each")
    try:
        fail()
    except ValueError:
        logger.exception("letter %s stopped at an error", 7)
    logger.info("%s %s: %s", "letter", 7, Refused("no_address", f"{NAME} has no address."))
    trace = f'Traceback:\n File "/x/mail.py", line 3, in send\nValueError: {MAIL} {WORDS}'
    logging.getLogger("django-q").error(f"Failed 'mail' (line 7) - {NAME} : {trace}")


def told(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary.lower() in text.lower()]


@pytest.fixture
def deeds(liaison5: Cast, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    client = open_site(liaison5)
    client.raise_request_exception = False

    def do_all() -> None:
        visit(client, monkeypatch)
        with suppress(ValueError):
            work()

    return do_all


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["plain", "json"])
def test_no_canary_is_in_any_log(kind: str, deeds: Callable[[], None], liaison5: Cast) -> None:
    with as_set_up(kind) as log:
        deeds()
    text = log.getvalue()
    assert told(text) == []
    assert liaison5.user.name not in text
    assert text.count("near") > 1
    assert "ValueError" in text
    assert "test_logs.py" in text
    assert "letter 7: Refused: no_address" in text
    assert "Failed 'mail' (line 7)" in text


@pytest.mark.django_db
def test_without_the_filters_every_canary_would_be_found(deeds: Callable[[], None]) -> None:
    """The power check: the same deeds, written down as Python does by itself."""
    with listening(logging.Formatter("%(message)s")) as log:
        deeds()
    assert told(log.getvalue()) == list(CANARIES)


@pytest.mark.django_db
def test_line_of_an_answer_names_the_route_and_the_number_of_the_user(liaison5: Cast) -> None:
    client = open_site(liaison5)
    with as_set_up("json") as log:
        answer = client.get("/search/", {"q": WORDS})
        client.get(f"/answer/{TOKEN}/")
        client.get("/static/no-such-file.css")
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    first, second, third = (line for line in lines if line["logger"] == "wardroom.requests")
    assert first["request"] == answer.headers["X-Request-ID"]
    assert first["user"] == liaison5.user.pk
    assert (first["method"], first["route"], first["status"]) == ("GET", "search", 200)
    assert first["ms"] > 0
    assert (second["route"], second["request"] != first["request"]) == ("answer", True)
    assert third["route"] == "static"
    assert set(first) == {
        *("at", "level", "logger", "message", "request"),
        *("method", "route", "status", "ms", "user"),
    }


@pytest.mark.django_db
def test_name_of_a_request_is_taken_from_a_proxy_to_believe(settings: Settings) -> None:
    client, given = Client(), {"x-request-id": "from-the-proxy-1"}
    assert client.get("/nowhere/", headers=given).headers["X-Request-ID"] != "from-the-proxy-1"
    settings.BEHIND_PROXY = True
    assert client.get("/nowhere/", headers=given).headers["X-Request-ID"] == "from-the-proxy-1"
    forged = {"x-request-id": "x\tERROR forged line"}
    assert "forged" not in client.get("/nowhere/", headers=forged).headers["X-Request-ID"]


def test_words_of_an_error_are_kept_where_the_program_wrote_them() -> None:
    assert told_kind(AttributeError("no attribute 'x'")) == "AttributeError: no attribute 'x'"
    assert told_kind(ValueError(NAME)) == "ValueError"
    assert told_kind(KeyError(NAME)) == "KeyError"
    assert told_kind(IntegrityError(f"not unique\n{MAIL}")) == "IntegrityError: not unique"
    assert told_kind(OSError(28, "No space left", f"/{MAIL}")) == "OSError: No space left"
