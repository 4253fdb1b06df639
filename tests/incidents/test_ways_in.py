"""The ways in for alerts: a key, and an address that is read by the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.incidents.messages import IN_FIVE, area, cap, info
from wardroom.calendar.gateways.outside_calendars import Fetched
from wardroom.directory.actions import make_key
from wardroom.documents import actions as documents
from wardroom.incidents.gateways.polling import read_feed
from wardroom.incidents.models import Alert, AlertFeed, IncidentDraft
from wardroom.jobs.alerts import read_alerts
from wardroom.kernel.errors import Refused
from wardroom.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ADDRESS = "https://alerts.example/feed.atom"
POST = "/api/alerts"
LONG = cap(info(area(polygon=IN_FIVE), expires="2199-01-01T00:00:00Z"))


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Any, ground: Ground) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def feed(*entries: str) -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{"".join(entries)}</feed>'.encode()


def entry(name: str, inside: str) -> str:
    return f"<entry><id>{name}</id><updated>2026-11-18T09:00:00Z</updated>{inside}</entry>"


def linked(name: str, href: str) -> str:
    link = f'<link rel="alternate" type="application/cap+xml" href="{href}"/>'
    return entry(name, f'<link href="/other.html"/>{link}')


class Sender:
    """Another authority's site: what lies at each address, and what was asked for."""

    def __init__(self, **pages: bytes) -> None:
        self.pages = {ADDRESS.replace("feed.atom", name): page for name, page in pages.items()}
        self.asked: list[str] = []

    def __call__(self, url: str, *, etag: str = "", accept: str = "") -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise Refused("not_fetched", "The other side answered 404.")
        if etag == '"same"':
            return Fetched(None, etag)
        return Fetched(self.pages[url], '"same"')


def body_of(content: bytes) -> str:
    return content.decode().partition("?>")[2]


def test_a_feed_gives_each_alert_once(ground: Ground) -> None:
    inline = entry("one", f'<content type="text/xml">{body_of(cap())}</content>')
    sender = Sender(**{"feed.atom": feed(linked("two", "/two.cap"), inline)})
    sender.pages["https://alerts.example/two.cap"] = cap(identifier="two")
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=sender) == 2
    assert sender.asked == [ADDRESS, "https://alerts.example/two.cap"]
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=sender) == 0
    assert len(sender.asked) == 3
    assert Alert.objects.filter(way_in="feed").count() == 2


def test_what_cannot_be_read_stops_no_other_and_is_tried_again(ground: Ground) -> None:
    sender = Sender(**{"feed.atom": feed(linked("gone", "/gone.cap"), linked("two", "/two.cap"))})
    sender.pages["https://alerts.example/two.cap"] = cap(identifier="two")
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=sender) == 1
    row = AlertFeed.objects.get()
    assert row.error.startswith("1 of the alerts")
    assert row.failed_at is not None
    sender.pages["https://alerts.example/gone.cap"] = cap(identifier="gone")
    sender.asked.clear()
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=sender) == 1
    assert "https://alerts.example/two.cap" not in sender.asked
    assert AlertFeed.objects.filter(error="", failed_at=None).count() == 1


def test_what_a_feed_gives_is_kept_only_where_the_scanner_found_nothing(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mark is spelled in the feed so that only what would be kept shows it."""
    hidden = body_of(cap(identifier="two")).replace("two", "&#116;wo")
    linked_to = {"3.xml": cap(identifier="two-more")}
    page = feed(entry("1", body_of(cap())), entry("2", hidden), linked("3", "3.xml"))
    sender = Sender(**{"feed.atom": page}, **linked_to)
    monkeypatch.setattr(documents, "scan", lambda content: "Found" if b"two" in content else "")
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=sender) == 1
    alone = Sender(**{"feed.atom": linked_to["3.xml"]})
    with pytest.raises(Refused) as no:
        read_feed(ADDRESS, stamp=HOUSE, fetch=alone)
    assert no.value.code == "scanner_found"
    assert Alert.objects.count() == 1
    monkeypatch.setattr(documents, "scan", lambda content: "")
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=sender) == 2


def test_one_alert_alone_may_lie_at_the_address(ground: Ground) -> None:
    assert read_feed(ADDRESS, stamp=HOUSE, fetch=Sender(**{"feed.atom": cap()})) == 1


@pytest.mark.parametrize("content", [b"<html/>", b"not xml"])
def test_an_address_without_alerts_is_written_down(ground: Ground, content: bytes) -> None:
    with pytest.raises(Refused):
        read_feed(ADDRESS, stamp=HOUSE, fetch=Sender(**{"feed.atom": content}))
    assert AlertFeed.objects.get().failed_at is not None


def test_the_routine_reads_nothing_without_an_address(ground: Ground) -> None:
    assert read_alerts() == 0
    assert not AlertFeed.objects.exists()


@pytest.fixture
def key(director: Cast) -> Callable[..., str]:
    def make(*scopes: str) -> str:
        return make_key(None, name="HSEMA", scopes=scopes, stamp=director.stamp).token

    return make


def send(token: str, content: bytes = b"", **extra: Any) -> Any:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return Client().post(
        POST, content or LONG, content_type="application/cap+xml", headers=headers, **extra
    )


def test_a_key_brings_an_alert_in_once(key: Callable[..., str]) -> None:
    token = key("alerts")
    first, again = send(token), send(token)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["state"] == "waiting"
    assert first.json()["new"] is True
    assert again.json()["alert"] == first.json()["alert"]
    assert first.json()["page"] == f"/alerts/{first.json()['alert']}/"
    line = Entry.objects.get(kind="AlertTaken")
    assert (line.actor_name, line.window) == ("HSEMA", "api")


def test_without_a_good_key_nothing_comes_in(key: Callable[..., str]) -> None:
    assert send("").status_code == 401
    assert send("wr_" + "0" * 32).status_code == 401
    assert send(key("open311")).status_code == 403
    assert not IncidentDraft.objects.exists()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"<alert/>", 400, "not_cap"),
        (b"nothing", 400, "not_xml"),
        (cap(sent="never"), 400, "alert_incomplete"),
        (b"<a>" + b" " * 600_000 + b"</a>", 413, "too_large"),
    ],
)
def test_what_is_no_alert_is_answered_with_its_code(
    key: Callable[..., str], content: bytes, status: int, code: str
) -> None:
    answer = send(key("alerts"), content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_only_posts_are_taken(key: Callable[..., str]) -> None:
    headers = {"Authorization": f"Bearer {key('alerts')}"}
    assert Client().get(POST, headers=headers).status_code == 405
