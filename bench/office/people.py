"""The people who call, and the mail that they got: rows as the house's actions leave them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from bench.office.ledger import HOUSE, Ledger, Who, find
from bench.office.store import Store, plain
from wardroom.casework.facts import ComplaintTaken
from wardroom.directory import facts
from wardroom.directory.models import Consent, ContactPoint, Party
from wardroom.directory.rules import ANSWERS, match_key
from wardroom.kernel.facts import Ref
from wardroom.notices import facts as notices
from wardroom.notices.gateways import reply_digest
from wardroom.notices.models import Message
from wardroom.notices.rules import subject_line
from wardroom.search.rules import Thing

TREES = "Alder Beech Cedar Dogwood Elder Fern Ginkgo Hazel Iris Linden Maple Oak Poplar"
BIRDS = "Avocet Curlew Dunlin Egret Finch Heron Ibis Kestrel Martin Osprey Plover Raven"


def names(count: int) -> Iterator[str]:
    """So many invented names; the same ones come back with a number."""
    pairs = list(product(TREES.split(), BIRDS.split()))
    for n in range(count):
        tree, bird = pairs[n * 37 % len(pairs)]
        yield f"{tree} {bird} the {n // len(pairs) + 1}."


def note_person(
    store: Store, ledger: Ledger, number: int, name: str, at: datetime, who: Who
) -> tuple[Who, bool]:
    """Somebody with a telephone, and mostly an address that may be written to."""
    party = store.table(Party).row(kind="person", name=name, language="en")
    store.table(Party).put(party)
    pk = int(party["id"])
    words: dict[str, Any] = {"party_id": pk, "party_name": name}
    ledger.record(facts.PersonNoted(**words, language="en", interpreter=False), at, who)
    consent = number % 5 < 3
    points = [("phone", f"202-555-{number % 10000:04d}")]
    if number % 5 < 4:
        points.append(("email", f"neighbor{number}@wardroom.example"))
    found = []
    for channel, value in points:
        match = match_key(channel, value)
        found += [value] if value == match else [value, match]
        table = store.table(ContactPoint)
        how = "said so (Phone)" if consent else ""
        point = table.row(
            party_id=pk,
            channel=channel,
            value=value,
            match=match,
            consent=int(consent),
            consent_at=plain(at),
            consent_by=who.name,
            consent_how=how,
        )
        table.put(point)
        if consent:
            said = store.table(Consent)
            said.put(
                said.row(
                    point_id=point["id"],
                    purpose=ANSWERS,
                    given=1,
                    at=plain(at),
                    how=how,
                    by=who.name,
                )
            )
        ledger.record(facts.ContactPointAdded(**words, channel=channel), at, who)
    find(store, Thing(Ref("party", str(pk)), name, at, text=" ".join(found)))
    return Who(None, name, pk), consent and len(points) > 1


def acknowledge(
    store: Store,
    ledger: Ledger,
    entry: int,
    fact: ComplaintTaken,
    *,
    by: Who,
    to: Who,
    at: datetime,
) -> None:
    """The message that says: we have your report; it went out."""
    matter, title = fact.matter_id, fact.title
    thread, address = f"matter:{matter}", f"neighbor.{to.party_id}@wardroom.example"
    subject = subject_line(f"We have your report: {title}", thread)
    later = at + timedelta(seconds=40)
    row = store.table(Message).row(
        entry_id=entry,
        by_id=by.user_id,
        key=f"{entry}:{uuid.uuid4().hex}",
        thread=thread,
        to_name=to.name,
        to_address=address,
        subject=subject,
        text="Thank you for telling us. We wrote it down and look after it.\n",
        message_id=f"<{uuid.uuid4().hex}@wardroom.example>",
        reply_digest=reply_digest(thread, address),
        state="sent",
        attempts=1,
        queued_at=plain(at),
        due_at=plain(later),
        next_try_at=plain(later + timedelta(minutes=5)),
        sent_at=plain(later),
    )
    store.table(Message).put(row)
    words: dict[str, Any] = {
        "message": row["id"],
        "to_name": to.name,
        "to_address": address,
        "subject": subject,
    }
    concerns = tuple(str(ref) for ref in fact.about())
    for kind, when in ((notices.MessageQueued, at), (notices.MessageSent, later)):
        ledger.record(kind(**words, concerns=concerns), when, HOUSE, window="worker")
