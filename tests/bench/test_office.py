"""The benchmark's office, written as rows, is the one that the actions would have made."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from bench.office.city import _grounds, cast_of, in_time
from bench.office.clerk import Cast as Looked
from bench.office.clerk import Clerk
from bench.office.ledger import Ledger, Who
from bench.office.lives import Places, Setting, lives
from bench.office.people import acknowledge
from bench.office.people import note_person as write_person
from bench.office.store import Store
from tests.bench.deeds import Office, liaison_stamp
from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.ground import Ground
from wardroom.access.gate import guard_pass
from wardroom.casework.actions import take_complaint
from wardroom.casework.facts import ComplaintTaken
from wardroom.city.actions import note_place
from wardroom.directory.actions import add_party, hold_seat, note_person
from wardroom.directory.models import Party
from wardroom.ledger.models import Entry, Receipt
from wardroom.ledger.queries import verified_chain
from wardroom.ledger.reactions import deliver_receipt
from wardroom.library.actions import load_reference_data
from wardroom.notices.actions import claim_message, note_sent
from wardroom.notices.models import Message

pytestmark = [pytest.mark.django_db]
Dump = dict[str, list[str]]
# Rows of the worklist and of the index are replaced as things change, so their numbers differ.
IGNORED = {
    "matters_waiting": {"id"},
    "search_doc": {"id", "text", "words"},
    "ledger_link": {"digest"},
}
LEFT_OUT = {"search_spelling"}
PEOPLE, DAYS = 12, 300


@pytest.fixture
def sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("rows are written to SQLite; PostgreSQL gets a copy of them")


@pytest.fixture
def house(
    sqlite: None, ground: Ground, director: Cast, liaison5: Cast, liaison7: Cast,
    partner_dpw: Cast, partner_ddot: Cast,
) -> Looked:  # fmt: skip
    """Two wards with six places each, their liaisons, two agencies and some people."""
    load_reference_data(None, stamp=HOUSE)
    office = add_party(None, kind="organisation", name="Office", stamp=HOUSE)
    for ward, who in (("5", liaison5), ("7", liaison7)):
        hold_seat(
            office, title="Ward liaison", holder=who.party, since_on=date(2026, 1, 1),
            ward_code=ward, stamp=HOUSE,
        )  # fmt: skip
    for n in range(10):
        east = -77.0 if n % 2 else -76.96
        note_place(
            None, key=2000 + n, label=f"{n} ALLEY STREET", latitude=38.91 + n / 1000,
            longitude=east, stamp=HOUSE,
        )  # fmt: skip
    people, written_to = {}, set()
    for n in range(PEOPLE):
        stamp = liaison5.stamp
        party = note_person(
            None, name=f"Neighbor {n}", phone="202-555-0147",
            email=f"neighbor{n}@example.org" if n % 3 else "", consent=n % 2 == 0, stamp=stamp,
        )  # fmt: skip
        people[party.pk] = Who(None, party.name, party.pk)
        if n % 3 and n % 2 == 0:
            written_to.add(party.pk)
    liaisons = {
        ward: Who(who.user.pk, who.user.name, who.party.pk)
        for ward, who in (("5", liaison5), ("7", liaison7))
    }
    return cast_of(_grounds(), liaisons, people, written_to, NOON.date())


def setting_of(house: Looked, matters: int) -> Setting:
    by_ward: dict[str, list[int]] = {}
    for place in house.grounds.values():
        by_ward.setdefault(place.ward_code, []).append(place.id)
    return Setting(
        matters=matters, end=NOON.date(), places=Places(by_ward), people=list(house.people),
        written_to=house.written_to, agencies=tuple(house.partners), days=DAYS, longest=30,
        voices=4, restricted=0.1,
    )  # fmt: skip


def rows() -> Dump:
    """Every row of every table, without what changes with the words of a line.

    What a line says of changed fields, and the words by which something is found, are no
    business of the benchmark; that its chain holds is proved by walking it.
    """
    found: Dump = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in LEFT_OUT:
            continue
        names = [f.attname for f in model._meta.concrete_fields]
        names = [name for name in names if name not in IGNORED.get(table, ())]
        kept = model._default_manager.values_list(*names)
        found[table] = sorted(str(tuple(map(_known, row))) for row in kept)
    return found


def _known(value: Any) -> Any:
    return {k: v for k, v in value.items() if k != "changes"} if isinstance(value, dict) else value


@contextmanager
def undone() -> Iterator[None]:
    """What is written in here is gone afterwards, its numbers too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def salts(monkeypatch: pytest.MonkeyPatch) -> None:
    """One salt for all, so that the same is written twice."""
    monkeypatch.setattr("wardroom.ledger.rules.secrets", SimpleNamespace(token_hex="5a".__mul__))


