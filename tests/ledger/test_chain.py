"""The chain shows whatever was done to the ledger past the house, and names the first line."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from tests.cast import HOUSE
from tests.ledger.tampering import run_sql, tampering
from wardroom.access.gate import action, unit_of_work
from wardroom.directory.actions import add_party
from wardroom.jobs.cli import main
from wardroom.kernel import facts
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger.actions import record
from wardroom.ledger.models import About, Entry, Link
from wardroom.ledger.queries import verified_chain
from wardroom.ledger.rules import NO_LINE_YET, Chained, digest_after

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(db: None) -> list[int]:
    """The numbers of six lines, in the order of the chain."""
    for n in range(6):
        add_party(None, kind="organisation", name=f"Group {n}", stamp=HOUSE)
    assert verified_chain().broken is None
    return list(Link.objects.order_by("position").values_list("entry_id", flat=True))


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """An action that records a fact with any body."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))

    @dataclass(frozen=True, kw_only=True)
    class StoneWeighed(Fact):
        stone: dict[str, Any]

        def sentence(self) -> str:
            return "A stone was weighed — naïve 漢字 \U0001f4dc"

        def about(self) -> tuple[Ref, ...]:
            return (Ref("stone", "1"), Ref("matter", "77"))

    @action(lambda actor, _: True)
    def weigh_stone(subject: None, *, stone: dict[str, Any], stamp: Any) -> Entry:
        return record(StoneWeighed(stone=stone), stamp=stamp)

    return weigh_stone


