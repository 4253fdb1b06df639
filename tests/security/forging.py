"""Eight ways to forge a ledger straight in its database, and what must be said of each."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from tests.ledger.tampering import run_sql
from wardroom.kernel.facts import Fact, Ref
from wardroom.ledger.actions.erasing import _rest
from wardroom.ledger.actions.writing import _chained, salts_for
from wardroom.ledger.facts import WordsTakenOut
from wardroom.ledger.models import About, Entry, Link, TakenOut
from wardroom.ledger.queries import covered_lines
from wardroom.ledger.rules import NO_LINE_YET, commitments_of, digest_after, digest_of_rest

FAR = 1_000_000
Forgery = Callable[[random.Random, int], set[int]]


def edit(chance: random.Random, lines: int) -> set[int]:
    """Other words in one line; gives the lines of which one must be named."""
    at = chance.randint(1, lines)
    column = chance.choice(["sentence", "actor_name", "kind", "ward_code", "matter_key", "body"])
    word = '{"x": 1}' if column == "body" else f"forged {chance.randrange(99)}"[:10]
    run_sql(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", [word, entry_at(at)])
    return {at}


def back_date(chance: random.Random, lines: int) -> set[int]:
    """One line at an earlier time."""
    at = chance.randint(1, lines)
    entry = Entry.objects.get(pk=entry_at(at))
    Entry.objects.filter(pk=entry.pk).update(at=entry.at - timedelta(seconds=chance.random() * 1e6))
    return {at}


def swap_actors(chance: random.Random, lines: int) -> set[int]:
    """Two people in each other's place."""
    links = list(Link.objects.select_related("entry").order_by("position"))
    first = chance.choice(links)
    second = chance.choice([x for x in links if x.entry.actor_name != first.entry.actor_name])
    for to, of in ((first, second), (second, first)):
        Entry.objects.filter(pk=to.entry_id).update(
            actor_id=of.entry.actor_id, actor_name=of.entry.actor_name
        )
    return {min(first.position, second.position)}


def delete(chance: random.Random, lines: int) -> set[int]:
    """One line gone, and perhaps the rest moved up."""
    at = chance.randint(1, lines - 1)
    take_out(at)
    if chance.random() < 0.5:
        shift(at + 1, -1)
    return {at}


def reorder(chance: random.Random, lines: int) -> set[int]:
    """Two lines in each other's place."""
    first, second = sorted(chance.sample(range(1, lines + 1), 2))
    for old, new in ((first, FAR), (second, first), (FAR, second)):
        run_sql("UPDATE ledger_link SET position = %s WHERE position = %s", [new, old])
    return {first}


def insert(chance: random.Random, lines: int) -> set[int]:
    """One line more, chained as the house would have: then the one after it is off."""
    at = chance.randint(1, lines)
    shift(at, 1)
    entry = Entry.objects.get(pk=entry_at(at + 1))
    entry.pk, entry.uid, entry.sentence = None, UUID(int=chance.getrandbits(128)), "Forged."
    entry.save(force_insert=True)
    Link.objects.create(position=at, entry=entry, digest=digest_of(at, entry))
    return {at, at + 1}


def cut_tail(chance: random.Random, lines: int) -> set[int]:
    """The last lines gone."""
    many = chance.randint(1, lines // 2)
    for at in range(lines - many + 1, lines + 1):
        take_out(at)
    return {lines - many + 1}


def take_out_falsely(chance: random.Random, lines: int) -> set[int]:
    """One line without its words, told of and chained as the house does, and other words there."""
    at = chance.randint(1, lines)
    number = entry_at(at)
    line = covered_lines([number])[number]
    left = _rest(line).now
    said, body = left.sentence, json.loads(left.body)
    lie = f"Pebble of Jane Roe {chance.randrange(99)}"
    if chance.random() < 0.5:
        said = lie
    else:
        body["word"] = chance.choice([lie, [lie], {lie: ""}, chance.randrange(10**9)])
    rest = replace(left, sentence=said, body=json.dumps(body))
    told = WordsTakenOut(
        lines=(number,), fields=("word",), digests=(digest_of_rest(rest),), reason="As it must"
    )
    by = append(told, chance, lines + 1)
    TakenOut.objects.create(
        entry_id=number, by=by, sentence=said, body=body, commitments=commitments_of(line)
    )
    Entry.objects.filter(pk=number).update(sentence=said, body=body, salts={})
    return {at}


FORGERIES: tuple[Forgery, ...] = (
    edit, delete, reorder, insert, cut_tail, back_date, swap_actors, take_out_falsely,
)  # fmt: skip


def append(fact: Fact, chance: random.Random, position: int) -> Entry:
    """A line at the end, with salts and its digest, as the house would write it."""
    entry = Entry.objects.get(pk=entry_at(position - 1))
    body = fact.to_plain()
    entry.pk, entry.uid, entry.kind = None, UUID(int=chance.getrandbits(128)), fact.kind
    entry.sentence, entry.body, entry.salts = fact.sentence(), body, salts_for(fact, body)
    entry.save(force_insert=True)
    Link.objects.create(position=position, entry=entry, digest=digest_of(position, entry))
    return entry


def entry_at(position: int) -> int:
    return Link.objects.values_list("entry_id", flat=True).get(position=position)


def digest_of(position: int, entry: Entry) -> str:
    """The digest of an entry at a place, as the house would reckon it."""
    before = Link.objects.filter(position=position - 1).values_list("digest", flat=True).first()
    about = About.objects.filter(entry=entry, added_by=None).values_list("noun", "key")
    return digest_after(before or NO_LINE_YET, _chained(entry, tuple(Ref(*row) for row in about)))


def take_out(position: int) -> None:
    entry = entry_at(position)
    for table, column in (("link", "entry_id"), ("about", "entry_id"), ("receipt", "entry_id")):
        run_sql(f"DELETE FROM ledger_{table} WHERE {column} = %s", [entry])
    run_sql("DELETE FROM ledger_entry WHERE id = %s", [entry])


def shift(first: int, by: int) -> None:
    """Move the links from this one on, past each other's numbers."""
    run_sql("UPDATE ledger_link SET position = position + %s WHERE position >= %s", [FAR, first])
    run_sql("UPDATE ledger_link SET position = position - %s WHERE position > %s", [FAR - by, FAR])


def write_anew(first: int, sentence: str) -> None:
    """Change a line and reckon all digests after it anew, as who knows the form can."""
    run_sql("UPDATE ledger_entry SET sentence = %s WHERE id = %s", [sentence, entry_at(first)])
    rest = Link.objects.filter(position__gte=first).order_by("position")
    for position in rest.values_list("position", flat=True):
        entry = Entry.objects.get(pk=entry_at(position))
        Link.objects.filter(position=position).update(digest=digest_of(position, entry))
