"""The disposals: their list, one whole, and what its certificate says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.documents.gateways import read_content
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.kernel.text import long_day
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.reporting.gateways.paper import typeset
from wardroom.retention import policy, rules
from wardroom.retention.models import Disposal, DisposalRow
from wardroom.retention.queries.issues import NOUN as ISSUE_NOUN
from wardroom.retention.queries.units import SHELVES
from wardroom.retention.rules.classes import CLASSES

PAGE_ROWS, LIST_ROWS = 25, 100


@dataclass(frozen=True)
class DisposalLine:
    """One disposal in the list."""

    id: int
    class_name: str
    state: str
    prepared_at: datetime
    prepared_name: str
    approved_name: str
    listed: int
    destroyed: int
    kept: int


@dataclass(frozen=True)
class DisposalPage:
    """A page of disposals."""

    rows: tuple[DisposalLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class RowOnList:
    """One record on a list; its title is there as long as the record is."""

    noun: str
    key: str
    title: str
    ended_on: date
    due_on: date
    state: str
    hold_id: int | None
    digest: str
    files: int


@dataclass(frozen=True)
class DisposalFile:
    """One disposal whole, with a page of its list."""

    line: DisposalLine
    number: str
    basis: str
    months: int | None
    approved_at: datetime | None
    done_at: datetime | None
    certificate: str
    rows: tuple[RowOnList, ...]
    total: int
    page: int
    pages: int
    own: bool
    allowed: frozenset[str]


@dataclass(frozen=True)
class Tombstone:
    """What is left of a record that was destroyed: when it went, and under which schedule."""

    noun: str
    key: str
    class_name: str
    on: date
    number: str
    basis: str
    disposal_id: int


def disposals(actor: Actor, *, page: int = 1) -> DisposalPage:
    """The disposals, the newest first; none for whoever does not keep records."""
    if not policy.may_read_retention(actor):
        return DisposalPage((), 0, 1, 1)
    rows = Disposal.objects.order_by("-pk")
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    return DisposalPage(tuple(_line(row) for row in _counted(rows)[on_page]), total, page, pages)


def get_disposal(disposal_id: int, actor: Actor) -> Disposal:
    """One disposal, to act on it; `NotFound` for whoever does not keep records."""
    rows = _counted(Disposal.objects.select_related("schedule", "certificate"))
    row: Disposal | None = rows.filter(pk=disposal_id).first()
    if row is None or not policy.may_read_retention(actor):
        raise NotFound(f"no disposal {disposal_id}")
    return row


def disposal_file(disposal_id: int, actor: Actor, *, page: int = 1) -> DisposalFile:
    """One disposal whole: who prepared and approved it, and what becomes of each record."""
    row = get_disposal(disposal_id, actor)
    rows = row.rows.order_by("ended_on", "pk")
    total = rows.count()
    page, pages, on_page = page_at(total, page, LIST_ROWS)
    shown = list(rows[on_page])
    titles = _titles(row.class_code, shown)
    own = actor.user_id == row.prepared_by_id
    allowed = set()
    if row.state == rules.PREPARED:
        if policy.may_approve_disposal(actor, row) and not own:
            allowed.add("approve_disposal")
        if policy.may_prepare_disposal(actor, row):
            allowed.add("drop_disposal")
    return DisposalFile(
        line=_line(row),
        number=row.schedule.number,
        basis=row.schedule.basis,
        months=row.schedule.months,
        approved_at=row.approved_at,
        done_at=row.done_at,
        certificate=row.certificate.digest if row.certificate is not None else "",
        rows=tuple(_row(one, titles) for one in shown),
        total=total,
        page=page,
        pages=pages,
        own=own,
        allowed=frozenset(allowed),
    )


def rows_to_carry_out(disposal_id: int) -> tuple[DisposalRow, ...]:
    """What of an approved list is not settled yet, the oldest first."""
    rows = DisposalRow.objects.filter(
        disposal=disposal_id, disposal__state=rules.APPROVED, state=rules.LISTED
    )
    return tuple(rows.order_by("pk"))


def rows_of_all_approved() -> tuple[DisposalRow, ...]:
    """What of any approved list is not settled yet, the oldest first."""
    rows = DisposalRow.objects.filter(disposal__state=rules.APPROVED, state=rules.LISTED)
    return tuple(rows.order_by("pk"))


def tombstone(noun: str, key: str, actor: Actor) -> Tombstone | None:
    """What is left of a record that was destroyed; None where it was not.

    Of an issue nobody learns that it ever was but whoever could read it, or keeps records.
    """
    if noun == ISSUE_NOUN and not policy.may_read_retention(actor):
        seen = Matter.objects.within(matters_policy.reach_inside(actor))
        if not (key.isascii() and key.isdigit() and seen.filter(pk=int(key)).exists()):
            return None
    rows = DisposalRow.objects.filter(noun=noun, key=key, state=rules.DESTROYED)
    row: DisposalRow | None = rows.select_related("disposal__schedule").first()
    if row is None or row.settled_at is None:
        return None
    schedule = row.disposal.schedule
    return Tombstone(
        noun=noun,
        key=key,
        class_name=CLASSES[row.disposal.class_code].name,
        on=localdate(row.settled_at),
        number=schedule.number,
        basis=schedule.basis,
        disposal_id=row.disposal_id,
    )


def certificate_bytes(disposal_id: int, actor: Actor) -> tuple[str, bytes]:
    """The certificate as it is on file; `NotFound` before a disposal was carried out."""
    row = get_disposal(disposal_id, actor)
    if row.certificate is None:
        raise NotFound(f"no certificate of disposal {disposal_id}")
    return row.certificate.name, read_content(row.certificate.digest)


def certificate_paper(disposal: Disposal, *, cleaned: str, on: date) -> bytes:
    """The certificate: who agreed to what, on which ground, and the hashes of what went."""
    return typeset(certificate_of(disposal, cleaned=cleaned, on=on), template="disposal")


def certificate_of(disposal: Disposal, *, cleaned: str, on: date) -> dict[str, Any]:
    """What the certificate says; no word of any record is in it."""
    schedule, rows = disposal.schedule, list(disposal.rows.order_by("pk"))
    gone = [row for row in rows if row.state == rules.DESTROYED]
    held = sum(1 for row in rows if row.state == rules.HELD)
    files = sorted({digest for row in gone for digest in row.files})
    approved = localdate(disposal.approved_at) if disposal.approved_at is not None else on
    return {
        "title": f"Certificate of disposal {disposal.pk}",
        "on": on.isoformat(),
        "facts": [
            ["Class of records", CLASSES[disposal.class_code].name],
            ["Schedule", f"{schedule.number}, from {long_day(schedule.from_on)}"],
            ["Kept", f"{rules.how_long(schedule.months)} after the end of each record"],
            ["Basis in law", schedule.basis],
            [
                "Prepared by",
                f"{disposal.prepared_name}, {long_day(localdate(disposal.prepared_at))}",
            ],
            ["Approved by", f"{disposal.approved_name}, {long_day(approved)}"],
            ["Destroyed", f"{_many(len(gone), 'record')}, {_many(len(files), 'file')}"],
            ["Kept under a legal hold", str(held)],
            ["Left as they are, for another list or not due", str(len(rows) - len(gone) - held)],
        ],
        "notes": [cleaned, backups_go(on)],
        "rows": [
            [
                row.key,
                row.ended_on.isoformat(),
                row.due_on.isoformat(),
                str(row.texts),
                str(len(row.files)),
                row.digest,
            ]
            for row in gone
        ],
        "files": files,
    }


def backups_go(on: date) -> str:
    """By when the backups that still hold what went are gone, in a sentence."""
    if settings.BACKUPS is None:
        return "Wardroom makes no backups here: whoever makes them sees that old ones go, too."
    last = on + timedelta(days=settings.BACKUPS_KEPT)
    return (
        f"Backups that Wardroom made before still hold it; of the nightly ones"
        f" {settings.BACKUPS_KEPT} are kept, so the last is gone on {long_day(last)}. Copies made"
        " by hand or elsewhere go by whoever made them."
    )


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _counted(rows: Any) -> Any:
    def of(*states: str) -> Count:
        return Count("rows", filter=Q(rows__state__in=states))

    return rows.annotate(
        listed=of(rules.LISTED), destroyed=of(rules.DESTROYED), kept=of(rules.HELD, rules.LEFT)
    )


def _line(row: Any) -> DisposalLine:
    return DisposalLine(
        id=row.pk,
        class_name=CLASSES[row.class_code].name,
        state=row.state,
        prepared_at=row.prepared_at,
        prepared_name=row.prepared_name,
        approved_name=row.approved_name,
        listed=row.listed,
        destroyed=row.destroyed,
        kept=row.kept,
    )


def _titles(class_code: str, rows: list[DisposalRow]) -> Mapping[str, str]:
    """The titles of the records that are there still."""
    keys = [int(row.key) for row in rows if row.state != rules.DESTROYED]
    shelf = SHELVES[class_code]
    return {unit.key: unit.title for unit in map(shelf.unit, shelf.named(keys))}


def _row(row: DisposalRow, titles: Mapping[str, str]) -> RowOnList:
    return RowOnList(
        noun=row.noun,
        key=row.key,
        title=titles.get(row.key, f"Number {row.key}"),
        ended_on=row.ended_on,
        due_on=row.due_on,
        state=row.state,
        hold_id=row.hold_id,
        digest=row.digest,
        files=len(row.files),
    )
