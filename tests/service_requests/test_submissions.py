"""A request of ours goes to another city's server once, and what is unknown is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from pytest_django import Settings

from tests.cast import HOUSE, Cast
from tests.ground import Ground
from tests.service_requests.city_server import NOW, City, at, raw, told
from tests.service_requests.endpoints import draft_of, endpoint_at, later
from tests.service_requests.submitting import WORDS, now_of, send_on, taken
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import send_ask_on
from wardroom.jobs import endpoints as jobs
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.models import Entry
from wardroom.matters.actions import restrict_matter, withdraw_ask
from wardroom.matters.models import Ask, Matter
from wardroom.service_requests.actions import (
    add_endpoint,
    claim_submission,
    doubt_submission,
    give_up_submission,
    keep_services,
    send_again,
)
from wardroom.service_requests.gateways import endpoint_sending
from wardroom.service_requests.gateways.endpoint_sending import send_submission
from wardroom.service_requests.models import Drift, Endpoint
from wardroom.service_requests.rules.told import TheirService

pytestmark = pytest.mark.django_db


def test_request_goes_out_and_comes_back_with_its_number(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    assert city.posts == []
    send_submission(row.pk, stamp=HOUSE)
    [form] = city.posts
    assert form["api_key"] == ["sesame"]
    assert form["service_code"] == ["DUMP"]
    assert form["lat"] == ["38.920000"]
    assert WORDS in form["description"][0]
    assert row.mark in form["description"][0]
    now_of(row)
    assert (row.state, row.external_id, row.notice) == ("sent", "S-1", "Within nine days.")
    kinds = list(Entry.objects.filter(about__noun="matter").values_list("kind", flat=True))
    assert {"RequestSubmitted", "NumberGiven"} <= set(kinds)


def test_nothing_about_a_resident_or_the_key_goes_into_the_ledger(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert not any("sesame" in str(entry.body) for entry in Entry.objects.all())
    [form] = city.posts
    assert not set(form) & {"email", "first_name", "last_name", "phone", "device_id"}


def test_what_waited_at_a_backup_is_looked_for_before_it_is_sent_by_the_restored_house(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    """The house that was backed up sent it a minute later; the restored one knows nothing of it."""
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert len(city.posts) == 1
    with guard_pass("the house of the backup"):
        type(row).objects.filter(pk=row.pk).update(
            state="waiting", attempts=0, first_sent_at=None, external_id="", next_at=HOUSE.at
        )
    now_of(row)
    doubt_submission(row, taken_at=HOUSE.at, stamp=later(hours=20))
    with pytest.raises(Refused, match="does not wait"):
        doubt_submission(row, taken_at=HOUSE.at, stamp=later(hours=20))
    send_submission(row.pk, stamp=later(hours=21))
    now_of(row)
    assert len(city.posts) == 1, "without the doubt there are two"
    assert (row.state, row.external_id) == ("sent", "S-1")


def test_same_thing_is_sent_once(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    with pytest.raises(Refused, match="on its way there"):
        send_on(matter5, liaison5, endpoint)
    for _ in range(3):
        send_submission(row.pk, stamp=later(hours=1))
    assert len(city.posts) == 1


def test_ask_is_a_thing_of_its_own(
    city: City, endpoint: Endpoint, requested: Ask, liaison5: Cast
) -> None:
    send_on(requested.case, liaison5, endpoint)
    given: dict[str, Any] = {
        "endpoint": endpoint,
        "service_code": "DUMP",
        "description": WORDS,
    }
    row = send_ask_on(requested, **given, stamp=liaison5.stamp)
    assert (row.noun, row.key, row.matter_id) == ("ask", str(requested.pk), requested.case.pk)
    withdraw_ask(requested, reason="Not needed", stamp=liaison5.stamp)
    give_up_submission(row, reason="Not needed", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="over"):
        send_ask_on(requested, **given, stamp=liaison5.stamp)


def test_only_whoever_runs_the_ward_sends_it(
    endpoint: Endpoint, matter5: Matter, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    for who in (liaison7, partner_dpw, records_officer):
        with pytest.raises(NotAllowed):
            send_on(matter5, who, endpoint)


def test_restricted_matter_and_wrong_words_stay_here(
    endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    with pytest.raises(Refused, match="Say what"):
        send_on(matter5, liaison5, endpoint, description=" ")
    with pytest.raises(Refused, match="3,900"):
        send_on(matter5, liaison5, endpoint, description="x" * 4_000)
    keep_services(endpoint, services=[TheirService("RATS", "Rats")], stamp=HOUSE)
    with pytest.raises(Refused, match="listed there"):
        send_on(matter5, liaison5, endpoint)
    restrict_matter(matter5, readers=[liaison5.party], reason="At risk", stamp=liaison5.stamp)
    with pytest.raises(Refused, match="restricted"):
        send_on(matter5, liaison5, endpoint, service_code="RATS")


def test_endpoint_without_a_key_or_at_rest_takes_nothing(
    city: City, matter5: Matter, liaison5: Cast, settings: Settings
) -> None:
    mirror = endpoint_at(city, mode="mirror")
    with pytest.raises(Refused, match="takes nothing"):
        send_on(matter5, liaison5, mirror)
    sends = add_endpoint(None, draft=draft_of(city.url, code="two", mode="submit"), stamp=HOUSE)
    settings.ENDPOINT_KEYS = []
    with pytest.raises(Refused, match="takes nothing"):
        send_on(matter5, liaison5, sends)


def test_refusal_is_shown_in_their_words_and_not_tried_again(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    city.takes = lambda city, form: (400, [{"code": 400, "description": "Outside the city."}])
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert (now_of(row).state, row.error) == ("refused", "Outside the city.")
    send_submission(row.pk, stamp=later(days=1))
    assert len(city.posts) == 1
    city.takes = taken
    second = send_on(matter5, liaison5, endpoint, description="In the alley of the 500 block.")
    send_submission(second.pk, stamp=HOUSE)
    with pytest.raises(Refused, match="on its way there"):
        send_again(row, stamp=liaison5.stamp)


def test_busy_server_is_tried_again_when_it_says(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    city.answers = lambda path, given: raw(429, Retry_After="600")
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert (now_of(row).state, row.next_at) == ("waiting", NOW + timedelta(minutes=10))
    city.answers = None
    send_submission(row.pk, stamp=later(minutes=11))
    assert now_of(row).state == "sent"


def test_token_becomes_a_number_later(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    city.takes = lambda city, form: (200, [{"token": "t-1"}])
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert (now_of(row).state, row.token) == ("token", "t-1")
    endpoint_sending.follow_submission(row, open_here=True, stamp=later(minutes=1))
    assert now_of(row).state == "token"
    endpoint_sending.follow_submission(row, open_here=True, stamp=later(days=3))
    assert Drift.objects.get().kind == "no_number"
    city.tokens["t-1"] = "S-9"
    city.rows.append(told("S-9", opened=NOW))
    endpoint_sending.follow_submission(now_of(row), open_here=True, stamp=later(days=3, hours=1))
    assert (now_of(row).state, row.external_id) == ("sent", "S-9")
    endpoint_sending.follow_submission(row, open_here=True, stamp=later(days=4))
    assert Drift.objects.get().state == "gone"


def test_endpoint_that_gives_no_number_is_believed(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    city.takes = lambda city, form: (200, [{"service_notice": "Thank you."}])
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    assert (now_of(row).state, row.notice) == ("no_number", "Thank you.")


def test_what_happens_there_is_seen_and_what_does_not_agree_is_listed(
    city: City, endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    send_submission(row.pk, stamp=HOUSE)
    follow = endpoint_sending.follow_submission
    follow(now_of(row), open_here=True, stamp=later(hours=2))
    assert (now_of(row).there_status, Drift.objects.count()) == ("open", 0)
    lines = Entry.objects.count()
    follow(now_of(row), open_here=True, stamp=later(hours=3))
    assert Entry.objects.count() == lines
    city.rows[0].update(status="closed", status_notes="Done.", lat=38.93)
    city.rows[0]["expected_datetime"] = at(NOW + timedelta(days=30))
    follow(now_of(row), open_here=True, stamp=later(hours=4))
    assert (now_of(row).there_status, row.there_notes) == ("closed", "Done.")
    kinds = set(Drift.objects.values_list("kind", flat=True))
    assert kinds == {"closed_there", "due_moved", "place_moved"}
    assert {d.matter_id for d in Drift.objects.all()} == {matter5.pk}
    follow(now_of(row), open_here=False, stamp=later(hours=5))
    assert Drift.objects.get(kind="closed_there").state == "gone"
    city.rows.clear()
    follow(now_of(row), open_here=False, stamp=later(hours=6))
    assert Drift.objects.get(kind="vanished").state == "open"


def test_worker_sends_and_asks_by_the_clock(
    city: City,
    endpoint: Endpoint,
    matter5: Matter,
    liaison5: Cast,
    ground: Ground,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    monkeypatch.setattr(jobs, "worker_stamp", lambda: HOUSE)
    assert jobs.send_submissions() == 1
    assert jobs.send_submissions() == 0
    monkeypatch.setattr(jobs, "worker_stamp", lambda: later(hours=2))
    assert jobs.follow_submissions() == 1
    assert now_of(row).there_status == "open"


def test_two_workers_do_not_take_the_same(
    endpoint: Endpoint, matter5: Matter, liaison5: Cast
) -> None:
    row = send_on(matter5, liaison5, endpoint)
    assert claim_submission(row.pk, stamp=HOUSE) is not None
    assert claim_submission(row.pk, stamp=HOUSE) is None
