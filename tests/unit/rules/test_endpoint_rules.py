"""What an endpoint may be, when it is read again, and what counts as drift."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel.errors import Refused
from wardroom.service_requests.rules import drift, endpoints, submissions, told
from wardroom.service_requests.rules.drift import Seen
from wardroom.service_requests.rules.endpoints import EndpointDraft, check_endpoint, check_machine

NOW = datetime(2026, 11, 18, 17, tzinfo=UTC)
TODAY = NOW.date()
EASTERN = ZoneInfo("America/New_York")
GOOD = EndpointDraft(
    code="chicago", name="Chicago", url="https://311.example/v2", mode="mirror", since_on=TODAY
)


@pytest.mark.parametrize(
    ("private", "url"),
    [
        (False, "ftp://311.example/"),
        (False, "http://311.example/"),
        (False, "https://"),
        (False, "https://a:b@311.example/"),
        (False, "https://311.example:8443/"),
        (False, "https://311.example/?key=1"),
        (False, "https://[::1/"),
        (True, "file:///etc/passwd"),
    ],
)
def test_address_that_may_not_be_called(private: bool, url: str) -> None:
    with pytest.raises(Refused) as caught:
        endpoints.check_url(url, private=private)
    assert (caught.value.code, caught.value.field) == ("bad_address", "url")


@pytest.mark.parametrize(
    "machine",
    ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "224.0.0.1",
     "2002:7f00:1::", "2001:0:1::1", "fec0::1", "192.0.0.8", "::1", "fe80::1", "fd00::1",
     "::ffff:10.0.0.1", "100.64.0.1"],
)  # fmt: skip
def test_machine_inside_a_network(machine: str) -> None:
    with pytest.raises(Refused, match="not public"):
        check_machine(machine, private=False)
    check_machine(machine, private=True)
    check_machine("93.184.216.34", private=False)


@given(failures=st.integers(0, 400), minutes=st.integers(5, 1440), wait=st.integers(0, 10**6))
def test_next_reading_is_ahead_and_within_a_day(failures: int, minutes: int, wait: int) -> None:
    at = endpoints.next_reading(NOW, minutes=minutes, failures=failures, wait=wait)
    assert timedelta(minutes=minutes) <= at - NOW <= timedelta(days=1)


@given(
    hours=st.integers(-2, 24 * 400),
    size=st.timedeltas(timedelta(minutes=1), timedelta(days=30)),
)
def test_windows_go_forward_to_now_and_stop(hours: int, size: timedelta) -> None:
    first = NOW - timedelta(hours=hours)
    start, end = endpoints.next_window(first, NOW, size)
    assert start == first
    assert timedelta(0) < end - start <= endpoints.LONGEST_WINDOW
    assert end <= max(NOW, first + endpoints.SHORTEST_WINDOW)


def test_window_shrinks_where_it_was_split_and_grows_where_little_came() -> None:
    week = timedelta(days=7)
    assert endpoints.window_after(week, rows=5_000, was_split=True) == week / 2
    assert endpoints.window_after(week, rows=3, was_split=False) == 2 * week
    assert endpoints.window_after(week, rows=900, was_split=False) == week
    assert endpoints.window_after(timedelta(days=29), rows=0, was_split=False).days == 30


def test_draft_is_checked_at_its_fields() -> None:
    check_endpoint(GOOD, today=TODAY, private=False)
    for change, field in (
        ({"code": "A"}, "code"),
        ({"name": " "}, "name"),
        ({"mode": "x"}, "mode"),
        ({"format": "csv"}, "format"),
        ({"minutes": 0}, "minutes"),
        ({"since_on": None}, "since_on"),
        ({"since_on": date(2001, 1, 1)}, "since_on"),
    ):
        with pytest.raises(Refused) as caught:
            check_endpoint(EndpointDraft(**{**GOOD.__dict__, **change}), today=TODAY, private=False)
        assert caught.value.field == field


def test_keys_are_found_by_their_names() -> None:
    words = ["dc=1a=b", "chicago = x ", "none", "=y", "z="]
    assert endpoints.keys_of(words) == {"dc": "1a=b", "chicago": "x"}
    assert endpoints.key_in(words, "dc") == "1a=b"
    assert endpoints.key_in(words, "") == ""
    assert endpoints.key_in(words, "z") is None


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-11-18T12:00:00-05:00", "2026-11-18T17:00:00+00:00"),
        ("2026-11-18T17:00:00Z", "2026-11-18T17:00:00+00:00"),
        ("2026-11-18T17:00:00.123456789Z", "2026-11-18T17:00:00+00:00"),
        ("2026-11-18 12:00:00", "2026-11-18T17:00:00+00:00"),
        ("2026-11-18", "2026-11-18T05:00:00+00:00"),
        ("soon", "soon"),
        ("", ""),
        ("0001-01-01T00:00:00+23:00", "0001-01-01T00:00:00+23:00"),
    ],
)
def test_instants_are_read_and_what_is_none_stays(text: str, utc: str) -> None:
    assert told.as_written(text, EASTERN) == utc


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists))
def test_a_strangers_value_can_be_kept_and_shown(value: object) -> None:
    words = told.said(value)
    words.encode("utf-8")
    assert len(words) <= told.LONGEST
    assert not any(sign in words for sign in "\0\n\r\t")


@given(st.dictionaries(st.text(max_size=20), st.none() | st.text() | st.integers()))
def test_anything_is_read_as_a_request(fields: dict[str, object]) -> None:
    row = told.row_of(told.told_of(fields), agency="", prefix="x:", zone=EASTERN)
    assert set(row) == set(told.COLUMNS)


@pytest.mark.parametrize(
    ("there", "here", "kind"),
    [
        (True, True, ""),
        (False, False, ""),
        (True, False, "open_there"),
        (False, True, "closed_there"),
    ],
)
def test_who_calls_it_done(there: bool, here: bool, kind: str) -> None:
    assert drift.standing_drift(open_there=there, open_here=here) == kind


def test_small_moves_are_no_drift() -> None:
    before = Seen(True, NOW, 38.9, -77.0)
    near = Seen(True, NOW + timedelta(hours=5), 38.9, -77.0)
    assert drift.moved_drifts(before, near, metres=10) == ()
    far = Seen(True, None, 38.95, -77.0)
    assert drift.moved_drifts(before, far, metres=5_000) == ("due_moved", "place_moved")
    unknown = Seen(True)
    assert drift.moved_drifts(unknown, far, metres=0) == ()


def test_submission_moves_lead_to_known_states() -> None:
    assert submissions.next_move("unclear", "send_again") == "waiting"
    for state, moves in submissions.SUBMISSION_MOVES.items():
        assert state in submissions.STATES
        assert set(moves.values()) <= set(submissions.STATES)
    with pytest.raises(Refused, match="not possible now"):
        submissions.next_move("sent", "send_again")


@given(st.integers(0, 10_000))
def test_tries_wait_longer_and_never_for_ever(attempts: int) -> None:
    wait = submissions.next_try(NOW, attempts) - NOW
    assert timedelta(minutes=1) <= wait <= submissions.LONGEST_WAIT


def test_mark_stands_in_the_words_that_go_out() -> None:
    assert submissions.words_to_send(" Alley. ", "WR-1") == "Alley.\n\nRef. WR-1"
