"""What is personal goes out of lines for good; the chain holds, and says what was done.

Each test that finds something has its power check: the fault put in on purpose.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ledger.visits import (
    CANARY,
    MATTER,
    REASON,
    Write,
    older,
    position_of,
    rows_with,
    why,
    write,
)
from wardroom.access.gate import action, guard_pass
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Change, Ref, kind_named
from wardroom.ledger import rules
from wardroom.ledger.actions import erase_values, sign_ledger, writing
from wardroom.ledger.models import About, Entry, Link, Mention, Receipt
from wardroom.ledger.queries import timeline, verifying
from wardroom.ledger.rules import commitment

__all__ = ["older", "write"]
pytestmark = pytest.mark.django_db


def test_line_is_read_as_it_was_told(write: Write) -> None:
    entry = Entry.objects.get(pk=write())
    fact = kind_named("VisitKept").from_plain(entry.body)
    assert entry.sentence == fact.sentence()
    assert f"Visit to Wilhelmina {CANARY} by phone" in entry.sentence
    assert set(entry.salts or ()) == {"party_name", "text", "names", "changes", "#sentence"}
    assert why() == ""


def test_chain_covers_only_what_says_nothing_of_the_words(write: Write) -> None:
    position = position_of(write())
    text, _ = verifying.told_of_line(position)
    assert CANARY not in text
    assert '"channel":"phone"' in text
    rows = Entry.objects.exclude(salts=None).values_list("salts", flat=True)
    salts = [salt for row in rows for salt in (row or {}).values()]
    assert len(set(salts)) == len(salts)
    assert all(len(bytes.fromhex(salt)) >= 16 for salt in salts)


def test_same_words_have_other_commitments_in_each_line(write: Write) -> None:
    first, second = (said_of(write()) for _ in range(2))
    assert not first & second


def test_power_check_with_one_salt_for_all_the_commitments_are_the_same(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "new_salts", lambda names: dict.fromkeys(names, "00" * 16))
    first, second = (said_of(write()) for _ in range(2))
    assert first == second


def said_of(entry: int) -> set[str]:
    text, _ = verifying.told_of_line(position_of(entry))
    return set(json.loads(text)[12]["#sha256"].values())


def test_words_that_are_taken_out_are_nowhere_and_the_chain_holds(
    write: Write, settings: LazySettings, tmp_path: Any
) -> None:
    settings.HOME = tmp_path
    first, second = write(), write()
    stays = write("nothing of anybody")
    sign_ledger(None, day=NOON.date(), stamp=HOUSE)
    before = list(Link.objects.order_by("position").values_list("position", "digest"))
    assert {"Entry", "Mention", "Doc"} <= set(rows_with("told of rats") + rows_with("kimquill"))
    assert erase_values([first, second, stays], reason=REASON, stamp=HOUSE) == (
        first, second, stays,
    )  # fmt: skip
    assert rows_with(CANARY) == []
    assert rows_with("told of rats") == []
    after = list(Link.objects.order_by("position").values_list("position", "digest"))
    assert after[: len(before)] == before
    assert why() == ""
    told = Entry.objects.get(kind="WordsTakenOut")
    assert told.sentence == f"What was personal in 3 lines was taken out: {REASON}"
    assert told.body["lines"] == [first, second, stays]
    assert told.body["fields"] == ["changes", "names", "party_name", "text"]


def test_line_still_tells_that_and_when_and_by_whom(write: Write, director: Cast) -> None:
    number = write()
    was = Entry.objects.get(pk=number)
    erase_values([number], reason=REASON, stamp=HOUSE)
    entry = Entry.objects.get(pk=number)
    same = ("uid", "at", "actor_name", "window", "kind", "ward_code", "matter_key")
    assert [getattr(entry, n) for n in same] == [getattr(was, n) for n in same]
    assert entry.sentence == "Visit kept: [taken out]"
    fact: Any = kind_named(entry.kind).from_plain(entry.body)
    assert (fact.party_name, fact.channel, fact.note) == ("[taken out]", "phone", "")
    assert fact.names == ("[taken out]", "", "[taken out]")
    assert fact.changes == (Change("[taken out]", "[taken out]", "", "[taken out]"),)
    [line] = [x for x in timeline(director.actor, refs=[MATTER]).lines if x.entry_id == number]
    assert line.sentence == entry.sentence


def test_lines_that_said_later_whom_it_meant_go_with_it(write: Write, director: Cast) -> None:
    from wardroom.ledger.actions import resolve_mention

    number = write()
    mention = Mention.objects.get()
    resolve_mention(mention, ref=Ref("party", "12"), name=f"Kim {CANARY}", stamp=director.stamp)
    later = Entry.objects.get(kind="MentionResolved").pk
    assert erase_values([number], reason=REASON, stamp=HOUSE) == (number, later)
    assert rows_with(CANARY) == []
    assert Mention.objects.get().text == "[taken out]"
    assert About.objects.filter(entry=number, noun="party", key="12").exists()
    assert why() == ""


def test_taking_out_twice_is_refused_and_again_with_others_takes_these(write: Write) -> None:
    first, second = write(), write()
    erase_values([first], reason=REASON, stamp=HOUSE)
    with pytest.raises(Refused, match="Nothing that is personal is left"):
        erase_values([first], reason=REASON, stamp=HOUSE)
    assert erase_values([first, second], reason=REASON, stamp=HOUSE) == (second,)
    assert why() == ""


def test_line_from_which_something_is_still_to_follow_waits(write: Write) -> None:
    number = write()
    with guard_pass("a receipt that is due"):
        Receipt.objects.create(entry_id=number, reaction="anything", next_try_at=NOON)
    with pytest.raises(Refused, match="still to follow"):
        erase_values([number], reason=REASON, stamp=HOUSE)
    with guard_pass("it was done at last"):
        Receipt.objects.update(state="done", done_at=NOON, error=f"no {CANARY}")
    erase_values([number], reason=REASON, stamp=HOUSE)
    assert rows_with(CANARY) == []


@pytest.mark.parametrize("reason", ["", " \n", "x" * 301])
def test_reason_is_needed_and_short(write: Write, reason: str) -> None:
    with pytest.raises(Refused, match="Say why, in at most 300 letters"):
        erase_values([write()], reason=reason, stamp=HOUSE)


def test_only_the_house_and_records_officers_may(write: Write, director: Cast) -> None:
    with pytest.raises(NotAllowed):
        erase_values([write()], reason=REASON, stamp=director.stamp)


def test_many_lines_cost_no_more_statements_than_few(write: Write) -> None:
    many = [write("rats") for _ in range(42)]
    counts = []
    for some in (many[:2], many[2:]):
        with CaptureQueriesContext(
            connection,
        ) as statements:
            erase_values(some, reason=REASON, stamp=HOUSE)
        counts.append(len(statements))
    assert counts[1] <= counts[0] + 1


def test_what_is_rolled_back_took_nothing_out(write: Write) -> None:
    number = write()

    @action(lambda actor, _: True)
    def begin(subject: None, *, stamp: Any) -> None:
        with suppress(Refused), transaction.atomic():
            erase_values([number], reason=REASON, stamp=stamp)
            raise Refused("no", "No.")
        write("rats", stamp)

    begin(None, stamp=HOUSE)
    assert CANARY in Entry.objects.get(pk=number).sentence
    assert why() == ""


def test_form_of_a_commitment_never_changes() -> None:
    known = "78b76117d36b72cce21e07bfd606448a7a13a82682e2dacd4892ba66894d1cd0"
    assert commitment("00" * 16, ["Ä", {"b": 1, "a": None}]) == known
    assert rules.COMMITTED == "#sha256"
