"""S15: whatever is done to the ledger past the house is found and named, by others too."""

from __future__ import annotations

import base64
import importlib.util
import json
import random
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.db.utils import DatabaseError

from tests.cast import HOUSE, Cast
from tests.ledger.tampering import run_sql, tampering
from tests.security import forging
from wardroom.access.actor import Stamp
from wardroom.access.gate import action, guard_pass
from wardroom.jobs.cli import main
from wardroom.jobs.heads import sign_daily
from wardroom.jobs.stamps import worker_stamp
from wardroom.kernel import facts
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger import rules
from wardroom.ledger.actions import record, sign_ledger
from wardroom.ledger.gateways import public_key_line
from wardroom.ledger.models import Link, TreeHead
from wardroom.ledger.queries import proof_of, signed_heads, verified_chain
from wardroom.ledger.queries import verifying as walking
from wardroom.ledger.reactions import deliver_receipt, due_receipts, register_reactions
from wardroom.ledger.rules import SignedHead
from wardroom.notices.models import Message
from wardroom.reactions import FOLLOWS

pytestmark = pytest.mark.django_db
FORGERIES = 1_000
# Eight times a thousand are appended by hand: python -m tests.torture S15
WRITERS, APPENDS = 8, 125
MONDAY, TUESDAY = date(2026, 11, 16), date(2026, 11, 17)
# The public key of the first example in RFC 8032, which is not ours.
OTHER_KEY = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
CHECKER = Path(__file__).resolve().parents[2] / "docs" / "check_ledger.py"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: LazySettings) -> Path:
    """A key and a folder of heads of this test's own."""
    settings.HOME = tmp_path
    settings.HEADS_FOLDER = tmp_path / "heads"
    return tmp_path


