"""The photographs of an issue: what residents sent with their reports, and what agencies did."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.access.actor import Actor
from wardroom.casework import rules
from wardroom.casework.queries.issues import IssueFile
from wardroom.casework.queries.voices import ComplaintRow
from wardroom.documents.queries import AttachmentRow, attachments_at


@dataclass(frozen=True)
class Voice:
    """One person's complaint, with the photographs that came with it."""

    row: ComplaintRow
    photographs: tuple[AttachmentRow, ...]


@dataclass(frozen=True)
class Photographs:
    """The photographs of an issue by whom they are from."""

    voices: tuple[Voice, ...]
    agencies: tuple[AttachmentRow, ...]


def photographs_of(file: IssueFile, actor: Actor) -> Photographs:
    """The photographs of an issue, of those who reported it and of the agencies.

    A picture stays where it was first sent: of a return, at the issue before; of a report that
    was joined or split off, at the one it came from.
    """
    matters = {file.matter.id}
    matters |= {row.came_from for row in file.complaints if row.came_from}
    matters |= {row.first.matter_id for row in file.complaints if row.first}
    things = [("ask", str(row.id)) for row in file.asks]
    things += [("matter", str(pk)) for pk in sorted(matters)]
    rows = attachments_at(things, actor)
    return Photographs(
        voices=tuple(Voice(row, _sent_with(row, rows)) for row in file.complaints),
        agencies=tuple(row for row in rows if row.noun == "ask"),
    )


def _sent_with(
    complaint: ComplaintRow, rows: tuple[AttachmentRow, ...]
) -> tuple[AttachmentRow, ...]:
    if not complaint.report_number:
        return ()
    caption = rules.sent_with(complaint.report_number)
    return tuple(row for row in rows if row.noun == "matter" and row.caption == caption)
