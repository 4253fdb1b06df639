"""The county runs a 311 of its own: it is mirrored, sent to, asked after, and held to its word."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.service_requests.city_server import City, Rows, at, serving, told
from tests.stories.desk import Desk
from tests.stories.errands import look_up, take_in
from tests.stories.office import DIRECTOR, LIAISON2, LIAISON7, Office, planted
from wardroom.service_requests.gateways import endpoint_sending

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
PLACE = planted("7")
FIRST, SECOND = "C-1001", "C-1002"
ENDPOINT = {
    "endpoint_name": "County 311",
    "code": "county",
    "mode": "both",
    "since_on": "2026-11-10",
    "key_name": "county",
    "own_codes": "yes",
}


@pytest.fixture
def county(settings: Any) -> Iterator[City]:
    settings.ENDPOINTS_PRIVATE = True
    settings.ENDPOINT_KEYS = ["county=sesame"]
    with serving(City()) as running:
        yield running


def test_county_is_read_sent_to_and_held_to_its_word(
    office: Office, county: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.clock.strikes("2026-11-18 14:00")
    office.shell("detect")
    the_director_adds_it(office, county)
    its_requests_are_mirrored(office, county)
    issue = a_neighbor_names_one_of_them(office)
    it_is_sent_on_and_the_worker_dies(office, county, issue, monkeypatch)
    nothing_was_sent_twice(office, county)
    at_night_the_county_calls_it_done(office, county)
    the_liaison_looks_for_themselves(office, issue)
    what_is_gone_is_kept(office)


def the_director_adds_it(office: Office, county: City) -> None:
    director = office.at_desk(DIRECTOR)
    director.open("/data/endpoints/")
    director.follow("Add an endpoint")
    director.press("Add it", {**ENDPOINT, "url": county.url}).says("It was added.")


def its_requests_are_mirrored(office: Office, county: City) -> None:
    opened = office.clock.at - timedelta(days=2)
    where = {"lat": PLACE.lat, "long": PLACE.lon, "address": PLACE.address}
    county.rows = [told(FIRST, opened=opened, **where), told(SECOND, opened=opened, **where)]
    county.now = office.clock.at
    assert "1 read to their end" in office.shell("endpoints", "read")
    liaison = office.at_desk(LIAISON7)
    liaison.open("/requests/?sort=-opened").says(FIRST, SECOND)
    liaison.open("/data/endpoints/").says("County 311")
    office.at_desk(LIAISON2).open("/requests/").silent_about(FIRST, SECOND)


def a_neighbor_names_one_of_them(office: Office) -> str:
    liaison = office.at_desk(LIAISON7)
    look_up(liaison, PLACE.address)
    call = {"said": "It is still there", "anonymous": "on", "request_number": FIRST}
    return take_in(liaison, **call, topic_code="dumping")


def takes(county: City, form: dict[str, list[str]]) -> tuple[int, Rows]:
    words = form["description"][0]
    county.rows.append(told("C-2001", opened=county.now, description=words))
    return 200, [{"service_request_id": "C-2001"}]


def it_is_sent_on_and_the_worker_dies(
    office: Office, county: City, issue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    county.takes = takes
    liaison = office.at_desk(LIAISON7)
    liaison.open(issue)
    liaison.follow("Send it to another system").says("County 311", PLACE.address)
    words = {"service_code": "DUMP", "description": "Mattresses, again."}
    liaison.press("Send it to County 311", words).says("It goes out within a minute.")

    def dies(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(endpoint_sending, "_note_answer", dies)
        assert office.shell("endpoints", "send", code=130) == ""
    assert len(county.posts) == 1


def nothing_was_sent_twice(office: Office, county: City) -> None:
    office.clock.at += timedelta(minutes=6)
    county.now = office.clock.at
    office.shell("endpoints", "send")
    assert len(county.posts) == 1
    sent(office.at_desk(LIAISON7)).says("C-2001", "Taken, with a number")


def sent(desk: Desk) -> Any:
    """The page of what was sent."""
    desk.open("/data/endpoints/")
    desk.follow("County 311")
    return desk.follow("Illegal dumping")


def at_night_the_county_calls_it_done(office: Office, county: City) -> None:
    assert "0 new" in office.shell("endpoints", "compare")
    office.clock.strikes("2026-11-19 02:30")
    county.now = office.clock.at
    first, second, ours = county.rows
    first.update(status="closed", updated_datetime=at(office.clock.at - timedelta(hours=4)))
    ours.update(status="closed", status_notes="Crew was there.")
    county.rows.remove(second)
    assert "1 new" in office.shell("endpoints", "compare")
    office.shell("endpoints", "follow")
    sent(office.at_desk(LIAISON7)).says("Closed", "Crew was there.")


def the_liaison_looks_for_themselves(office: Office, issue: str) -> None:
    liaison = office.at_desk(LIAISON7)
    office.at_desk(LIAISON2).open("/data/drift/").says("No drift fits")
    page = liaison.open("/data/drift/?kind=closed_there")
    assert len(page.rows()) == 2
    liaison.open(next(a.attrs["href"] for a in page.root.all("a", of="cell__main")))
    step = {"next_step": "Walk by before telling anybody", "next_on": "2026-11-20"}
    liaison.press("Set the next step", step, at="plan/").says("The next step is set.")
    liaison.open(issue).says("Walk by before telling anybody").silent_about("Told everybody")


def what_is_gone_is_kept(office: Office) -> None:
    liaison = office.at_desk(LIAISON7)
    (row,) = liaison.open("/data/drift/?kind=vanished").rows()
    assert SECOND in row
    page = liaison.open("/requests/?sort=-opened").says(SECOND)
    link = next(
        a.attrs["href"] for tr in page.root.all("tr") if SECOND in tr.words for a in tr.all("a")
    )
    liaison.open(link).says("The city's system no longer has this request")