def counting() -> Callable[[], uuid.UUID]:
    numbers = itertools.count(1)
    return lambda: uuid.UUID(int=next(numbers))


def test_rows_are_those_of_the_actions(house: Looked, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = list(in_time(lives(setting_of(house, 90))))
    assert {"take", "voice", "ask", "agree", "decline", "move", "restrict", "close"} <= {
        step.verb for _, step in drawn
    }
    with undone():
        monkeypatch.setattr(
            "wardroom.ledger.actions.writing.uuid", SimpleNamespace(uuid4=counting())
        )
        Office().play(drawn)
        by_actions = rows()
    with undone(), guard_pass("rows of the benchmark"):
        store = Store(connection.connection)
        ledger = Ledger(store, delivered=False, new_uid=counting())
        clerk = Clerk(store, ledger, house)
        for life, step in drawn:
            clerk.take_step(life, step)
        clerk.finish()
        assert verified_chain().broken is None
        by_clerk = rows()
    assert by_clerk.keys() == by_actions.keys()
    assert len(by_actions["matters_matterlink"]) > 0
    by_clerk["search_doc"] = only_found(by_clerk, by_actions)
    for table, kept in by_actions.items():
        different = [
            pair for pair in zip(by_clerk[table], kept, strict=False) if len(set(pair)) > 1
        ]
        assert not different, (table, different[0])
        assert len(by_clerk[table]) == len(kept), table


def test_people_are_those_of_the_action(
    house: Looked, liaison5: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    with undone():
        monkeypatch.setattr(
            "wardroom.ledger.actions.writing.uuid", SimpleNamespace(uuid4=counting())
        )
        note_person(
            None, name="Maple Finch", phone="202-555-0001", email="neighbor1@wardroom.example",
            consent=True, consent_how="said so (Phone)", stamp=liaison5.stamp,
        )  # fmt: skip
        by_action = rows()
    with undone(), guard_pass("rows of the benchmark"):
        store = Store(connection.connection)
        ledger = Ledger(store, delivered=False, new_uid=counting())
        who = Who(liaison5.user.pk, liaison5.user.name, liaison5.party.pk)
        write_person(store, ledger, 1, "Maple Finch", NOON, who)
        store.flush()
        by_clerk = rows()
    assert by_clerk == by_action


def only_found(by_clerk: Dump, by_actions: Dump) -> list[str]:
    """What the actions let be found; the clerk may let lines and asks be found as well."""
    nouns = {row.split(",")[0] for row in by_actions["search_doc"]}
    return [row for row in by_clerk["search_doc"] if row.split(",")[0] in nouns]


def test_mail_has_the_shape_of_what_the_house_sends(house: Looked, ground: Ground) -> None:
    reporter = Party.objects.get(pk=min(house.written_to))
    take_complaint(
        ground.places["5"], said="Rats", channel="phone", reporter=reporter,
        stamp=liaison_stamp("5", NOON),
    )  # fmt: skip
    entry = Entry.objects.get(kind="ComplaintTaken")
    with undone():
        assert deliver_receipt(Receipt.objects.get(entry=entry).pk, stamp=HOUSE)
        message = Message.objects.get()
        assert claim_message(message.pk, stamp=LATER) is not None
        note_sent(message.pk, stamp=LATER)
        sent, lines = filled(Message), filled(Entry)
    with undone(), guard_pass("rows of the benchmark"):
        store = Store(connection.connection)
        ledger = Ledger(store, delivered=True)
        fact = ComplaintTaken.from_plain(entry.body)
        by, to = Who(entry.actor_id, entry.actor_name, 0), house.people[reporter.pk]
        acknowledge(store, ledger, entry.pk, fact, by=by, to=to, at=NOON)
        store.flush()
        assert filled(Message) == sent
        assert filled(Entry) == lines


def filled(model: type[Any]) -> list[Mapping[str, bool]]:
    """Which columns of each row hold something."""
    return [
        {name: value not in ("", None) for name, value in row.items()}
        for row in model._default_manager.order_by("pk").values()
    ]


LATER = type(HOUSE)(actor=HOUSE.actor, at=NOON + timedelta(minutes=5), window=HOUSE.window)
