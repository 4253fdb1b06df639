"""Promises are news once confirmed, meetings of public bodies once their notice is out."""

from __future__ import annotations

import gzip
import re
from datetime import timedelta
from xml.etree import ElementTree as Xml

import pytest
from django.test import Client

from tests.cast import Cast
from tests.conftest import NOON
from tests.engagement.test_bodies import meeting_of
from tests.engagement.test_commitments import heard
from tests.ground import NEXT, Ground
from tests.trouble import load_topics
from tests.web.bodies import body_of
from wardroom.calendar.actions import (
    EventDraft,
    plan_event,
    publish_event,
    withdraw_public_words,
)
from wardroom.engagement.actions import (
    break_commitment,
    change_commitment,
    confirm_commitment,
    keep_commitment,
    publish_body_notice,
    publish_commitment,
    withdraw_commitment,
)
from wardroom.engagement.queries.commitments import commitment_file
from wardroom.engagement.queries.public_news import public_news
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.matters.rules.news import EVENT, KEPT, PROMISE

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def told() -> list[tuple[str, str]]:
    found = public_news(NOON - timedelta(days=1), NOON + timedelta(days=1))
    return sorted((news.kind, news.text) for news in found)


def test_only_what_was_confirmed_and_announced_is_news(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    load_topics()
    matter = heard(ground, liaison5)
    body, _ = body_of("5", liaison5)
    meeting = meeting_of(body, ground, liaison5)
    assert told() == []

    confirm_commitment(matter, wording="We mow Mrs. Doe's lot", next_on=NEXT, stamp=director.stamp)
    publish_body_notice(meeting.matter, agenda="Hours", stamp=liaison5.stamp)
    assert told() == [(EVENT, body.name)], "the words noted inside are never public"
    publish_commitment(matter, public_text="The lot will be mowed", stamp=director.stamp)
    assert told() == [(EVENT, body.name), (PROMISE, "The lot will be mowed")]
    feed = Client().get("/feeds/news.atom").content.decode()
    titles = re.findall(r"<title[^>]*>([^<]+)</title>", feed)
    assert all(title.partition(": ")[2] for title in titles if ": " in title), titles
    assert any(title.endswith(f": {body.name}") for title in titles), titles


def test_each_kind_of_news_has_a_feed_of_its_own_in_two_forms(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    load_topics()
    body, _ = body_of("5", liaison5)
    meeting = meeting_of(body, ground, liaison5)
    publish_body_notice(meeting.matter, agenda="Hours", stamp=liaison5.stamp)
    matter = heard(ground, liaison5)
    confirm_commitment(matter, wording="We will mow", next_on=NEXT, stamp=director.stamp)
    publish_commitment(matter, public_text="The lot & all is <mowed>", stamp=director.stamp)
    found = {
        (what, form): Client().get(f"/feeds/public/{what}.{form}")
        for what in ("commitments", "events", "notices")
        for form in ("atom", "rss")
    }
    for (what, form), answer in found.items():
        assert answer.headers["Content-Type"].startswith(f"application/{form}+xml"), what
        root = Xml.fromstring(answer.content)
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert names >= ({"feed", "updated"} if form == "atom" else {"rss", "channel"})
        text = " ".join("".join(root.itertext()).split())
        assert ("The lot & all is <mowed>" in text) == (what == "commitments"), (what, form)
        assert (body.name in text) == (what == "notices"), (what, form)
    first = found["notices", "rss"]
    again = Client().get("/feeds/public/notices.rss", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    packed = Client().get("/feeds/public/notices.rss", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == first.content
    for name in ("people.atom", "events.xml"):
        assert Client().get(f"/feeds/public/{name}").status_code == 404
    atom, rss = Client().get("/feeds/news.atom"), Client().get("/feeds/news.rss")
    ids = re.findall(rb"<id>(tag:[^<]+)</id>", atom.content)[1:]
    assert ids == re.findall(rb"<guid[^>]*>([^<]+)</guid>", rss.content)
    assert len(ids) == 2


def test_a_promise_is_public_by_the_directors_own_words_alone(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    matter = heard(ground, liaison5)
    confirm_commitment(matter, wording="We will mow", next_on=NEXT, stamp=director.stamp)
    with pytest.raises(NotAllowed):
        publish_commitment(matter, public_text="The lot will be mowed", stamp=liaison5.stamp)
    for words, code in (
        (" ", "text_missing"),
        ("We mow at 12 First Street NE", "names_a_house"),
    ):
        with pytest.raises(Refused) as no:
            publish_commitment(matter, public_text=words, stamp=director.stamp)
        assert (no.value.code, no.value.field) == (code, "public_text")
    with pytest.raises(Refused, match="does not read"):
        withdraw_commitment(matter, stamp=director.stamp)
    assert told() == []

    publish_commitment(matter, public_text="The lot will be mowed", stamp=director.stamp)
    change_commitment(
        matter, wording="We mow it later", due_on=None, why="Rain", told="ANC", stamp=liaison5.stamp
    )
    assert told() == [], "a change is told in new words or not at all"
    publish_commitment(matter, public_text="Later", stamp=director.stamp)
    assert told() == [(PROMISE, "Later")]
    withdraw_commitment(matter, stamp=director.stamp)
    assert told() == []


def test_a_promise_that_was_kept_first_is_told_as_kept(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    kept, broken = heard(ground, liaison5), heard(ground, liaison5)
    for matter in (kept, broken):
        confirm_commitment(matter, wording="We will mow", next_on=NEXT, stamp=director.stamp)
    keep_commitment(kept, evidence="Seen", told="ANC", stamp=liaison5.stamp)
    break_commitment(broken, why="Rain", told="ANC", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="was not kept"):
        publish_commitment(broken, public_text="The lot", stamp=director.stamp)
    for matter, offered in ((kept, {"publish"}), (broken, set())):
        file = commitment_file(matter.pk, director.actor, on=NOON.date())
        assert file.allowed & {"publish"} == offered
    publish_commitment(kept, public_text="The lot is mowed", stamp=director.stamp)
    assert told() == [(KEPT, "The lot is mowed")]


def test_an_event_in_the_public_calendar_is_news_in_its_public_words(
    ground: Ground, liaison5: Cast, director: Cast
) -> None:
    draft = EventDraft(
        kind="service_day",
        title="Work day behind Mrs. Doe's house",
        starts_at=NOON + timedelta(days=5),
        ends_at=NOON + timedelta(days=5, hours=1),
        place_text="1200 First Street NE",
        ward_code="5",
    )
    event = plan_event(draft, stamp=liaison5.stamp)
    assert told() == []
    publish_event(event, title="Work day", stamp=director.stamp)
    assert told() == [(EVENT, "Work day")]
    withdraw_public_words(event, stamp=director.stamp)
    assert told() == []
