"""What a file of contacts would do, row by row, before anything of it is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.db.models.functions import Lower

from wardroom.access.actor import Actor
from wardroom.access.models import holds_any
from wardroom.casework.queries.people import seen_parties
from wardroom.directory import policy, rules
from wardroom.directory.models import ContactImport, ContactPoint, Party
from wardroom.directory.queries.drafts import ContactDraft, ImportLine, changes_of, drafted
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Change
from wardroom.kernel.paging import page_at

NEW, CHANGED, SAME, DOUBTFUL, REJECTED = "new", "changed", "same", "doubtful", "rejected"
STATES: Mapping[str, str] = {
    NEW: "New",
    CHANGED: "Changed",
    SAME: "The same",
    DOUBTFUL: "Doubtful",
    REJECTED: "Rejected",
}
LEFT_OUT, AS_NEW = "", "new"
PAGE_ROWS = 25


@dataclass(frozen=True)
class Likely:
    """Somebody in the directory whom a row may mean."""

    party_id: int
    name: str
    why: str


@dataclass(frozen=True)
class PreviewRow:
    """One row of a file: what would become of it, and why."""

    draft: ContactDraft
    state: str
    why: str = ""
    party_id: int | None = None
    party_name: str = ""
    changes: tuple[Change, ...] = ()
    likely: tuple[Likely, ...] = ()
    chosen: str = LEFT_OUT

    @property
    def line(self) -> ImportLine | None:
        """What would be written; nothing for a row that is left out."""
        if self.state == NEW or (self.state == DOUBTFUL and self.chosen == AS_NEW):
            return ImportLine(self.draft)
        if self.state in {CHANGED, DOUBTFUL} and self.party_id and self.changes:
            return ImportLine(self.draft, self.party_id, self.changes)
        return None


@dataclass(frozen=True)
class ImportPreview:
    """A file as it would be read in; ``digest`` stands for exactly this."""

    rows: tuple[PreviewRow, ...]
    unread: tuple[str, ...]

    @property
    def lines(self) -> tuple[ImportLine, ...]:
        """All that would be written."""
        return tuple(line for row in self.rows if (line := row.line) is not None)

    @property
    def digest(self) -> str:
        """The fingerprint of what would be written."""
        return hashlib.sha256(repr(self.lines).encode()).hexdigest()[:32]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are in each state."""
        return {code: sum(1 for r in self.rows if r.state == code) for code in STATES}


def import_preview(
    text: str, actor: Actor, *, chosen: Mapping[int, str] | None = None
) -> ImportPreview:
    """What reading this text in would do; ``chosen`` says of doubtful rows whom they mean.

    Whoever is out of reach is as if they were not there. Refuses: what is neither a table
    with headings nor cards.
    """
    if not policy.may_import_contacts(actor, None):
        raise NotAllowed
    is_cards = text.lstrip("\ufeff \r\n\t")[:11].upper() == "BEGIN:VCARD"
    read = list(rules.cards_in(text) if is_cards else rules.contact_rows(text))
    drafts = [drafted(row) for row in read]
    known = _Known.of(drafts, actor)
    seen: dict[object, int] = {}
    rows = []
    for draft in drafts:
        row = _row(draft, known, seen)
        rows.append(_decided(row, known, (chosen or {}).get(draft.line, LEFT_OUT)))
    return ImportPreview(tuple(rows), read[0].unread if read else ())


@dataclass(frozen=True)
class _Known:
    """Whoever is in the directory already, by number, by name, and by how they are reached."""

    parties: Mapping[int, Party]
    by_point: Mapping[tuple[str, str], frozenset[int]]
    by_name: Mapping[str, frozenset[int]]
    points: Mapping[int, list[ContactPoint]]

    @classmethod
    def of(cls, drafts: Iterable[ContactDraft], actor: Actor) -> _Known:
        drafts = [draft for draft in drafts if not draft.wrong]
        keys = {rules.match_key(c, v) for d in drafts for c, v in d.points} - {""}
        names = {rules.same_name(d.name) for d in drafts}
        numbers = {int(d.number) for d in drafts if _is_number(d.number)}
        held = ContactPoint.objects.filter(holds_any("match", keys), ended_at=None)
        wanted = Q(pk__in=held.values("party")) | holds_any("pk", numbers)
        rows = seen_parties(actor).annotate(lower=Lower("name"))
        rows = rows.filter(wanted | holds_any("lower", names), withdrawn_at=None)
        rows = rows.select_related("merged_into").order_by("pk")
        parties: dict[int, Party] = {}
        by_name: dict[str, set[int]] = {}
        home: dict[int, int] = {}
        for row in rows:
            party = row.merged_into or row
            home[row.pk] = party.pk
            parties[party.pk] = party
            by_name.setdefault(rules.same_name(row.name), set()).add(party.pk)
        points: dict[int, list[ContactPoint]] = {}
        by_point: dict[tuple[str, str], set[int]] = {}
        there = ContactPoint.objects.filter(holds_any("party", home), ended_at=None)
        for point in there.order_by("pk"):
            pk = home[point.party_id]
            points.setdefault(pk, []).append(point)
            by_point.setdefault((point.channel, point.match), set()).add(pk)
        return cls(
            parties=parties,
            by_point={key: frozenset(some) for key, some in by_point.items()},
            by_name={key: frozenset(some) for key, some in by_name.items()},
            points=points,
        )


