"""A walk past what was called done: the agency is asked again, and new trouble becomes an issue."""

from __future__ import annotations

import hashlib
import io
import json
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from PIL import Image

from tests.stories.desk import Desk
from tests.stories.errands import ask_agencies, number_of, take_in
from tests.stories.office import LIAISON2, Office, planted

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("2").address
CLEAR = "Clear the alley"


def test_walk_asks_again_and_opens_what_is_new(office: Office) -> None:
    issue = an_agency_says_it_is_done(office)
    liaison = office.at_desk(LIAISON2)
    walk = the_walk_is_drawn(liaison, issue)
    phone = Phone(liaison, walk)
    what_is_there_is_handed_in_twice_without_a_session(office, phone)
    everything_stands_once_on_the_walk(liaison, walk)
    those_who_came_read_no_house_number(office, liaison, walk)
    the_agency_is_asked_again(office, issue)


def an_agency_says_it_is_done(office: Office) -> str:
    office.shell("detect")
    liaison = office.at_desk(LIAISON2)
    liaison.open("/issues/new/")
    liaison.press("Look up", {"place_text": PLACE[:-3]})
    call = {"spot": liaison.page.choice("spot", PLACE), "said": "Bags again", "anonymous": "on"}
    issue = take_in(liaison, **call, topic_code="trash")
    ask_agencies(liaison, issue, [("DPW", CLEAR, "2026-12-14")])
    works = office.at_desk("dpw@city.example")
    works.open("/asks/")
    works.follow(CLEAR)
    works.press("Accept", {"promised_on": "2026-11-19"})
    office.clock.strikes("2026-11-19 16:00")
    works = office.at_desk("dpw@city.example")
    works.open("/asks/?state=accepted")
    works.follow(CLEAR)
    works.press("Report it done", {"disposition": "fixed"})
    office.clock.strikes("2026-11-20 09:00")
    return issue


def the_walk_is_drawn(liaison: Desk, issue: str) -> str:
    liaison.open("/walks/new/?random=2")
    liaison.page.says("An agency says it is done", "Random stop")
    box = f"m{number_of(issue)}"
    liaison.press("Write it down", {"title": "Alleys", "row": box})
    walk = liaison.page.says("The walk is written down.", PLACE, "Meet ").address
    liaison.follow("Who comes, in the calendar")
    liaison.page.says("Alleys", "Walk")
    return walk


class Phone:
    """A phone that was out of reach for an hour and has no cookie any longer."""

    def __init__(self, liaison: Desk, walk: str) -> None:
        liaison.open(walk)
        liaison.press("Take it on this phone")
        body = next(liaison.page.root.all("body"))
        self.sheet = json.loads(body.attrs["data-sheet"])
        self.lines = body.attrs["data-lines"]
        self.photographs = body.attrs["data-photographs"]
        self.client = Client(enforce_csrf_checks=True)
        self.series, self.number = str(uuid4()), 0

    @property
    def headers(self) -> dict[str, str]:
        return {"X-Phone-Pass": self.sheet["token"]}

    def photograph(self) -> str:
        """Hand a photograph in; its key."""
        out = io.BytesIO()
        Image.new("RGB", (80, 60), (90, 90, 90)).save(out, "JPEG")
        key, digest = str(uuid4()), hashlib.sha256(out.getvalue()).hexdigest()
        for _ in range(2):
            answer = self.client.post(
                self.photographs.replace("00000000-0000-0000-0000-000000000000", key),
                out.getvalue(),
                content_type="application/octet-stream",
                headers={**self.headers, "X-Phone-Sha256": digest},
            )
            assert answer.json() == {"key": key, "sha256": digest, "ended": False}
        return key

    def hand_in(self, at: datetime, **said: Any) -> None:
        """Hand one line in, twice, as a phone does that did not hear the first answer."""
        self.number += 1
        seen = at - timedelta(hours=1)
        stop = self.sheet["stops"][0]["id"]
        body = json.dumps({"stop": stop, "note": "", "seen_at": seen.isoformat(), **said})
        digest, key = hashlib.sha256(body.encode()).hexdigest(), str(uuid4())
        line = {
            "key": key, "series": self.series, "number": self.number, "sha256": digest,
            "body": body, "sent_at": at.isoformat(),
        }  # fmt: skip
        for _ in range(2):
            answer = self.client.post(
                self.lines, line, content_type="application/json", headers=self.headers
            )
            assert answer.json() == {"key": key, "sha256": digest, "ended": False}
        other = {
            **line,
            "body": body + " ",
            "sha256": hashlib.sha256(f"{body} ".encode()).hexdigest(),
        }
        answer = self.client.post(
            self.lines, other, content_type="application/json", headers=self.headers
        )
        assert answer.status_code == 409


def what_is_there_is_handed_in_twice_without_a_session(office: Office, phone: Phone) -> None:
    photo = phone.photograph()
    phone.hand_in(office.clock.at, kind="finding", finding="not_fixed", rating=3, photos=[photo])
    phone.hand_in(
        office.clock.at, kind="trouble", finding="", rating=2, photos=[], topic="graffiti"
    )
    office.worker()


def everything_stands_once_on_the_walk(liaison: Desk, walk: str) -> None:
    page = liaison.open(walk).says("Not fixed, rated 3 of 4", "New trouble, rated 2 of 4")
    assert len(list(page.root.all("p", of="found-line"))) == 2
    assert len(list(page.root.all("img"))) == 1
    page.says("Same key, other words")
    new = page.root.all("p", of="found-line")
    (born,) = [a.attrs["href"] for line in new for a in line.all("a")]
    liaison.open(born).says("Graffiti and posters at", "Seen on a walk")


def those_who_came_read_no_house_number(office: Office, liaison: Desk, walk: str) -> None:
    liaison.open(walk)
    liaison.follow("End the walk")
    liaison.page.says(CLEAR, "Asked again, because you found otherwise")
    liaison.press("End the walk", {"who_came": "6 neighbors", "due_on": "2026-12-04"})
    liaison.page.says("Who came", "6 neighbors", "Asked again: Department of Public Works.")
    liaison.page.silent_about("Bags again")
    number = re.match(r"\d+", PLACE)
    if number and "BLOCK" not in PLACE:
        liaison.page.silent_about(PLACE)


def the_agency_is_asked_again(office: Office, issue: str) -> None:
    assert any(CLEAR in line and line.startswith("desk.dpw") for line in office.worker())
    liaison = office.at_desk(LIAISON2)
    happened = " ".join(liaison.open(issue).happened())
    assert re.search(r"asked again .*\(Seen on a walk on .*November 20.*: not fixed\)", happened)
