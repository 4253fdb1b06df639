"""Refusals, facts and words: small things that the whole house says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wardroom.kernel import facts
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Fact, Ref, all_kinds, kind_named
from wardroom.kernel.text import ended, how_long, long_day, quoted


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Facts that a test makes are forgotten after it."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))


def gate_painted() -> Any:
    @dataclass(frozen=True, kw_only=True)
    class GatePainted(Fact):
        colour: str
        painted_on: date
        dried_at: datetime | None = None
        coats: tuple[date, ...] = ()

    return GatePainted


def test_fact_of_years_ago_is_read_without_what_was_added_and_dropped_since() -> None:
    kind = gate_painted()
    old = {"colour": "green", "painted_on": "2020-02-29", "painter": "a name we no longer keep"}
    fact = kind.from_plain(old)
    assert fact.to_plain() == {
        "colour": "green",
        "painted_on": "2020-02-29",
        "dried_at": None,
        "coats": [],
    }


def test_values_of_a_fact_come_back_as_they_were() -> None:
    kind = gate_painted()
    at = datetime(2026, 11, 18, 17, 0, 0, 123456, tzinfo=UTC)
    given = {"colour": "", "painted_on": date(2026, 1, 1), "dried_at": at}
    fact = kind(**given, coats=(date(2026, 1, 2), date(2026, 1, 3)))
    assert kind.from_plain(fact.to_plain()) == fact
    assert kind_named("GatePainted") is kind


def test_fact_without_a_sentence_or_a_subject_is_a_mistake() -> None:
    fact = gate_painted()(colour="red", painted_on=date(2026, 1, 1))
    with pytest.raises(TypeError, match="GatePainted does not tell"):
        fact.sentence()
    with pytest.raises(TypeError, match="GatePainted does not say"):
        fact.about()


def test_two_facts_of_one_name_in_two_places_are_a_mistake() -> None:
    first = gate_painted()
    with pytest.raises(TypeError, match="two facts are called GatePainted"):
        type("GatePainted", (Fact,), {"__module__": "somewhere.else"})
    assert all_kinds()["GatePainted"] is first


def test_unknown_fact_is_not_guessed() -> None:
    with pytest.raises(KeyError):
        kind_named("GateStolen")
    assert str(Ref("matter", "12")) == "matter:12"


def test_refusals_are_told_apart() -> None:
    no = Refused("too_late", "Choose a later day.", field="due_on")
    assert (no.code, no.sentence, no.field, str(no)) == (
        "too_late", "Choose a later day.", "due_on", "Choose a later day.",
    )  # fmt: skip
    assert isinstance(NotAllowed(), Refused)
    assert (NotAllowed().code, NotAllowed("Not you.").sentence) == ("not_allowed", "Not you.")
    assert not issubclass(NotFound, Refused)


@given(st.dates())
def test_day_in_a_sentence_can_be_read_back(day: date) -> None:
    words = long_day(day)
    name, month_and_number, year = words.split(", ")
    assert month_and_number == f"{day:%B} {day.day}"
    assert int(year) == day.year
    assert name == f"{day:%A}"


def test_words_are_quoted_as_they_are() -> None:
    assert quoted("Clear the alley") == "'Clear the alley'"
    assert long_day(date(2026, 12, 4)) == "Friday, December 4, 2026"


@pytest.mark.parametrize(
    ("said", "whole"),
    [
        ("It ends at 8:00 p.m.", "It ends at 8:00 p.m."),
        ("It ends at 8:00 p.m..", "It ends at 8:00 p.m."),
        ("It ends today", "It ends today."),
        ("改到下午五点。", "改到下午五点。"),
    ],
)
def test_sentence_is_ended_once(said: str, whole: str) -> None:
    assert ended(said) == whole


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (-5, "0 seconds"), (0, "0 seconds"), (1, "1 second"), (119, "119 seconds"),
        (120, "2 minutes"), (7_199, "119 minutes"), (7_200, "2 hours"), (172_799, "47 hours"),
        (172_800, "2 days"), (15_868_140, "183 days"),
    ],
)  # fmt: skip
def test_a_span_is_told_in_its_largest_unit(seconds: int, words: str) -> None:
    assert how_long(timedelta(seconds=seconds)) == words
