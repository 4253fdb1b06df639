"""What people start a rota with: nobody makes up for time at which they were not here."""

from __future__ import annotations

from fractions import Fraction

from wardroom.office.rules.carried import Past, counted_past

HERE = Fraction(1)
SHARE = Past(weight=300, weekends=30, holidays=3)


def test_what_was_carried_before_counts() -> None:
    had = {1: Past(40, 5, 1), 2: Past(30, 4, 0)}
    assert counted_past(had, {1: HERE, 2: HERE}, SHARE) == had


def test_who_had_no_turn_before_starts_with_the_average_of_the_others() -> None:
    had = {1: Past(40, 6, 1), 2: Past(30, 4, 1), 3: Past()}
    assert counted_past(had, dict.fromkeys(had, HERE), SHARE)[3] == Past(35, 5, 1)
    nobody = {1: Past(), 2: Past()}
    assert counted_past(nobody, dict.fromkeys(nobody, HERE), SHARE) == nobody


def test_who_is_here_for_a_part_has_their_part_alone() -> None:
    had = dict.fromkeys((1, 2, 3), Past(30, 5, 1))
    found = counted_past(had, {1: HERE, 2: HERE, 3: HERE / 2}, SHARE)
    assert found[1] == Past(30, 5, 1)
    assert found[3] == Past(30 + 60, 5 + 6, 1 + 1)
    even = (300 + sum(past.weight for past in found.values())) // 3
    assert [even - past.weight for past in found.values()] == [120, 120, 60]
