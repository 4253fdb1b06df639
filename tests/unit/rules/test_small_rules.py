"""Rules of the other rooms that no database is needed for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.fieldwork import rules as fieldwork
from wardroom.kernel.errors import Refused
from wardroom.matters import rules as matters
from wardroom.plans import rules as plans
from wardroom.reporting import rules as reporting
from wardroom.service_requests import rules as requests

NOW = datetime(2026, 11, 18, 17, tzinfo=UTC)
ZONE = "America/New_York"
WORDS = st.text(max_size=40)
PARTS = st.dictionaries(st.sampled_from(sorted(reporting.NARRATIVE)), WORDS)


@given(st.sampled_from(sorted(fieldwork.FINDINGS)), st.none() | st.integers(-1, 6))
def test_finding_and_rating_fit_in_exactly_one_way(finding: str, rating: int | None) -> None:
    special: dict[str, set[int | None]] = {"clean": {1}, "cannot_determine": {None}}
    fits = special.get(finding, {2, 3, 4})
    if rating in fits:
        fieldwork.check_rating(finding, rating)
        return
    with pytest.raises(Refused) as no:
        fieldwork.check_rating(finding, rating)
    assert no.value.field == "rating"


@given(st.timedeltas(timedelta(days=-60), timedelta(days=60)))
def test_place_was_seen_by_now_and_within_thirty_days(ago: timedelta) -> None:
    seen_at = NOW - ago
    if timedelta() <= ago <= fieldwork.OLDEST:
        fieldwork.check_seen(seen_at, now=NOW)
        return
    with pytest.raises(Refused) as no:
        fieldwork.check_seen(seen_at, now=NOW)
    assert no.value.field == "seen_at"


@given(st.lists(st.sampled_from(sorted(fieldwork.FINDINGS))))
def test_clean_in_a_row_counts_from_the_newest_to_the_first_trouble(findings: list[str]) -> None:
    told = [f for f in findings if f != "cannot_determine"]
    n = fieldwork.clean_in_a_row(findings)
    assert told[:n] == ["clean"] * n
    assert told[n : n + 1] != ["clean"]


@given(
    st.sampled_from(sorted(matters.ASK_MOVES)),
    st.none() | st.dates(),
    st.dates(),
    st.dates(),
)
def test_ask_is_overdue_only_with_its_agency_and_past_the_expected_day(
    state: str, promised_on: date | None, due_on: date, on: date
) -> None:
    late = matters.is_overdue(state, promised_on=promised_on, due_on=due_on, on=on)
    assert late is (state in matters.WITH_AGENCY and (promised_on or due_on) < on)
    assert matters.expected_on(promised_on, due_on) == (promised_on or due_on)


@pytest.mark.parametrize("table", [matters.MATTER_MOVES, matters.ASK_MOVES])
def test_moves_offered_are_the_moves_that_pass(table: Any) -> None:
    every = {move for moves in table.values() for move in moves}
    for state in table:
        offered = matters.moves_from(table, state)
        for move in every:
            if move in offered:
                assert matters.check_move(table, state, move) in table
            else:
                with pytest.raises(Refused, match=r"cannot be done now"):
                    matters.check_move(table, state, move)


@given(WORDS, st.integers(0, 30))
def test_text_is_trimmed_there_and_fits(text: str, most: int) -> None:
    def ask() -> str:
        return matters.check_text(text, code="x", sentence="Say it.", field="f", most=most)

    trimmed = text.strip()
    if trimmed and len(trimmed) <= most:
        assert ask() == trimmed
        return
    with pytest.raises(Refused) as no:
        ask()
    assert (no.value.code, no.value.field) == ("too_long" if trimmed else "x", "f")


def test_field_of_a_step_is_that_of_the_form() -> None:
    assert plans.step_field(2, "due_on") == "steps-2-due_on"


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_day_lies_in_its_week_and_the_week_in_its_name(day: date) -> None:
    week = reporting.week_of(day, zone=ZONE)
    assert week.starts_on <= day <= week.ends_on
    assert (week.starts_on.weekday(), week.ends_on.weekday()) == (0, 6)
    assert reporting.week_named(week.name, zone=ZONE) == week
    for at in (week.start_at, week.end_at):
        assert at.astimezone(ZoneInfo(ZONE)).time() == datetime.min.time()


@given(st.integers(0, 500), st.integers(0, 500))
def test_interval_holds_its_share_and_stays_within_none_and_all(hits: int, more: int) -> None:
    n = hits + more
    found = reporting.share_with_interval(hits, n)
    assert (found is None) is (n == 0)
    if found is None:
        return
    share, low, high = found
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    mirrored = reporting.share_with_interval(more, n)
    assert mirrored is not None
    assert mirrored[1] == pytest.approx(1 - high)
    wider = reporting.share_with_interval(hits * 4, n * 4)
    assert wider is not None
    assert wider[2] - wider[1] < high - low


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(9, 10, 0.5958, 0.9821), (0, 10, 0.0, 0.2775), (1, 1, 0.2065, 1.0), (50, 100, 0.4038, 0.5962)],
)
def test_golden_vectors_of_the_interval(hits: int, n: int, low: float, high: float) -> None:
    found = reporting.share_with_interval(hits, n)
    assert found is not None
    assert found[1:] == pytest.approx((low, high), abs=5e-5)


@given(PARTS, PARTS)
def test_fingerprint_changes_with_any_word_and_with_nothing_else(
    one: dict[str, str], other: dict[str, str]
) -> None:
    def fingerprint(narrative: dict[str, str], *, version: str = "1") -> str:
        head = ("weekly", "5", "2026-W47", version)
        return reporting.frozen_digest({"n": 1}, narrative, {}, [], head=head)

    turned = dict(reversed(one.items()))
    assert fingerprint(one) == fingerprint(turned)
    assert (fingerprint(one) == fingerprint(other)) is (one == other)
    assert fingerprint(one) != fingerprint(one, version="2")


@given(PARTS)
def test_narrative_is_kept_trimmed_and_part_by_part(given_parts: dict[str, str]) -> None:
    kept = reporting.checked_narrative(given_parts)
    assert kept == {part: text.strip() for part, text in given_parts.items()}


@pytest.mark.parametrize(
    "given_parts", [{"gossip": "x"}, {"summary": "x" * (reporting.LONGEST_TEXT + 1)}]
)
def test_narrative_that_does_not_fit_is_refused_at_its_part(given_parts: dict[str, str]) -> None:
    with pytest.raises(Refused) as no:
        reporting.checked_narrative(given_parts)
    assert no.value.field in given_parts


@given(st.sampled_from(sorted(requests.WORDS)), st.booleans(), st.data())
def test_status_is_read_whatever_its_case_and_blanks(
    word: str, closed: bool, data: st.DataObject
) -> None:
    shouted = "".join(data.draw(st.sampled_from([c, c.upper()])) for c in word)
    status = requests.status_of(f"  {shouted} ", own={}, closed=closed)
    assert status == requests.WORDS[word]
    assert status in requests.STATUSES
    assert requests.status_of(word, own={word: "incomplete"}, closed=closed) == "incomplete"


def test_status_without_a_word_is_told_by_the_closing() -> None:
    assert requests.status_of(" ", own={}, closed=True) == "closed"
    assert requests.status_of("", own={}, closed=False) == "open"
    assert requests.status_of("on the moon", own={}, closed=True) == "unknown"
