"""S19: what anybody may send stays cheap: 64 KB in every field, nests of any depth."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from django.test import Client

from tests.api.v1.conftest import program_of
from tests.casework.reporting import staffed
from tests.cast import Cast
from tests.counting import count_anew
from tests.ground import Ground
from wardroom.web.near import views as near

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LONG, MOST_SECONDS = 65_536, 0.25
SHAPES = (
    "a", "0", " ", "(", "@", "a@a.", "<b>", "&#x", "http://a.", "1-", "é", "\u202e", "%s{{",
    "\r\n", "Main St & ", "202-555-", "=cmd|'", "https://[", "3:00 ", "٣",
)  # fmt: skip
FIELDS = {
    "/report/": ("place", "spot", "said", "topic_code", "me_too", "who", "email", "phone", "once",
                 "language", "sum", "photo_spot", "held", "answer_seen"),
    "/mine/": ("email", "language"),
    "/news/": ("address", "language", "area", "where", "code", "metres", "topics", "frequency"),
    "/near/find/": ("where", "language"),
    "/visits/ask/": ("title", "asked_name", "email", "phone", "wanted", "on", "starts", "ends",
                     "ward_code", "place", "text"),
    "/account/login/": ("login", "password", "next"),
    "/open311/v2/requests.json": ("api_key", "service_code", "lat", "long", "address_string",
                                  "email", "phone", "description", "media_url"),
    "/api/alerts/": ("body",),
}  # fmt: skip


@pytest.fixture(autouse=True)
def office(ground: Ground, liaison5: Cast, liaison7: Cast) -> None:
    staffed({"5": liaison5, "7": liaison7})


def cost(send: Callable[[], Any]) -> tuple[float, int]:
    """The seconds of the processor that an answer takes, once all is loaded, and its status."""
    seconds, status = 9.0, 0
    for _ in range(3):
        count_anew()
        began = time.process_time()
        status = send().status_code
        seconds = min(seconds, time.process_time() - began)
        if seconds < MOST_SECONDS:
            break
    return seconds, status


def dear(path: str) -> Iterator[tuple[str, str, float, int]]:
    """Each shape of which an answer takes too much, or breaks."""
    visitor = Client()
    visitor.post(path, {})
    for shape in SHAPES:
        long = (shape * LONG)[:LONG]
        sent = dict.fromkeys(FIELDS[path], long)
        seconds, status = cost(partial(visitor.post, path, sent))
        if seconds > MOST_SECONDS or status >= 500:
            yield path, shape, round(seconds, 2), status


@pytest.mark.parametrize("path", FIELDS)
def test_long_fields_are_cheap_to_refuse(path: str) -> None:
    assert list(dear(path)) == []


def test_a_search_that_grows_with_the_square_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Power check: an address that is looked at from each of its letters on."""
    real = vars(near)["area_at"]

    def slow(where: str, **more: Any) -> Any:
        for start in range(0, len(where), 4):
            where[start:].casefold()
        return real(where, **more)

    monkeypatch.setattr(near, "area_at", slow)
    monkeypatch.setattr(near.WhereForm.base_fields["where"], "validators", [])
    assert next(dear("/near/find/"), None)


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_json_that_is_nested_without_end_is_told_so(liaison5: Cast, opening: str) -> None:
    program = program_of(liaison5)
    headers = {"Authorization": f"Bearer {program.token}"}
    deep = opening * 20_000
    for path in ("/api/v1/issues", "/api/v1/hooks"):
        send = partial(program.client.post, path, deep, headers=headers)
        seconds, status = cost(partial(send, content_type="application/json"))
        assert (status, seconds < MOST_SECONDS) == (400, True), (path, seconds)
