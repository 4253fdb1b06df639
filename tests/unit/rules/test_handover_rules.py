"""The moves of a handover and of each thing in it, edge by edge."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import plain_actor
from wardroom.access.actor import NOBODY, Role
from wardroom.kernel.errors import Refused
from wardroom.matters import policy, rules

TODAY = date(2026, 11, 18)
ITEM_EDGES = {
    ("gathered", "set_successor"): "proposed",
    ("gathered", "catch_up_handover"): "overtaken",
    ("proposed", "set_successor"): "proposed",
    ("proposed", "accept_items"): "accepted",
    ("proposed", "send_back_items"): "sent_back",
    ("proposed", "catch_up_handover"): "overtaken",
    ("sent_back", "set_successor"): "proposed",
    ("sent_back", "catch_up_handover"): "overtaken",
    ("accepted", "catch_up_handover"): "gathered",
    ("overtaken", "catch_up_handover"): "gathered",
}
MOVES = ("set_successor", "accept_items", "send_back_items", "catch_up_handover")


@pytest.mark.parametrize("state", rules.ITEM_WORDS)
@pytest.mark.parametrize("move", MOVES)
def test_a_thing_goes_where_the_table_says_and_nowhere_else(state: str, move: str) -> None:
    to = ITEM_EDGES.get((state, move))
    if to is not None:
        assert rules.check_item_move(state, move, title="Rats") == to
        return
    with pytest.raises(Refused) as no:
        rules.check_item_move(state, move, title="Rats")
    assert no.value.code == "wrong_state"
    assert "Rats" in no.value.sentence


@pytest.mark.parametrize("move", rules.HANDOVER_MOVES["running"])
def test_a_handover_that_is_over_stays_over(move: str) -> None:
    assert rules.check_handover_move("running", move) in rules.HANDOVER_MOVES
    for state in ("ended", "called_off"):
        with pytest.raises(Refused):
            rules.check_handover_move(state, move)


@pytest.mark.parametrize(
    ("state", "alive", "then"),
    [
        ("gathered", True, "gathered"),
        ("proposed", True, "proposed"),
        ("sent_back", True, "sent_back"),
        ("accepted", True, "gathered"),
        ("overtaken", True, "gathered"),
        ("gathered", False, "overtaken"),
        ("proposed", False, "overtaken"),
        ("sent_back", False, "overtaken"),
        ("accepted", False, "accepted"),
        ("overtaken", False, "overtaken"),
    ],
)
def test_another_look_says_what_is_so(state: str, alive: bool, then: str) -> None:
    assert rules.state_now(state, alive=alive) == then


def test_a_last_day_far_off_is_refused() -> None:
    for far in (date(2028, 1, 1), date(2026, 9, 1)):
        with pytest.raises(Refused) as no:
            rules.check_last_day(far, today=TODAY)
        assert no.value.field == "last_on"
    rules.check_last_day(date(2026, 11, 1), today=TODAY)


def test_numbers_have_their_nouns() -> None:
    counts = [(1, "matter", "matters"), (0, "seat", "seats"), (2, "task", "tasks")]
    assert rules.counted_words(counts) == "1 matter, 2 tasks"
    assert rules.counted_words([]) == ""


def test_who_can_look_after_what() -> None:
    liaison = plain_actor(Role.LIAISON, wards="5")
    director = plain_actor(Role.DIRECTOR, city=True)
    staff = plain_actor(Role.STAFF, city=True)
    assert policy.may_hold(liaison, "ward", "5")
    assert not policy.may_hold(liaison, "ward", "7")
    assert policy.may_hold(director, "ward", "7")
    assert not policy.may_hold(staff, "ward", "7")
    assert policy.may_hold(liaison, "liaison", "7")
    assert not policy.may_hold(staff, "liaison", "7")
    assert policy.may_hold(staff, "staff", "")
    assert not policy.may_hold(NOBODY, "staff", "")
