"""What is personal goes out of lines for good; the chain holds, and says what was done.

Each test that finds something has its power check: the fault put in on purpose.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ledger.tampering import run_sql, tampering
from wardroom.access.gate import action, guard_pass
from wardroom.kernel import facts
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.kernel.facts import Change, Fact, Ref, kind_named
from wardroom.ledger import rules
from wardroom.ledger.actions import erase_values, record, sign_ledger, writing
from wardroom.ledger.actions.erasing import _rest
from wardroom.ledger.facts import WordsTakenOut
from wardroom.ledger.models import About, Entry, Link, Mention, Receipt, TakenOut
from wardroom.ledger.queries import signed_heads, timeline, verified_chain, verifying
from wardroom.ledger.rules import Typed, commitment
from wardroom.matters.actions.words import index_line
from wardroom.search.models import Doc

pytestmark = pytest.mark.django_db
CANARY, REASON = "Quillfeather", "closed issues, 3 years after their end"
MATTER = Ref("matter", "31")
Write = Callable[..., int]


@pytest.fixture
def write(monkeypatch: pytest.MonkeyPatch) -> Write:
    """Write a line about somebody; gives the number of its entry."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))
    monkeypatch.setattr(writing, "_LISTENERS", [index_line])

    @dataclass(frozen=True, kw_only=True)
    class VisitKept(Fact):
        party_name: str
        text: str
        channel: str
        ward_code: str
        names: tuple[str, ...]
        changes: tuple[Change, ...]
        note: str = ""

        def sentence(self) -> str:
            return f"Visit to {self.party_name} by {self.channel}: {self.text}"

        def words(self) -> str:
            return self.text

        def about(self) -> tuple[Ref, ...]:
            return (MATTER, Ref("ward", self.ward_code))

    @action(lambda actor, _: True)
    def keep_visit(subject: None, *, text: str, stamp: Any) -> int:
        fact = VisitKept(
            party_name=f"Wilhelmina {CANARY}",
            text=text,
            channel="phone",
            ward_code="5",
            names=(f"{CANARY} senior", "", f"{CANARY} junior"),
            changes=(Change("phone", "Phone", "", f"202 {CANARY}"),),
        )
        kim = Typed(sign="@", text=f"kim{CANARY}", noun="party")
        return record(fact, mentions=[kim], stamp=stamp).pk

    return lambda text=f"{CANARY} told of rats", stamp=HOUSE: keep_visit(
        None, text=text, stamp=stamp
    )


@pytest.fixture
def older(write: Write, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Three lines from before there were salts."""
    with monkeypatch.context() as patched:
        patched.setattr(writing, "salts_for", lambda *_: None)
        return [write() for _ in range(3)]


def why() -> str:
    broken = verified_chain(heads=signed_heads()).broken
    return broken.why if broken else ""


def position_of(entry: int) -> int:
    return Link.objects.values_list("position", flat=True).get(entry=entry)


def rows_with(word: str) -> list[str]:
    """The tables of the ledger and of the search for things in which a word still stands."""
    found = []
    for model in (Entry, About, Mention, Receipt, TakenOut, Doc):
        rows = json.dumps([list(row) for row in model._base_manager.values_list()], default=str)
        if word.lower() in rows.lower():
            found.append(model.__name__)
    return found


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