def _row(draft: ContactDraft, known: _Known, seen: dict[object, int]) -> PreviewRow:
    if draft.wrong:
        return PreviewRow(draft, REJECTED, draft.wrong)
    key = (rules.same_name(draft.name), draft.kind, frozenset(draft.points))
    if key in seen:
        return PreviewRow(draft, REJECTED, f"The same contact stands in line {seen[key]}.")
    seen[key] = draft.line
    if draft.number:
        party = known.parties.get(int(draft.number)) if _is_number(draft.number) else None
        if party is None:
            return PreviewRow(draft, REJECTED, f"Nobody here has the number {draft.number[:20]}.")
        return _meant(draft, party, known)
    by_point: set[int] = set()
    for channel, value in draft.points:
        by_point |= known.by_point.get((channel, rules.match_key(channel, value)), frozenset())
    by_name = known.by_name.get(rules.same_name(draft.name), frozenset())
    sure = [pk for pk in by_point & by_name if known.parties[pk].kind == draft.kind]
    if len(sure) == 1:
        return _meant(draft, known.parties[sure[0]], known)
    likely = [
        Likely(pk, known.parties[pk].name, _why(pk in by_point, pk in by_name))
        for pk in sorted(by_point | by_name)
    ]
    if likely:
        words = "; ".join(f"{one.name} has {one.why}" for one in likely[:3])
        return PreviewRow(draft, DOUBTFUL, f"{words}.", likely=tuple(likely[:5]))
    return PreviewRow(draft, NEW)


def _why(point: bool, name: bool) -> str:
    if point and name:
        return "the same number or address, and the same name"
    return "the same number or address" if point else "the same name"


def _meant(draft: ContactDraft, party: Party, known: _Known) -> PreviewRow:
    changes = changes_of(draft, party, known.points.get(party.pk, ()))
    state = CHANGED if changes else SAME
    return PreviewRow(draft, state, party_id=party.pk, party_name=party.name, changes=changes)


def _decided(row: PreviewRow, known: _Known, chosen: str) -> PreviewRow:
    """A doubtful row with what a person chose for it."""
    if row.state != DOUBTFUL or chosen == LEFT_OUT:
        return row
    if chosen == AS_NEW:
        return PreviewRow(row.draft, DOUBTFUL, row.why, likely=row.likely, chosen=AS_NEW)
    one = next((each for each in row.likely if str(each.party_id) == chosen), None)
    if one is None:
        return row
    meant = _meant(row.draft, known.parties[one.party_id], known)
    return PreviewRow(
        row.draft,
        DOUBTFUL,
        row.why,
        party_id=one.party_id,
        party_name=one.name,
        changes=meant.changes,
        likely=row.likely,
        chosen=chosen,
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


@dataclass(frozen=True)
class ImportRow:
    """One import as the list and its page show it."""

    import_id: int
    source: str
    added: int
    changed: int
    made_at: datetime
    made_by: str
    undone_at: datetime | None
    undone_by: str


@dataclass(frozen=True)
class ImportedParty:
    """A contact that an import added or changed, as far as the asker may see it."""

    party_id: int
    name: str
    added: bool
    gone: bool
    kept: bool


@dataclass(frozen=True)
class ImportFile:
    """One import with whom it touched, a page at a time, and whether it can be taken back."""

    row: ImportRow
    parties: tuple[ImportedParty, ...]
    total: int
    page: int
    pages: int
    may_undo: bool


def contact_imports(actor: Actor, *, most: int = 10) -> tuple[ImportRow, ...]:
    """The last imports of contacts, the newest first; for who may import."""
    if not policy.may_import_contacts(actor, None):
        return ()
    rows = ContactImport.objects.defer("changes").order_by("-pk")[:most]
    return tuple(_import_row(row) for row in rows)


def get_contact_import(import_id: int, actor: Actor) -> ContactImport:
    """One import, to act on it; `NotFound` for who may not import."""
    found = ContactImport.objects.filter(pk=import_id).first()
    if found is None or not policy.may_import_contacts(actor, None):
        raise NotFound(f"no import {import_id}")
    return found


def import_file(import_id: int, actor: Actor, *, page: int = 1) -> ImportFile:
    """One import with whom it touched; `NotFound` for who may not import."""
    made = get_contact_import(import_id, actor)
    added = {row["party"]: row["added"] for row in made.changes}
    kept = {row["party"] for row in made.kept}
    rows = seen_parties(actor).filter(holds_any("pk", added)).order_by("name", "pk")
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    return ImportFile(
        row=_import_row(made),
        parties=tuple(
            ImportedParty(
                party_id=p.pk,
                name=p.name,
                added=added[p.pk],
                gone=p.withdrawn_at is not None,
                kept=p.pk in kept,
            )
            for p in rows[on_page]
        ),
        total=total,
        page=page,
        pages=pages,
        may_undo=made.undone_at is None and policy.may_undo_contact_import(actor, made),
    )


def _import_row(made: ContactImport) -> ImportRow:
    return ImportRow(
        import_id=made.pk,
        source=made.source,
        added=made.added,
        changed=made.changed,
        made_at=made.made_at,
        made_by=made.made_by,
        undone_at=made.undone_at,
        undone_by=made.undone_by,
    )