@pytest.fixture
def checker() -> ModuleType:
    """The checker that knows nothing of Wardroom."""
    spec = importlib.util.spec_from_file_location("check_ledger", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Append = Callable[[str, Stamp], None]


@pytest.fixture
def append(monkeypatch: pytest.MonkeyPatch) -> Append:
    """Write one small line."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))

    @dataclass(frozen=True, kw_only=True)
    class PebbleDropped(Fact):
        word: str

        def sentence(self) -> str:
            return f"Pebble {self.word} was dropped"

        def about(self) -> tuple[Ref, ...]:
            return (Ref("pebble", "1"),)

    @action(lambda actor, _: True)
    def drop_pebble(subject: None, *, word: str, stamp: Any) -> None:
        record(PebbleDropped(word=word), stamp=stamp)

    return lambda word, stamp: drop_pebble(None, word=word, stamp=stamp)


@pytest.fixture
def kept(director: Cast, liaison5: Cast, append: Append) -> list[SignedHead]:
    """A ledger by several hands, and the heads of two days as somebody outside has them."""
    for n in range(12):
        append(str(n), (director.stamp, liaison5.stamp, HOUSE)[n % 3])
    sign_ledger(None, day=MONDAY, stamp=HOUSE)
    for n in range(12, 24):
        append(str(n), (liaison5.stamp, director.stamp)[n % 2])
    sign_ledger(None, day=TUESDAY, stamp=HOUSE)
    return signed_heads()


def forge(kept: list[SignedHead], many: int) -> tuple[int, list[str]]:
    """Forge so often; gives how many were found, and those not found or misnamed."""
    lines = kept[-1].head.size
    missed = []
    with tampering():
        forging.take_out(lines + 1)
        for n in range(many):
            chance = random.Random(n)
            how = forging.FORGERIES[n % len(forging.FORGERIES)]
            with transaction.atomic():
                wanted = how(chance, lines)
                broken = verified_chain(heads=kept).broken
                transaction.set_rollback(True)
            if broken is None or broken.position not in wanted:
                missed.append(f"{n} {how.__name__}: {broken}, not {wanted}")
    return many - len(missed), missed


@pytest.mark.one_database
def test_every_forgery_is_found_and_its_line_named(kept: list[SignedHead]) -> None:
    assert forge(kept, FORGERIES) == (FORGERIES, [])


def test_forgeries_are_found_on_either_database(kept: list[SignedHead]) -> None:
    assert forge(kept, 28) == (28, [])


def test_power_check_a_chain_that_leaves_the_actor_out_is_seen_to_miss(
    kept: list[SignedHead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "digest_after", lambda previous, line: "")
    monkeypatch.setattr(walking, "_diagnosis", lambda *_: "")
    found, missed = forge(kept, 28)
    assert found < 28
    assert any("swap_actors" in line for line in missed)


def test_power_check_a_walk_that_takes_any_rest_misses_false_words(
    kept: list[SignedHead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walking, "tells_nothing", lambda _: True)
    monkeypatch.setattr(walking, "sentence_left", lambda _: AnyWords())
    found, missed = forge(kept, 28)
    assert found < 28
    assert all("take_out_falsely" in line for line in missed)


class AnyWords(str):
    """Equal to every sentence."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


def test_tail_that_was_cut_shows_by_the_heads_alone(kept: list[SignedHead]) -> None:
    with tampering():
        run_sql("DELETE FROM ledger_treehead")
        for position in range(Link.objects.count(), 5, -1):
            forging.take_out(position)
        assert verified_chain().broken is None
        broken = verified_chain(heads=kept).broken
    assert broken is not None
    assert broken.position == 6
    assert "which were signed on November 17, 2026, are gone" in broken.why


def test_chain_written_anew_shows_by_the_heads_alone(kept: list[SignedHead]) -> None:
    signed, end = kept[0].head.size, kept[1].head.size
    with tampering():
        run_sql("DELETE FROM ledger_treehead")
        forging.take_out(end + 1)
        line_of_the_head = forging.entry_at(signed + 1)
        run_sql("UPDATE ledger_entry SET kind = 'PebbleDropped' WHERE id = %s", [line_of_the_head])
        forging.write_anew(signed + 1, "Nothing happened.")
        assert verified_chain().broken is None
        broken = verified_chain(heads=kept).broken
    assert broken is not None
    assert broken.position == signed + 1
    assert broken.why == f"from here to line {end} it is not what was signed on November 17, 2026"


def test_forged_head_is_found(kept: list[SignedHead]) -> None:
    other = kept[1].note.replace("day 2026-11-17", "day 2026-11-18")
    for statement, values in (
        ("UPDATE ledger_treehead SET note = %s WHERE size = %s", [other, kept[1].head.size]),
        ("UPDATE ledger_treehead SET edge = %s WHERE size = %s", ["[]", kept[1].head.size]),
        ("UPDATE ledger_treehead SET root = %s WHERE size = %s", ["0" * 64, kept[1].head.size]),
        ("DELETE FROM ledger_treehead WHERE size = %s", [kept[0].head.size]),
    ):
        with tampering():
            run_sql(statement, values)
            assert verified_chain().broken is not None, statement
    assert verified_chain().broken is None


def test_key_of_somebody_else_is_told(kept: list[SignedHead], settings: LazySettings) -> None:
    assert (verified_chain(heads=kept).heads, verified_chain(heads=kept).strange) == (2, 0)
    settings.LEDGER_KEY = "ab" * 32
    assert verified_chain(heads=kept).strange == 2


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_treehead SET root = ''",
        "DELETE FROM ledger_treehead",
        "UPDATE ledger_entry SET sentence = ''",
        "DELETE FROM ledger_about",
        "DELETE FROM ledger_link",
    ],
)
def test_database_itself_refuses_to_change_what_is_kept(
    kept: list[SignedHead], statement: str
) -> None:
    with (
        guard_pass("a test that goes round the gate"),
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
    ):
        run_sql(statement)


def test_power_check_without_its_triggers_the_database_lets_it_pass(
    kept: list[SignedHead],
) -> None:
    with tampering():
        run_sql("DELETE FROM ledger_treehead")
        assert not TreeHead.objects.exists()


def test_ledger_is_signed_once_a_day(kept: list[SignedHead]) -> None:
    with pytest.raises(Refused, match="was signed for November 17, 2026 already"):
        sign_ledger(None, day=TUESDAY, stamp=HOUSE)
    assert [signed.head.day for signed in kept] == [MONDAY, TUESDAY]