TAMPERINGS = {
    "changed sentence": (
        "UPDATE ledger_entry SET sentence = 'nothing happened' WHERE id = %s",
        "it was changed after it was written",
    ),
    "changed name": (
        "UPDATE ledger_entry SET actor_name = 'Somebody else' WHERE id = %s",
        "it was changed",
    ),
    "changed body": ("UPDATE ledger_entry SET body = '{}' WHERE id = %s", "it was changed"),
    "changed time": (
        "UPDATE ledger_entry SET at = '2001-02-03 04:05:06' WHERE id = %s",
        "it was changed",
    ),
    "changed matter": ("UPDATE ledger_entry SET matter_key = '9' WHERE id = %s", "it was changed"),
    "changed reader": (
        "UPDATE ledger_entry SET audience = 'partner', agency_code = 'DPW' WHERE id = %s",
        "it was changed",
    ),
    "changed digest": (
        "UPDATE ledger_link SET digest = 'ab' WHERE entry_id = %s",
        "it was changed",
    ),
    "deleted entry": ("DELETE FROM ledger_entry WHERE id = %s", "its entry was deleted"),
    "deleted link": ("DELETE FROM ledger_link WHERE entry_id = %s", "it is missing"),
    "lost timeline": (
        "DELETE FROM ledger_about WHERE entry_id = %s",
        "it is missing from the timeline of party",
    ),
    "moved timeline": (
        "UPDATE ledger_about SET key = '999' WHERE entry_id = %s",
        "it is missing from the timeline of party",
    ),
    "extra timeline": (
        "INSERT INTO ledger_about (entry_id, noun, key) VALUES (%s, 'matter', '31')",
        "nothing says that it belongs on the timeline of matter 31",
    ),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_first_broken_line_is_named(
    chain: list[int], what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    statement, why = TAMPERINGS[what]
    with tampering():
        run_sql(statement, [chain[4]])
        run_sql(statement, [chain[2]])
        found = verified_chain()
        assert main(["verify"]) == 1
    assert found.broken is not None
    assert (found.broken.position, found.lines) == (3, 2)
    assert found.broken.why.startswith(why)
    assert "broken at line 3 (entry" in capsys.readouterr().err
    assert verified_chain().broken is None


def test_line_that_is_off_is_told_with_its_number_time_and_kind(chain: list[int]) -> None:
    with tampering():
        run_sql("UPDATE ledger_entry SET sentence = '' WHERE id = %s", [chain[2]])
        broken = verified_chain().broken
    assert broken is not None
    assert broken.sentence.startswith(
        f"The ledger is broken at line 3 (entry {chain[2]}, November 18, 2026 at 17:00:00 UTC, "
        "PartyAdded): it was changed"
    )


def test_lines_in_another_order_are_noticed(chain: list[int]) -> None:
    with tampering():
        for old, new in ((2, 99), (4, 2), (99, 4)):
            run_sql("UPDATE ledger_link SET position = %s WHERE position = %s", [new, old])
        moved = verified_chain().broken
    with tampering():
        for position, entry_id in ((2, 0), (4, chain[1]), (2, chain[3])):
            statement = "UPDATE ledger_link SET entry_id = %s WHERE position = %s"
            run_sql(statement, [entry_id or -1, position])
        swapped = verified_chain().broken
    assert moved is not None
    assert swapped is not None
    assert (moved.position, swapped.position) == (2, 2)
    assert "another order" in swapped.why


def test_entry_that_was_never_chained_is_noticed(chain: list[int]) -> None:
    forged = Entry.objects.get(pk=chain[0])
    with tampering():
        forged.pk, forged.uid = None, UUID(int=7)
        forged.save()
        broken = verified_chain().broken
    assert broken is not None
    assert broken.entry_id == forged.pk
    assert "put in past Wardroom" in broken.sentence


def test_forged_link_is_noticed(chain: list[int]) -> None:
    forged = Entry.objects.get(pk=chain[0])
    with tampering():
        forged.pk, forged.uid = None, UUID(int=7)
        forged.save()
        Link.objects.create(position=7, entry=forged, digest="0" * 64)
        broken = verified_chain().broken
    assert broken is not None
    assert broken.position == 7


def test_lines_cut_off_at_the_end_show_against_an_earlier_head(
    chain: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify"]) == 0
    head = capsys.readouterr().out.split()[-1]
    assert head == verified_chain().head
    add_party(None, kind="organisation", name="One more", stamp=HOUSE)
    assert main(["verify", "--head", head.upper()]) == 0
    with tampering():
        for table, column in (("link", "entry_id"), ("about", "entry_id"), ("entry", "id")):
            run_sql(f"DELETE FROM ledger_{table} WHERE {column} >= %s", [chain[5]])
        assert verified_chain().broken is None
        assert main(["verify", "--head", head]) == 1
    assert "no longer in it" in capsys.readouterr().err
    assert main(["verify", "--head", "short"]) == 1


def test_whole_line_taken_out_and_the_rest_moved_up_is_noticed(chain: list[int]) -> None:
    with tampering():
        for table, column in (("link", "entry_id"), ("about", "entry_id"), ("entry", "id")):
            run_sql(f"DELETE FROM ledger_{table} WHERE {column} = %s", [chain[2]])
        for position in (4, 5, 6):
            run_sql(
                "UPDATE ledger_link SET position = %s WHERE position = %s",
                [position - 1, position],
            )
        broken = verified_chain().broken
    assert broken is not None
    assert (broken.position, broken.entry_id) == (3, chain[3])


BODIES: list[dict[str, Any]] = [
    {"b": 1, "a": {"z": [1, 2.5, None, True], "y": 'naïve 漢字 \U0001f4dc \\ " \n'}},
    {"n": [1e22, 1e2, -0.0, 0.1, 1e-7, 5e-324, 1.7976931348623157e308, 123456789.123456789]},
    {"n": [2**53, 2**63, 10**30, -(10**25), 3.0, 1e16]},
    {"at": "2026-11-18T17:00:00.000001+00:00", "on": "2024-02-29", "": "", "é": "e\u0301"},
]


@pytest.mark.parametrize("body", BODIES)
def test_whatever_a_fact_holds_verifies_on_either_database(
    weighed: Callable[..., object], body: dict[str, Any]
) -> None:
    weighed(None, stone=body, stamp=HOUSE)
    found = verified_chain()
    assert (found.lines, found.broken) == (1, None)


def test_form_of_the_chain_never_changes() -> None:
    line = Chained(
        UUID(int=1), datetime(2026, 1, 2, 3, 4, 5, 6, UTC), 7, "Ä", "web", "K", "internal", "5",
        "", "12", "Said.", '{"b": 1.50, "a": 1e2, "c": [-0.0, "x"]}', (("ward", "5"), ("a", "b")),
    )  # fmt: skip
    known = "ad4e28e7cca8389c13a7d171a110900e4e5818ef9d4bfec67a7d4fb552e574de"
    assert digest_after(NO_LINE_YET, line) == known


def test_what_was_rolled_back_leaves_no_gap(weighed: Callable[..., object]) -> None:
    @action(lambda actor, _: True)
    def try_twice(subject: None, *, stamp: Any) -> None:
        with suppress(Refused), transaction.atomic():
            weighed(None, stone={"n": 1}, stamp=stamp)
            raise Refused("no", "No.")
        weighed(None, stone={"n": 2}, stamp=stamp)

    try_twice(None, stamp=HOUSE)
    found = verified_chain()
    assert (found.lines, found.broken) == (1, None)
    assert Entry.objects.get().body == {"stone": {"n": 2}}


def test_unit_of_several_actions_is_chained_once_at_its_end(
    weighed: Callable[..., object],
) -> None:
    with unit_of_work():
        weighed(None, stone={}, stamp=HOUSE)
        weighed(None, stone={}, stamp=HOUSE)
        assert not Link.objects.exists()
    assert list(Link.objects.order_by("position").values_list("position", flat=True)) == [1, 2]


def test_matter_of_a_line_stands_beside_it(weighed: Callable[..., object]) -> None:
    weighed(None, stone={}, stamp=HOUSE)
    assert Entry.objects.get().matter_key == "77"
    assert About.objects.filter(added_by=None).count() == 2


def test_empty_ledger_is_whole(db: None) -> None:
    found = verified_chain()
    assert (found.lines, found.head, found.broken) == (0, NO_LINE_YET, None)


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_leave_one_whole_chain() -> None:
    def write(word: str) -> None:
        try:
            for n in range(8):
                with unit_of_work():
                    add_party(None, kind="organisation", name=f"{word} {n}", stamp=HOUSE)
                    add_party(None, kind="person", name=f"{word} {n}", stamp=HOUSE)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(word,)) for word in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = verified_chain()
    assert (found.lines, found.broken) == (64, None)
