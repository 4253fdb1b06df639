"""Digests: only what is public, only what is new, once a period, and no mail for nothing."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from tests.conftest import NOON
from tests.engagement.subscribed import (
    HOME,
    later,
    make_home,
    make_smds,
    own_token,
    sent,
    subscribe,
    visitor,
    worker,
)
from tests.ground import Ground
from wardroom.engagement.actions import stop_news, write_digest
from wardroom.engagement.gateways import news as gateways
from wardroom.engagement.models import Digest
from wardroom.engagement.queries.news_due import subscribers_due
from wardroom.engagement.rules.digests import Covered, is_for
from wardroom.engagement.rules.subscriptions import AROUND, MINE, Wanted, period_of
from wardroom.jobs import news as job
from wardroom.kernel.errors import Refused
from wardroom.matters.rules.news import CHECK, TEXT, PublicNews

ZONE = ZoneInfo("America/New_York")
LOCAL = NOON.astimezone(ZONE)


def text(key: str = "text/1", at: datetime = NOON, **more: object) -> PublicNews:
    """A text that became public."""
    given = {"text": "A gate was put up.", "label": "1200 block of First Street NE", **more}
    return PublicNews(kind=TEXT, key=key, at=at, local=at, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("frequency", "on", "period"),
    [
        ("daily", date(2026, 11, 18), "2026-11-18"),
        ("weekly", date(2027, 1, 1), "2026-W53"),
        ("monthly", date(2026, 11, 30), "2026-11"),
    ],
)
def test_periods(frequency: str, on: date, period: str) -> None:
    assert period_of(frequency, on) == period


def test_news_is_for_those_near_it_or_in_its_district_or_about_its_topic() -> None:
    near = text(latitude=38.92, longitude=-77.0, ward_code="5", districts=frozenset({3}))
    around = Covered(AROUND, "", NOON, latitude=38.921, longitude=-77.001, metres=400)
    far = Covered(AROUND, "", NOON, latitude=38.95, longitude=-77.001, metres=400)
    mine = Covered(MINE, "", NOON, kind="smd", code="5A01", district_id=3)
    other = Covered(MINE, "", NOON, kind="smd", code="5A02", district_id=4)
    ward = Covered("named", "", NOON, kind="ward", code="5", district_id=9)
    assert [is_for(near, a) for a in (around, far, mine, other, ward)] == [
        True, False, True, False, True,
    ]  # fmt: skip
    meeting = text(ward_code="5")
    inside = Covered(MINE, "", NOON, kind="smd", code="5A02", ward_code="5", district_id=4)
    outside = Covered(AROUND, "", NOON, ward_code="7", latitude=38.9, longitude=-77, metres=400)
    assert [is_for(meeting, a) for a in (inside, ward, outside)] == [True, True, False]
    about = text(ward_code="5", topics=frozenset({"trash"}))
    trees = Covered("city", "", NOON, topics=frozenset({"trees"}))
    assert not is_for(about, trees)
    assert is_for(text(), other), "what concerns the whole city concerns every area"


@pytest.fixture
def made_public(monkeypatch: pytest.MonkeyPatch) -> list[PublicNews]:
    """What other parts of the house made public; a test adds to it."""
    found: list[PublicNews] = []
    monkeypatch.setattr(gateways, "_SOURCES", [lambda since, until: found])
    return found


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The worker's clock: its last entry is now."""
    now = [NOON]
    monkeypatch.setattr("django.utils.timezone.now", lambda: now[-1])
    return now


