"""Writing a line. Called inside an action's body, in the same commit as the change."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Subquery, Value
from django.db.models.functions import Coalesce

from wardroom.access.actor import Stamp
from wardroom.access.gate import Unit, before_commit, note_fact, note_in_unit
from wardroom.kernel.facts import Fact, Ref, audience_of
from wardroom.kernel.personal import personal_fields
from wardroom.ledger.models import About, Entry, Link, Mention
from wardroom.ledger.reactions import open_receipts
from wardroom.ledger.rules import (
    NO_LINE_YET,
    SENTENCE,
    Chained,
    Typed,
    digest_after,
    new_salts,
)

UNLINKED = "lines not yet in the chain"
CHAIN_LOCK = 5_072_918_310_447_221
Listener = Callable[[Entry, Fact], object]
_LISTENERS: list[Listener] = []


def on_recorded(listener: Listener) -> None:
    """Call this with each line and its fact, in the same commit."""
    if listener not in _LISTENERS:
        _LISTENERS.append(listener)


def record(fact: Fact, *, mentions: Iterable[Typed] = (), stamp: Stamp) -> Entry:
    """Write a fact into the ledger, on the timeline of everything it is about.

    ``mentions`` are the names that a person typed in it, known or not; they are kept as
    typed. Records: the fact itself. Refuses nothing, but must be called inside an action.
    """
    [entry] = record_together([fact], stamp=stamp)
    named = [
        Mention(entry=entry, sign=m.sign, text=m.text[:120], noun=m.noun, key=m.key)
        for m in mentions
    ]
    if named:
        Mention.objects.bulk_create(named)
    return entry


def record_together(told: Sequence[Fact], *, stamp: Stamp) -> list[Entry]:
    """Write the facts of one change into the ledger at once, in their order.

    Records: the facts themselves. Refuses nothing, but must be called inside an action.
    """
    abouts = [tuple(dict.fromkeys(fact.about())) for fact in told]
    for fact in told:
        note_fact(fact, stamp)
    entries = Entry.objects.bulk_create(
        _entry(fact, about, stamp) for fact, about in zip(told, abouts, strict=True)
    )
    About.objects.bulk_create(
        About(entry=entry, noun=ref.noun, key=ref.key)
        for entry, about in zip(entries, abouts, strict=True)
        for ref in about
    )
    for entry, about in zip(entries, abouts, strict=True):
        note_in_unit(UNLINKED, (entry, about))
    open_receipts(entries)
    for entry, fact in zip(entries, told, strict=True):
        for listener in _LISTENERS:
            listener(entry, fact)
    return entries


def _entry(fact: Fact, about: tuple[Ref, ...], stamp: Stamp) -> Entry:
    keys = {ref.noun: ref.key for ref in reversed(about)}
    audience, body = audience_of(fact), fact.to_plain()
    return Entry(
        uid=uuid.uuid4(),
        at=stamp.at,
        actor_id=stamp.actor.user_id,
        actor_name=stamp.actor.name,
        window=stamp.window.value,
        kind=fact.kind,
        audience=audience,
        ward_code=keys.get("ward", ""),
        agency_code=keys.get("agency", "") if audience == "partner" else "",
        matter_key=keys.get("matter", ""),
        sentence=fact.sentence(),
        body=body,
        salts=salts_for(fact, body),
    )


def salts_for(fact: Fact, body: Mapping[str, Any]) -> dict[str, str]:
    """A salt for each value of a fact that may have to be taken out, and for its sentence."""
    names = [name for name in personal_fields(type(fact)) if body[name]]
    return new_salts([*names, SENTENCE] if names else ())


def _link_lines(unit: Unit) -> None:
    """Chain the unit's lines, in the order of writing, to the newest line of the ledger.

    The end of the chain is locked last of all and until the commit: SQLite has one writer
    anyway, PostgreSQL holds an advisory lock. What a rolled-back part wrote is not there.
    """
    noted = unit.notes.get(UNLINKED)
    if not noted:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    head = Link.objects.order_by("-position")
    written = Entry.objects.filter(uid__in=[entry.uid for entry, _ in noted]).order_by()
    rows = written.annotate(
        end=Coalesce(Subquery(head.values("position")[:1]), 0),
        end_digest=Coalesce(Subquery(head.values("digest")[:1]), Value(NO_LINE_YET)),
    ).values_list("uid", "end", "end_digest")
    ends = {uid: (position, digest) for uid, position, digest in rows}
    position, digest = next(iter(ends.values()), (0, NO_LINE_YET))
    links = []
    for entry, about in noted:
        if entry.uid in ends:
            position += 1
            digest = digest_after(digest, _chained(entry, about))
            links.append(Link(position=position, entry=entry, digest=digest))
    Link.objects.bulk_create(links, batch_size=500)


def _chained(entry: Entry, about: tuple[Ref, ...]) -> Chained:
    return Chained(
        uid=entry.uid,
        at=entry.at,
        actor_id=entry.actor_id,
        actor_name=entry.actor_name,
        window=entry.window,
        kind=entry.kind,
        audience=entry.audience,
        ward_code=entry.ward_code,
        agency_code=entry.agency_code,
        matter_key=entry.matter_key,
        sentence=entry.sentence,
        body=json.dumps(entry.body),
        about=tuple((ref.noun, ref.key) for ref in about),
        salts=entry.salts,
    )


before_commit(_link_lines, last=True)
