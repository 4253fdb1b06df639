"""Invariants 3 and 4: entries never change, a correction is an entry, history follows the place;
and what was typed may name somebody unknown, whom somebody recognises later without rewriting.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.cast import Cast
from tests.ground import DUE, NEXT
from tests.ledger.tampering import run_sql, tampering
from wardroom.access.gate import guard_pass
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import resolve_mention
from wardroom.ledger.models import Entry, Mention
from wardroom.ledger.queries import timeline, unresolved_mentions, verified_chain
from wardroom.matters.actions import (
    capture_line,
    hand_over_matter,
    set_next_step,
    withdraw_ask,
)
from wardroom.matters.facts import MatterFact
from wardroom.matters.models import Ask, Matter

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
CHANGES = (
    "UPDATE ledger_entry SET sentence = 'nothing happened'",
    "DELETE FROM ledger_about",
    "UPDATE ledger_link SET digest = ''",
)


def lines() -> list[tuple[Any, ...]]:
    """Every line of the ledger, as it is kept."""
    return list(Entry.objects.order_by("pk").values_list("pk", "kind", "body", "sentence", "at"))


@pytest.mark.parametrize("statement", CHANGES)
def test_the_database_changes_no_line(statement: str, matter5: Matter) -> None:
    before = lines()
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        run_sql(statement)
    assert lines() == before
    with tampering(), connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0


def test_who_takes_the_triggers_away_is_found_out(matter5: Matter) -> None:
    assert verified_chain().broken is None
    with tampering():
        run_sql("UPDATE ledger_entry SET sentence = 'nothing' WHERE kind = 'MatterOpened'")
        assert verified_chain().broken is not None


def test_a_correction_is_a_line_more(requested: Ask, matter5: Matter, liaison5: Cast) -> None:
    before = lines()
    set_next_step(matter5, next_on=NEXT, next_step="Look", stamp=liaison5.stamp)
    set_next_step(matter5, next_on=DUE, next_step="Look there", stamp=liaison5.stamp)
    withdraw_ask(requested, reason="A slip of mine", stamp=liaison5.stamp)
    assert lines()[: len(before)] == before
    assert len(lines()) >= len(before) + 3


def kinds_at_the_place(matter: Matter, who: Cast) -> set[str]:
    """What somebody reads of what happened at the place of a matter."""
    place = Ref("place", str(matter.place_id))
    return {line.kind for line in timeline(who.actor, refs=[place]).lines}


def test_history_stays_at_the_place_whoever_owns_it(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    set_next_step(matter5, next_on=NEXT, next_step="Look", stamp=liaison5.stamp)
    hand_over_matter(matter5, owner=director.party, stamp=liaison5.stamp)
    assert {"MatterOpened", "NextStepSet", "MatterHandedOver"} <= kinds_at_the_place(
        matter5, director
    )


def test_lines_about_people_alone_would_be_lost_to_the_place(
    matter5: Matter, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MatterFact, "about", lambda fact: (Ref("matter", str(fact.matter_id)),))
    set_next_step(matter5, next_on=NEXT, next_step="Look", stamp=liaison5.stamp)
    assert "NextStepSet" not in kinds_at_the_place(matter5, liaison5)


def test_whom_a_line_meant_is_said_later_and_rewrites_nothing(
    matter5: Matter, liaison5: Cast, director: Cast
) -> None:
    capture_line(matter5, text="Met @mrskey at the gate #rats", stamp=liaison5.stamp)
    before = lines()
    (open_one,) = [m for m in unresolved_mentions(liaison5.actor).rows if m.sign == "@"]
    assert (open_one.text, open_one.key) == ("mrskey", "")
    mention = Mention.objects.get(pk=open_one.mention_id)
    ref = Ref("party", str(director.party.pk))
    resolve_mention(mention, ref=ref, name="The Director", stamp=liaison5.stamp)
    assert lines()[: len(before)] == before
    assert [line[1] for line in lines()[len(before) :]] == ["MentionResolved"]
    assert verified_chain().broken is None
    said = [line.sentence for line in timeline(director.actor, refs=[ref]).lines]
    assert any("Met @mrskey at the gate" in sentence for sentence in said)


def test_a_name_written_into_the_old_line_would_be_found_out(
    matter5: Matter, liaison5: Cast
) -> None:
    entry = capture_line(matter5, text="Met @mrskey at the gate", stamp=liaison5.stamp)
    with tampering():
        run_sql("UPDATE ledger_entry SET sentence = 'Met the director' WHERE id = %s", [entry.pk])
        assert verified_chain().broken is not None
