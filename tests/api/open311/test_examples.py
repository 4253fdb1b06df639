"""The examples that the guide and the pages give to programmers do what they say."""

from __future__ import annotations

import html
import re
import shlex
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import Settings

from tests.api.open311.conftest import Program
from tests.api.v1.conftest import program_of
from tests.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("mirror")]
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "guide.md"
PAGES = ("/open311/", "/api/v1/")


def examples(client: Client) -> dict[str, list[str]]:
    """The calls that are written out, by where they stand."""
    found = {"guide": re.findall(r"^    (curl .*)$", GUIDE.read_text("utf-8"), re.MULTILINE)}
    for address in PAGES:
        text = client.get(address).content.decode()
        found[address] = [html.unescape(one) for one in re.findall(r">(curl [^<]*)</code>", text)]
    return found


def called(example: str, token: str, client: Client) -> Any:
    """What is answered when an example is typed, with a key that is good."""
    words = shlex.split(example.replace("wr_...", token))[1:]
    headers = [words[n + 1] for n, word in enumerate(words) if word == "-H"]
    fields = [words[n + 1] for n, word in enumerate(words) if word == "-d"]
    parts = urlsplit(next(word for word in words if word.startswith("http")))
    path = f"{parts.path}?{parts.query}"
    given = dict(header.split(": ", 1) for header in headers)
    if not fields:
        return client.get(path, headers=given)
    form = QueryDict("&".join(fields).replace(" ", "+"))
    return client.post(path, {name: form[name] for name in form}, headers=given)


def test_each_example_works(program: Program, liaison5: Cast) -> None:
    found = examples(program.client)
    assert {where: len(calls) for where, calls in found.items()} == {
        "guide": 2,
        "/open311/": 2,
        "/api/v1/": 1,
    }
    own = program_of(liaison5).token
    for calls in found.values():
        for example in calls:
            token = own if "Bearer" in example else program.token
            answer = called(example, token, Client())
            assert answer.status_code == 200, (example, answer.content)
            bare = called(example, "wr_" + "x" * 32, Client())
            assert (bare.status_code == 200) is ("wr_..." not in example)


def test_page_for_people_leads_to_what_programs_read(client: Client) -> None:
    page = client.get("/open311/")
    assert page.headers["Cache-Control"].startswith("public")
    for address in set(re.findall(r'href="(/open311/[^"]+)"', page.content.decode())):
        assert client.get(address).status_code == 200, address


def test_discovery_says_where_to_ask_and_where_keys_come_from(
    client: Client, settings: Settings
) -> None:
    told = client.get("/open311/discovery.json").json()
    assert "http://testserver/open311/" in told["key_service"]
    settings.OPEN311_CONTACT = "open311@city.example"
    settings.OPEN311_KEYS = "https://city.example/keys"
    told = client.get("/open311/discovery.json").json()
    assert "open311@city.example" in told["contact"]
    assert "https://city.example/keys" in told["key_service"]
    page = client.get("/open311/").content.decode()
    assert 'href="mailto:open311@city.example"' in page
    assert 'href="https://city.example/keys"' in page
