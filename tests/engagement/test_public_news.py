"""Promises are news once confirmed, meetings of public bodies once their notice is out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.conftest import NOON
from tests.engagement.test_bodies import meeting_of
from tests.engagement.test_commitments import heard
from tests.ground import NEXT, Ground
from tests.trouble import load_topics
from tests.web.bodies import body_of
from wardroom.engagement.actions import confirm_commitment, publish_body_notice
from wardroom.engagement.queries import public_news
from wardroom.matters.rules.news import EVENT, PROMISE

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

    confirm_commitment(matter, wording="We will mow the lot", next_on=NEXT, stamp=director.stamp)
    publish_body_notice(meeting.matter, agenda="Hours", stamp=liaison5.stamp)
    assert told() == [(EVENT, body.name), (PROMISE, "We will mow the lot")]