def test_head_goes_into_a_file_and_by_mail_once(
    director: Cast, home: Path, settings: LazySettings
) -> None:
    settings.HEADS_ADDRESS = "auditor@city.example"
    assert (sign_daily(), sign_daily()) == (1, 0)
    register_reactions(FOLLOWS)
    for receipt in due_receipts(at=worker_stamp().at, most=100):
        assert deliver_receipt(receipt, stamp=worker_stamp())
    note = TreeHead.objects.get().note
    [path] = (home / "heads").iterdir()
    assert path.read_text() == note
    message = Message.objects.get(to_address="auditor@city.example")
    assert note in message.text
    (home / "mail.txt").write_text(f"> quoted\r\n\r\n{message.text}")
    assert main(["verify", "--heads", str(home / "mail.txt")]) == 0
    path.unlink()
    assert sign_daily() == 1


def test_key_is_made_once_and_is_for_the_office_alone(kept: list[SignedHead], home: Path) -> None:
    assert (home / "ledger-key").stat().st_mode & 0o777 == 0o600
    assert public_key_line() == public_key_line()
    assert main(["ledger", "key"]) == 0


def test_others_can_check_every_line_with_nothing_of_ours(
    kept: list[SignedHead], checker: ModuleType, home: Path
) -> None:
    key, out = public_key_line(), home / "proof.json"
    for position in range(1, kept[-1].head.size + 1):
        proof = json.loads(json.dumps(proof_of(position).to_plain()))
        said = checker.check(key, proof)
        entry = Link.objects.select_related("entry").get(position=position).entry
        assert said.endswith(f"stands: {entry.sentence}")
    assert main(["ledger", "prove", "3", "--out", str(out)]) == 0
    assert checker.check(key, json.loads(out.read_text())).startswith("Line 3 of")
    assert main(["ledger", "prove", "99999"]) == 1
    assert main(["ledger", "prove", str(kept[-1].head.size + 1)]) == 1


def test_proof_that_was_touched_proves_nothing(kept: list[SignedHead], checker: ModuleType) -> None:
    key = public_key_line()
    whole = json.dumps(proof_of(7).to_plain(), ensure_ascii=False)
    checker.check(key, json.loads(whole))
    chance, tried = random.Random(15), 0
    for _ in range(100):
        at = chance.randrange(len(whole))
        other = chance.choice("0123456789abcdef+/=\\n ")
        touched = whole[:at] + other + whole[at + 1 :]
        try:
            proof = json.loads(touched)
        except ValueError:
            continue
        if "earlier" in proof and meaning(proof) != meaning(json.loads(whole)):
            with pytest.raises((ValueError, LookupError)):
                checker.check(key, proof)
            tried += 1
    assert tried > 60
    strange = rules.key_line(key.split("+")[0], bytes.fromhex(OTHER_KEY))
    with pytest.raises(ValueError, match="did not sign"):
        checker.check(strange, json.loads(whole))


def meaning(proof: dict[str, Any]) -> Any:
    """A proof without what carries nothing: how hashes are written, and who is said to sign."""
    heads = []
    for note in (proof.get("head"), proof.get("earlier", {}).get("head")):
        words, _, mark = str(note).partition("\n\n")
        try:
            heads.append((words, base64.b64decode(mark.split()[2])[4:]))
        except (ValueError, LookupError):
            heads.append((words, mark.encode()))
    paths = [part.get("path") for part in (proof.get("line", {}), proof.get("earlier", {}))]
    line = proof.get("line", {})
    told = [line.get(name) for name in ("text", "position", "sentence")]
    salt = line.get("salt")
    return heads, paths, told, salt.lower() if isinstance(salt, str) else salt


def write_together(append: Append, writers: int, each: int) -> None:
    """So many threads that write at the same time, each so many lines."""
    errors: list[BaseException] = []

    def write(word: str) -> None:
        try:
            for n in range(each):
                append(f"{word} {n}", HOUSE)
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(str(n),)) for n in range(writers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_one_whole_chain(append: Append) -> None:
    write_together(append, WRITERS, APPENDS)
    found = verified_chain()
    assert (found.lines, found.broken) == (WRITERS * APPENDS, None)


@pytest.mark.django_db(transaction=True)
def test_power_check_writers_that_do_not_look_at_the_end_are_found(
    append: Append, monkeypatch: pytest.MonkeyPatch
) -> None:
    from wardroom.ledger.actions import writing

    known = rules.digest_after
    monkeypatch.setattr(writing, "digest_after", lambda _, line: known(rules.NO_LINE_YET, line))
    write_together(append, 2, 3)
    broken = verified_chain().broken
    assert broken is not None
    assert broken.position == 2
