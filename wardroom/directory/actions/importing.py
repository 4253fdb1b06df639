"""Contacts that are read in from a file, exactly as they were shown before, and taken back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.consents import keep_consent
from wardroom.directory.models import ContactImport, ContactPoint, Party
from wardroom.directory.queries.drafts import ImportLine, changes_of
from wardroom.directory.queries.findable import party_things
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Change, Ref
from wardroom.ledger.actions import record, record_together
from wardroom.ledger.models import About
from wardroom.search.actions import index_things, unindex_thing

FIELDS = ("language", "interpreter", "access_needs")


@action(policy.may_import_contacts)
def import_contacts(
    _: None, *, source: str, lines: Sequence[ImportLine], stamp: Stamp
) -> ContactImport:
    """Read contacts in as the preview showed them: new ones, and fields of known ones.

    Every number and address comes without consent; a file may only bring a refusal. Refuses:
    nothing to import; a contact that changed since the preview. Records: `ContactsImported`,
    and `PartyImported` for each.
    """
    if not lines:
        raise Refused("nothing_to_import", "There is nothing new in this file.")
    source = " ".join(source.split())[:120] or "A pasted list"
    made: ContactImport = ContactImport.objects.create(
        source=source,
        changes=[],
        added=0,
        changed=0,
        made_at=stamp.at,
        made_by=stamp.actor.name[:120],
        maker_id=stamp.actor.user_id,
    )
    known = Party.objects.in_bulk([line.party_id for line in lines if line.party_id])
    parties = _added([line for line in lines if not line.party_id])
    kept, told = [], []
    for line in lines:
        party = known[line.party_id] if line.party_id else parties[line.draft.line]
        kept.append(_applied(line, party, source, stamp))
        told.append(_told(line, party, made.pk))
    written = record_together(told, stamp=stamp)
    made.changes, made.added = kept, len(parties)
    made.changed, made.last_entry = len(lines) - len(parties), max(e.pk for e in written)
    made.save(update_fields=["changes", "added", "changed", "last_entry"])
    fact = facts.ContactsImported(
        import_id=made.pk, source=source, added=made.added, changed=made.changed
    )
    record(fact, stamp=stamp)
    everybody = [*known, *(party.pk for party in parties.values())]
    index_things(party_things(dict.fromkeys(everybody, stamp.at)))
    return made


@action(policy.may_undo_contact_import)
def undo_contact_import(made: ContactImport, *, stamp: Stamp) -> ContactImport:
    """Take a whole import back: who came with it goes, and what it changed is as before.

    A contact to whom something else happened since stays, and is named; so does a refusal
    that the file brought. Refuses: an import that was taken back. Records:
    `ContactsTakenBack`, and `PartyImportUndone` for each.
    """
    if made.undone_at is not None:
        raise Refused("already_undone", "This import was taken back already.")
    ids = [row["party"] for row in made.changes]
    parties = Party.objects.in_bulk(ids)
    busy = _touched_since(ids, made.last_entry)
    told, kept, again = [], [], []
    for row in made.changes:
        party = parties[row["party"]]
        if party.pk in busy:
            kept.append({"party": party.pk, "name": party.name})
            continue
        _take_back(row, party, stamp)
        told.append(
            facts.PartyImportUndone(
                party_id=party.pk,
                party_name=party.name,
                import_id=made.pk,
                withdrawn=row["added"],
            )
        )
        if row["added"]:
            unindex_thing(Ref("party", str(party.pk)))
        else:
            again.append(party.pk)
    record_together(told, stamp=stamp)
    index_things(party_things(dict.fromkeys(again, stamp.at)))
    made.undone_at, made.undone_by, made.kept = stamp.at, stamp.actor.name[:120], kept
    made.save(update_fields=["undone_at", "undone_by", "kept"])
    fact = facts.ContactsTakenBack(
        import_id=made.pk, source=made.source, taken_back=len(told), kept=len(kept)
    )
    record(fact, stamp=stamp)
    return made


def _added(lines: Sequence[ImportLine]) -> dict[int, Party]:
    made = Party.objects.bulk_create(
        Party(
            kind=line.draft.kind,
            name=line.draft.name,
            organisation_kind="other" if line.draft.kind == Party.Kind.ORGANISATION else "",
        )
        for line in lines
    )
    return {line.draft.line: party for line, party in zip(lines, made, strict=True)}


def _applied(line: ImportLine, party: Party, source: str, stamp: Stamp) -> dict[str, Any]:
    """Apply one line; returns what is needed to take it back."""
    if line.party_id and changes_of(line.draft, party) != line.changes:
        raise Refused("stale", f"{party.name} was changed since the preview. Look at it again.")
    fields = {}
    for name in FIELDS:
        value = getattr(line.draft, name)
        if value not in (None, "") and value != getattr(party, name):
            fields[name] = [getattr(party, name), value]
            setattr(party, name, value)
    if fields:
        party.save(update_fields=list(fields))
    there = {
        (p.channel, p.match): p for p in ContactPoint.objects.filter(party=party, ended_at=None)
    }
    points = []
    for channel, value in line.draft.points:
        key = rules.match_key(channel, value)
        if (channel, key) not in there:
            point = ContactPoint.objects.create(
                party=party, channel=channel, value=value, match=key
            )
            there[channel, key] = point
            points.append(point.pk)
    if line.draft.refuses:
        for point in there.values():
            for purpose in rules.PURPOSES:
                keep_consent(point, purpose=purpose, given=False, how=f"in {source}", stamp=stamp)
    return {"party": party.pk, "added": not line.party_id, "fields": fields, "points": points}


def _told(line: ImportLine, party: Party, import_id: int) -> facts.PartyImported:
    return facts.PartyImported(
        party_id=party.pk,
        party_name=party.name,
        import_id=import_id,
        added=not line.party_id,
        changes=tuple(Change(c.field, c.label, c.before, c.after) for c in line.changes),
    )


def _touched_since(ids: list[int], entry_id: int) -> set[int]:
    """To whom something happened after the import; the import's own lines are older."""
    rows = About.objects.filter(noun="party", entry_id__gt=entry_id)
    keys = rows.filter(key__among=[str(pk) for pk in ids]).values_list("key", flat=True)
    return {int(key) for key in keys.distinct()}


def _take_back(row: dict[str, Any], party: Party, stamp: Stamp) -> None:
    ContactPoint.objects.filter(pk__in=row["points"]).update(ended_at=stamp.at)
    if row["added"]:
        party.withdrawn_at = stamp.at
        party.save(update_fields=["withdrawn_at"])
        return
    for name, (before, after) in row["fields"].items():
        if getattr(party, name) == after:
            setattr(party, name, before)
    party.save(update_fields=list(FIELDS))
