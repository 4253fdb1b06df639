"""Who is called next, when the next step falls, and what fits into a text message."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.incidents.rules import (
    BACKUP,
    DIRECTOR,
    LIAISON,
    ON_CALL,
    UNCALLED,
    Called,
    NextCall,
    People,
    falls_at,
    incident_title,
    kind_of_alert,
    next_call,
    short_text,
)

ZONE = ZoneInfo("America/New_York")
NIGHT = datetime(2026, 11, 18, 7, 10, tzinfo=UTC)
ALL = People(on_call=1, backup=2, liaison=3, directors=(8, 9))


def climbed(people: People) -> list[NextCall]:
    """Everybody who is called while nobody answers."""
    made: list[NextCall] = []
    while True:
        chosen = next_call([Called(one.rung, one.party) for one in made], people)
        if chosen is None:
            return made
        made.append(chosen)


def test_on_call_then_backup_then_the_directors_in_turn() -> None:
    assert [(c.rung, c.party) for c in climbed(ALL)] == [
        (ON_CALL, 1), (BACKUP, 2), *((DIRECTOR, party) for party in (8, 9, 8, 9, 8, 9)),
    ]  # fmt: skip


def test_a_gap_is_stood_in_for_by_the_liaison_and_said() -> None:
    first = climbed(People(None, 2, 3, (8,)))[0]
    assert (first.rung, first.role, first.party) == (ON_CALL, LIAISON, 3)
    assert first.why == "Nobody is on call, so the liaison of the ward is"
    second = climbed(People(1, None, 3, (8,)))[1]
    assert (second.rung, second.role, second.party) == (BACKUP, LIAISON, 3)


def test_nobody_on_call_and_no_liaison_leaves_the_director() -> None:
    calls = climbed(People(None, None, None, (8,)))
    assert [c.party for c in calls] == [8] * 6
    assert calls[0].why == "Nobody is on call, and the ward has no liaison"
    assert climbed(People(None, None, None, ())) == []


people = st.builds(
    People,
    on_call=st.none() | st.integers(1, 4),
    backup=st.none() | st.integers(1, 4),
    liaison=st.none() | st.integers(1, 4),
    directors=st.lists(st.integers(3, 6), max_size=3, unique=True).map(tuple),
)


@given(people)
def test_a_climb_ends_and_calls_nobody_twice_below_the_director(people: People) -> None:
    calls = climbed(people)
    below = [c.party for c in calls if c.rung != DIRECTOR]
    assert len(below) == len(set(below)) <= 2
    assert len(calls) - len(below) == (6 if people.directors else 0)


@given(st.lists(people, min_size=10, max_size=10))
def test_whoever_is_on_duty_meanwhile_the_rungs_never_go_down(shifting: list[People]) -> None:
    made: list[Called] = []
    for now in shifting:
        chosen = next_call(made, now)
        if chosen is None:
            break
        made.append(Called(chosen.rung, chosen.party))
    rungs = [(ON_CALL, BACKUP, DIRECTOR).index(c.rung) for c in made]
    assert rungs == sorted(rungs)


def test_whoever_gave_it_back_uncalled_is_passed_over_and_stands_on_no_rung() -> None:
    def after(*made: Called) -> NextCall | None:
        return next_call(made, ALL)

    assert after(Called(UNCALLED, 1, cannot=True)) == NextCall(BACKUP, BACKUP, 2)
    assert after(Called(UNCALLED, 8, cannot=True)) == NextCall(ON_CALL, ON_CALL, 1)
    both = Called(ON_CALL, 1), Called(UNCALLED, 2, cannot=True)
    assert after(*both) == NextCall(
        BACKUP, LIAISON, 3, "Nobody else is the backup, so the liaison of the ward is"
    )
    stood = Called(BACKUP, 2), Called(UNCALLED, 8, cannot=True)
    assert after(*stood) == NextCall(DIRECTOR, DIRECTOR, 9)
    assert after(*stood, Called(DIRECTOR, 9)) == NextCall(DIRECTOR, DIRECTOR, 9)
    all_cannot = *stood, Called(DIRECTOR, 9, cannot=True)
    assert after(*all_cannot) == NextCall(DIRECTOR, DIRECTOR, 9)


def same(at: datetime) -> datetime:
    return at


@pytest.mark.parametrize(("severity", "minutes"), [(1, 5), (2, 10), (3, 15)])
def test_minutes_follow_from_severity(severity: int, minutes: int) -> None:
    call = NextCall(ON_CALL, ON_CALL, 1)
    falls = falls_at([], call, severity=severity, at=NIGHT, opens=same)
    assert falls - NIGHT == timedelta(minutes=minutes)


def test_directors_are_called_again_every_quarter_of_an_hour() -> None:
    call = NextCall(DIRECTOR, DIRECTOR, 8)
    first = falls_at([Called(BACKUP, 2)], call, severity=1, at=NIGHT, opens=same)
    again = falls_at([Called(DIRECTOR, 8)], call, severity=1, at=NIGHT, opens=same)
    assert (first - NIGHT, again - NIGHT) == (timedelta(minutes=5), timedelta(minutes=15))


def test_what_is_least_grave_wakes_nobody_after_the_first() -> None:
    morning = datetime(2026, 11, 18, 13, 30, tzinfo=UTC)
    call = NextCall(ON_CALL, ON_CALL, 1)
    assert falls_at([], call, severity=3, at=NIGHT, opens=lambda _: morning) == morning
    grave = falls_at([], call, severity=1, at=NIGHT, opens=lambda _: morning)
    assert grave == NIGHT + timedelta(minutes=5)


@pytest.mark.parametrize("day", ["2026-11-01", "2027-03-14"])
def test_a_change_of_the_clocks_moves_no_step(day: str) -> None:
    at = datetime.fromisoformat(f"{day}T01:58").replace(tzinfo=ZONE)
    falls = falls_at(
        [], NextCall(ON_CALL, ON_CALL, 1), severity=1, at=at.astimezone(UTC), opens=same
    )
    assert falls - at.astimezone(UTC) == timedelta(minutes=5)


@given(st.text(max_size=300), st.booleans())
def test_a_text_message_is_never_longer_than_160_letters(where: str, exercise: bool) -> None:
    link = "https://wardroom.city.example/call/{{key:123456}}/"
    said = short_text("Fire", where, link, exercise=exercise, token_length=43)
    sent = said.replace("{{key:123456}}", "x" * 43)
    assert len(sent) <= 160
    assert sent.endswith("/call/" + "x" * 43 + "/")


def test_an_incident_is_named_for_what_and_where() -> None:
    title = incident_title("Fire", "", "5", exercise=True)
    assert title == "EXERCISE: Fire, Ward 5"
    assert incident_title("Fire", "", "", exercise=False) == "Fire, the whole city"
    assert kind_of_alert("Flash Flood Warning", "Flash flood until 9 p.m.").code == "weather"
    assert kind_of_alert("Special notice", "").code == "other"