@pytest.mark.django_db
@pytest.mark.any_database
def test_digest_goes_once_a_period_in_the_language_chosen(
    ground: Ground, made_public: list[PublicNews], clock: list[datetime]
) -> None:
    make_smds()
    make_home()
    smd = Wanted(MINE, kind="smd", where=HOME, frequency="weekly")
    district = subscribe("uno@example.org", smd, language="es").district_id
    subscribe("far@example.org", Wanted("named", code="7B01", frequency="daily"))
    here = frozenset({district or 0})
    made_public += [
        text(at=later(hours=1), districts=here, ward_code="5"),
        PublicNews(
            kind=CHECK,
            key="check/7",
            at=later(hours=2),
            local=LOCAL,
            finding="clean",
            label="1200 block of First Street NE",
            districts=here,
            ward_code="5",
        ),
    ]
    clock.append(later(days=1))
    assert job.write_digests() == 2
    (letter,) = sent(later(days=1))
    assert letter.to_address == "uno@example.org"
    assert letter.subject == "Noticias sobre su SMD, 5A01, 19 de noviembre de 2026"
    assert "Hay 2 cambios desde la última vez" in letter.text
    assert "A gate was put up. (solo en inglés)" in letter.text
    assert "Fuimos a mirar el 18 de noviembre de 2026: el problema ya no está." in letter.text
    assert letter.unsubscribe
    assert {d.message_id is None for d in Digest.objects.filter(frequency="daily")} == {True}

    clock.append(later(days=1, hours=3))
    assert job.write_digests() == 0, "one receipt a period"
    clock.append(later(days=6))
    assert [period for _, period in subscribers_due(on=clock[-1].date())] == ["daily", "weekly"]
    job.write_digests()
    assert sent(later(days=6)) == [], "nothing new, no mail"

    late = text("text/2", later(days=5), districts=here, ward_code="5", text="Late, but told.")
    made_public.append(late)
    clock.append(later(days=13))
    job.write_digests()
    (letter,) = sent(later(days=13))
    assert "Late, but told." in letter.text
    assert "A gate was put up." not in letter.text


@pytest.mark.django_db
def test_whoever_stopped_gets_no_digest(
    made_public: list[PublicNews], clock: list[datetime]
) -> None:
    one = subscribe().subscriber
    made_public.append(text(at=later(hours=1)))
    stop_news(None, token=own_token(one), stamp=visitor(later(hours=2)))
    one.refresh_from_db()
    with pytest.raises(Refused, match="They stopped the news"):
        write_digest(one, frequency="daily", news=made_public, stamp=worker(later(days=1)))
    clock.append(later(days=1))
    assert job.write_digests() == 0


@pytest.mark.django_db
def test_feeds_are_public_permanent_and_kept(
    client: Client, made_public: list[PublicNews], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = text(latitude=38.92, longitude=-77.0, ward_code="5")
    made_public.append(place)
    monkeypatch.setattr(gateways, "_STANDING", [lambda: [place]])
    feed = client.get("/feeds/news.atom")
    assert feed.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert feed.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in feed.headers
    body = feed.content.decode()
    assert "<id>tag:127.0.0.1,2026:text/1</id>" in body
    assert "A gate was put up." in body
    again = client.get("/feeds/news.atom", headers={"If-None-Match": feed.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "A gate" not in client.get("/feeds/news/topic/nothing/news.atom").content.decode()

    points = client.get("/feeds/news.geojson").json()["features"]
    assert [p["geometry"]["coordinates"] for p in points] == [[-77.0, 38.92]]
    assert client.get("/feeds/news/smd/9Z99/places.geojson").status_code == 404


@pytest.mark.django_db
def test_what_is_too_much_for_one_mail_comes_in_the_next(
    made_public: list[PublicNews], clock: list[datetime]
) -> None:
    subscribe()
    made_public += [text(f"text/{n}", later(minutes=n), text=f"Piece {n}.") for n in range(1, 76)]
    clock.append(later(days=1))
    job.write_digests()
    (first,) = sent(later(days=1))
    clock.append(later(days=2))
    job.write_digests()
    (second,) = sent(later(days=2))
    clock.append(later(days=3))
    job.write_digests()
    assert sent(later(days=3)) == []
    held = [f"Piece {n}." in first.text for n in range(1, 76)]
    assert (sum(held), "60 " in first.text, "15 " in second.text) == (60, True, True)
    assert [f"Piece {n}." in second.text for n in range(1, 76)] == [not one for one in held]
