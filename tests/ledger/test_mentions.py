"""What was typed stays as typed; whom it meant is said later, in a line of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.cast import Cast
from tests.ledger.tampering import run_sql, tampering
from wardroom.access.actor import Actor
from wardroom.access.gate import action, guard_pass
from wardroom.kernel import facts
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger.actions import record, resolve_mention, writing
from wardroom.ledger.models import About, Entry, Mention
from wardroom.ledger.queries import (
    get_mention,
    mentions_of,
    timeline,
    unresolved_mentions,
    verified_chain,
)
from wardroom.ledger.rules import Typed

pytestmark = pytest.mark.django_db
KIM = Typed(sign="@", text="kim", noun="party")
RATS = Typed(sign="#", text="rats", noun="topic", key="rodents")
PARTY = Ref("party", "12")


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch, liaison5: Cast) -> Entry:
    """A line of Ward 5 about matter 31, in which @kim and #rats are named."""
    monkeypatch.setattr(facts, "_KINDS", dict(facts._KINDS))

    @dataclass(frozen=True, kw_only=True)
    class SketchMade(Fact):
        text: str

        def sentence(self) -> str:
            return self.text

        def words(self) -> str:
            return self.text

        def about(self) -> tuple[Ref, ...]:
            return (Ref("matter", "31"), Ref("ward", "5"))

    @action(lambda actor, _: True)
    def write_note(subject: None, *, text: str, stamp: Any) -> Entry:
        return record(SketchMade(text=text), mentions=[KIM, RATS], stamp=stamp)

    return write_note(None, text="Met @kim about #rats", stamp=liaison5.stamp)


@pytest.fixture
def kim(noted: Entry) -> Mention:
    return Mention.objects.get(entry=noted, text="kim")


def sealed(cast: Cast) -> Actor:
    """The same person, to whom matter 31 is closed."""
    reach = replace(cast.actor.reach, sealed=frozenset({"matter:31"}))
    return replace(cast.actor, reach=reach)


def test_names_are_kept_as_typed_and_wait_for_a_person(noted: Entry, liaison5: Cast) -> None:
    rows = mentions_of(liaison5.actor, entry_ids=[noted.pk])[noted.pk]
    assert [(r.sign, r.text, r.noun, r.key) for r in rows] == [
        ("@", "kim", "party", ""),
        ("#", "rats", "topic", "rodents"),
    ]
    assert [r.text for r in unresolved_mentions(liaison5.actor).rows] == ["kim"]


def test_resolving_rewrites_nothing(noted: Entry, kim: Mention, liaison5: Cast) -> None:
    before = Entry.objects.filter(pk=noted.pk).values().get()
    done = resolve_mention(kim, ref=PARTY, name="Kim of the market", stamp=liaison5.stamp)
    assert (done.key, done.text) == ("12", "kim")
    assert Entry.objects.filter(pk=noted.pk).values().get() == before
    kinds = [line.kind for line in timeline(liaison5.actor, refs=[PARTY]).lines]
    assert kinds == ["MentionResolved", "SketchMade"]
    assert not unresolved_mentions(liaison5.actor).rows
    assert verified_chain().broken is None


def test_resolving_twice_is_refused(kim: Mention, liaison5: Cast) -> None:
    resolve_mention(kim, ref=PARTY, stamp=liaison5.stamp)
    with pytest.raises(Refused) as no:
        resolve_mention(kim, ref=PARTY, stamp=liaison5.stamp)
    assert no.value.code == "already_resolved"


def test_person_is_no_place(kim: Mention, liaison5: Cast) -> None:
    for ref in (Ref("place", "12"), Ref("party", "")):
        with pytest.raises(Refused) as no:
            resolve_mention(kim, ref=ref, stamp=liaison5.stamp)
        assert (no.value.code, no.value.field) == ("other_noun", "ref")


def test_only_who_reads_the_line_and_works_resolves(
    kim: Mention, liaison5: Cast, liaison7: Cast, partner_dpw: Cast, records_officer: Cast
) -> None:
    closed = replace(liaison5.stamp, actor=sealed(liaison5))
    for stamp in (liaison7.stamp, partner_dpw.stamp, records_officer.stamp, closed):
        with pytest.raises(NotAllowed):
            resolve_mention(kim, ref=PARTY, stamp=stamp)


def test_who_may_not_read_the_line_sees_no_mention(
    noted: Entry, kim: Mention, liaison5: Cast, liaison7: Cast, partner_dpw: Cast
) -> None:
    for actor in (liaison7.actor, partner_dpw.actor, sealed(liaison5)):
        assert not unresolved_mentions(actor).rows
        assert not mentions_of(actor, entry_ids=[noted.pk])
        with pytest.raises(NotFound):
            get_mention(actor, kim.pk)
    assert get_mention(liaison5.actor, kim.pk) == kim


def test_sealed_matter_hides_what_was_said_later_too(kim: Mention, director: Cast) -> None:
    resolve_mention(kim, ref=PARTY, stamp=director.stamp)
    assert timeline(director.actor, refs=[PARTY]).total == 2
    assert timeline(sealed(director), refs=[PARTY]).total == 0


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE ledger_about SET key = '13' WHERE id = %s", "no mention explains"),
        ("DELETE FROM ledger_about WHERE id = %s", "where it was put"),
        ("UPDATE ledger_about SET added_by_id = entry_id WHERE id = %s", "no mention explains"),
        ("UPDATE ledger_about SET added_by_id = NULL WHERE id = %s", "nothing says that it"),
    ],
)
def test_later_row_that_no_mention_explains_is_noticed(
    kim: Mention, liaison5: Cast, statement: str, why: str
) -> None:
    resolve_mention(kim, ref=PARTY, stamp=liaison5.stamp)
    row = About.objects.exclude(added_by=None).get()
    with tampering():
        run_sql(statement, [row.pk])
        broken = verified_chain().broken
    assert broken is not None
    assert why in broken.why


def test_listeners_hear_of_each_line_in_its_commit(
    monkeypatch: pytest.MonkeyPatch, kim: Mention, liaison5: Cast
) -> None:
    heard: list[tuple[str, str]] = []
    monkeypatch.setattr(writing, "_LISTENERS", [])

    def listen(entry: Entry, fact: Fact) -> None:
        assert Entry.objects.filter(pk=entry.pk).exists()
        heard.append((fact.kind, fact.words()))

    writing.on_recorded(listen)
    writing.on_recorded(listen)
    resolve_mention(kim, ref=PARTY, stamp=liaison5.stamp)
    assert heard == [("MentionResolved", "")]


def test_refused_listener_undoes_the_line(
    monkeypatch: pytest.MonkeyPatch, kim: Mention, liaison5: Cast
) -> None:
    def refuse(entry: Entry, fact: Fact) -> None:
        raise Refused("no_index", "No.")

    monkeypatch.setattr(writing, "_LISTENERS", [refuse])
    lines = Entry.objects.count()
    with pytest.raises(Refused):
        resolve_mention(kim, ref=PARTY, stamp=liaison5.stamp)
    assert Entry.objects.count() == lines


def test_pages_of_names_go_on(noted: Entry, liaison5: Cast) -> None:
    with guard_pass("many names at once"):
        Mention.objects.bulk_create(
            Mention(entry=noted, sign="@", text=f"p{n}", noun="party") for n in range(60)
        )
    first = unresolved_mentions(liaison5.actor)
    assert (len(first.rows), bool(first.older)) == (50, True)
    rest = unresolved_mentions(liaison5.actor, before=first.older)
    assert (len(rest.rows), rest.older) == (11, None)
