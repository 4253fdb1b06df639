"""Whatever is done past the house to words, or to what is left of them, is found.

Each test that finds something has its power check: the fault put in on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from tests.cast import HOUSE
from tests.conftest import NOON
from tests.ledger.tampering import run_sql, tampering
from tests.ledger.visits import REASON, Write, older, position_of, why, write
from wardroom.access.gate import action, guard_pass
from wardroom.ledger import rules
from wardroom.ledger.actions import erase_values, record, sign_ledger
from wardroom.ledger.actions.erasing import _rest
from wardroom.ledger.facts import WordsTakenOut
from wardroom.ledger.models import Entry, TakenOut
from wardroom.ledger.queries import signed_heads, verified_chain, verifying

__all__ = ["older", "write"]
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Fraud:
    """What somebody does past the house, and what is said of it."""

    statements: tuple[str, ...]
    why: str
    first: bool = True


CHANGED = "it was changed after it was written"
ERASED_UNTOLD = (
    "INSERT INTO ledger_takenout (entry_id, by_id, sentence, body, commitments) "
    "SELECT id, id, 'x', '{{}}', '{kept}' FROM ledger_entry WHERE id = %s",
    "UPDATE ledger_entry SET sentence = 'x', body = '{{}}', salts = '{{}}' WHERE id = %s",
)
BEFORE = {
    "another name": Fraud(("UPDATE ledger_entry SET body = {other} WHERE id = %s",), CHANGED),
    "another sentence": Fraud(
        ("UPDATE ledger_entry SET sentence = 'Visit to nobody' WHERE id = %s",), CHANGED
    ),
    "salts gone": Fraud(("UPDATE ledger_entry SET salts = '{{}}' WHERE id = %s",), CHANGED),
    "no salts, as in an older line": Fraud(
        ("UPDATE ledger_entry SET salts = NULL WHERE id = %s",), CHANGED
    ),
    "words gone without a word": Fraud(
        ("UPDATE ledger_entry SET sentence = '[taken out]', body = {left} WHERE id = %s",), CHANGED
    ),
    "words gone, and no line tells of it": Fraud(
        tuple(s.replace("{kept}", "{{}}") for s in ERASED_UNTOLD),
        "its words were taken out, and no line tells of that",
    ),
}
AFTER = {
    "words back": Fraud(
        ("UPDATE ledger_entry SET sentence = 'Visit to Jane' WHERE id = %s",),
        "it was changed since its words were taken out, or they still stand in it",
    ),
    "other plain value": Fraud(
        ("UPDATE ledger_entry SET body = {other} WHERE id = %s",),
        "it was changed since its words were taken out",
    ),
    "another matter": Fraud(
        ("UPDATE ledger_entry SET matter_key = '9' WHERE id = %s",),
        "it was changed since its words were taken out",
    ),
    "mark of it gone": Fraud(("DELETE FROM ledger_takenout WHERE entry_id = %s",), CHANGED),
    "commitments gone": Fraud(
        ("UPDATE ledger_takenout SET commitments = '{{}}' WHERE entry_id = %s",), CHANGED
    ),
    "told by a line that does not": Fraud(
        ("UPDATE ledger_takenout SET by_id = entry_id WHERE entry_id = %s",),
        "its words were taken out, and no line tells of that",
    ),
}


def done_to(number: int, fraud: Fraud) -> str:
    """What is said of a line to which this was done."""
    body = Entry.objects.get(pk=number).body
    words = {
        "other": literal({**body, "channel": "mail"}),
        "left": literal({**body, "party_name": "[taken out]"}),
    }
    with tampering():
        for statement in fraud.statements:
            run_sql(statement.format(**words), [number])
        broken = verified_chain(heads=signed_heads()).broken
    assert broken is not None
    assert broken.position == position_of(number)
    return broken.why


def literal(body: dict[str, Any]) -> str:
    return "'" + json.dumps(body).replace("'", "''").replace("%", "%%") + "'"


@pytest.mark.parametrize("what", BEFORE)
def test_whatever_is_done_to_committed_words_is_found(write: Write, what: str) -> None:
    write("before")
    number = write()
    write("after")
    assert done_to(number, BEFORE[what]).startswith(BEFORE[what].why)


@pytest.mark.parametrize("what", AFTER)
def test_whatever_is_done_to_a_line_without_its_words_is_found(write: Write, what: str) -> None:
    write("before")
    number = write()
    erase_values([number], reason=REASON, stamp=HOUSE)
    write("after")
    assert done_to(number, AFTER[what]).startswith(AFTER[what].why)


Rest = dict[str, Any]
FALSE_RESTS: dict[str, Callable[[Rest, str], tuple[Rest, str]]] = {
    "other sentence": lambda body, said: (body, "Visit to the Mayor's brother"),
    "made sentence with a word more": lambda body, said: (body, f"{said} by night"),
    "other name": lambda body, said: ({**body, "party_name": "Jane Roe"}, said),
    "other name in a list": lambda body, said: ({**body, "names": ["[taken out]", "Jo"]}, said),
    "number for words": lambda body, said: ({**body, "text": 2025550163}, said),
    "name of what moved": lambda body, said: (
        {**body, "changes": [{**body["changes"][0], "label": "Seen by Jane Roe"}]}, said,
    ),
    "key of a dictionary": lambda body, said: ({**body, "changes": [{"Jane Roe": ""}]}, said),
}  # fmt: skip


def take_out_falsely(number: int, forge: Callable[[Rest, str], tuple[Rest, str]]) -> None:
    """As the house takes words out, with a line that tells of it, but with other words there."""
    entry = Entry.objects.get(pk=number)
    line = verifying.covered_lines([number])[number]
    left = _rest(line).now
    body, sentence = forge(json.loads(left.body), left.sentence)
    rest = replace(left, body=json.dumps(body), sentence=sentence)

    @action(lambda actor, _: True)
    def tell(subject: None, *, stamp: Any) -> Entry:
        told = WordsTakenOut(
            lines=(number,), fields=("text",), digests=(rules.digest_of_rest(rest),), reason=REASON
        )
        return record(told, stamp=stamp)

    by = tell(None, stamp=HOUSE)
    with guard_pass("a test that goes round the gate"):
        TakenOut.objects.create(
            entry=entry, by=by, sentence=sentence, body=body,
            commitments=rules.commitments_of(line),
        )  # fmt: skip
        Entry.objects.filter(pk=number).update(sentence=sentence, body=body, salts={})


@pytest.mark.parametrize("what", FALSE_RESTS)
@pytest.mark.parametrize("age", ["new", "older"])
def test_other_words_in_place_of_what_was_taken_out_are_found(
    write: Write, older: list[int], what: str, age: str
) -> None:
    number = older[1] if age == "older" else write()
    write("after")
    sign_ledger(None, day=NOON.date(), stamp=HOUSE)
    with tampering():
        take_out_falsely(number, FALSE_RESTS[what])
        broken = verified_chain(heads=signed_heads()).broken
    assert broken is not None
    assert broken.position == position_of(number)
    assert broken.why == "other words stand in it where its own were taken out"


@pytest.mark.parametrize("what", [*FALSE_RESTS, "other plain value", "value gone", "value more"])
@pytest.mark.parametrize("age", ["new", "older"])
def test_database_lets_no_other_words_stand_where_some_were_taken_out(
    write: Write, older: list[int], what: str, age: str
) -> None:
    number = older[1] if age == "older" else write()
    others = {
        **FALSE_RESTS,
        "other plain value": lambda body, said: ({**body, "channel": "mail"}, said),
        "value gone": lambda body, said: (
            {name: value for name, value in body.items() if name != "channel"}, said,
        ),
        "value more": lambda body, said: ({**body, "seen": "[taken out]"}, said),
    }  # fmt: skip
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        take_out_falsely(number, others[what])
    assert why() == ""


@pytest.mark.parametrize("age", ["new", "older"])
def test_power_check_what_is_taken_out_honestly_passes_both(
    write: Write, older: list[int], age: str
) -> None:
    number = older[1] if age == "older" else write()
    take_out_falsely(number, lambda body, said: (body, said))
    assert why() == ""


def test_line_that_tells_of_what_nobody_took_out_is_found(write: Write) -> None:
    number = write()
    was = Entry.objects.get(pk=number)
    erase_values([number], reason=REASON, stamp=HOUSE)
    told = Entry.objects.get(kind="WordsTakenOut").pk
    with tampering():
        run_sql("DELETE FROM ledger_takenout WHERE entry_id = %s", [number])
        Entry.objects.filter(pk=number).update(
            sentence=was.sentence, body=was.body, salts=was.salts
        )
        broken = verified_chain().broken
    assert broken is not None
    assert broken.position == position_of(told)
    assert broken.why.startswith(f"it tells that words of entry {number} were taken out")


def test_power_check_a_walk_that_asks_for_no_line_lets_words_vanish(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("before")
    number = write()
    fraud = AFTER["told by a line that does not"]
    erase_values([number], reason=REASON, stamp=HOUSE)
    monkeypatch.setattr(verifying, "_fault_of_rest", lambda *_: "")
    monkeypatch.setattr(
        verifying,
        "_erased",
        lambda found: frozenset((line, by) for by, lines in found.items() for line in lines),
    )
    with pytest.raises(AssertionError):
        done_to(number, fraud)


def test_power_check_without_commitments_the_same_breaks_the_chain(older: list[int]) -> None:
    with tampering():
        Entry.objects.filter(pk=older[1]).update(sentence="[taken out]")
        assert why().startswith(CHANGED)


def test_older_lines_can_be_emptied_too_and_are_held_to_what_is_left(
    older: list[int], write: Write
) -> None:
    newer = write()
    assert why() == ""
    erase_values([*older[:2], newer], reason=REASON, stamp=HOUSE)
    assert why() == ""
    assert Entry.objects.get(pk=older[0]).sentence == "Visit kept: [taken out]"
    assert TakenOut.objects.get(entry=older[0]).commitments == {}
    for what in ("words back", "another matter"):
        assert done_to(older[1], AFTER[what]).startswith(AFTER[what].why)


def test_newer_line_is_not_passed_off_as_an_older_one(write: Write) -> None:
    write("before")
    number = write()
    erase_values([number], reason=REASON, stamp=HOUSE)
    said = done_to(number, AFTER["commitments gone"])
    assert said.startswith(CHANGED)


REFUSED = {
    "other words": "UPDATE ledger_entry SET sentence = 'x', salts = '{}' WHERE id = %s",
    "another time": "UPDATE ledger_entry SET at = '2001-02-03 04:05:06' WHERE id = %s",
    "the line itself": "DELETE FROM ledger_entry WHERE id = %s",
    "what is left": "UPDATE ledger_takenout SET sentence = 'x' WHERE entry_id = %s",
    "that it was": "DELETE FROM ledger_takenout WHERE entry_id = %s",
}


@pytest.mark.parametrize("what", REFUSED)
def test_database_lets_nothing_else_happen_to_a_line(write: Write, what: str) -> None:
    number = write()
    erase_values([number], reason=REASON, stamp=HOUSE)
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        run_sql(REFUSED[what], [number])
