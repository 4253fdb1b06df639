"""The text about a location for the public: what stands, what waits, and every version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.problems import policy
from wardroom.problems.models import PublicText
from wardroom.problems.queries.location_files import get_location

WAITS, STANDS, REPLACED, WITHDRAWN = "waits", "stands", "replaced", "withdrawn"


@dataclass(frozen=True)
class PublicTextRow:
    """One version; ``state`` is waits, stands, replaced or withdrawn."""

    id: int
    version: int
    text: str
    state: str
    written_by: str
    written_at: datetime
    is_own: bool
    approved_by: str
    approved_at: datetime | None
    withdrawn_by: str
    withdrawn_at: datetime | None
    withdrawn_why: str


@dataclass(frozen=True)
class PublicTextFile:
    """What the public reads of a location, what waits for a second person, and the rest."""

    matter_id: int
    title: str
    restricted: bool
    stands: PublicTextRow | None
    waits: PublicTextRow | None
    rows: tuple[PublicTextRow, ...]
    allowed: frozenset[str]

    @property
    def text(self) -> str:
        """The newest text, to go on writing from."""
        return self.rows[0].text if self.rows else ""


def public_text_file(matter_id: int, actor: Actor) -> PublicTextFile:
    """The text of one location for the public; `NotFound` where it is out of reach."""
    location = get_location(matter_id, actor)
    related = ("written_by", "approved_by", "withdrawn_by")
    found = list(location.public_texts.select_related(*related).order_by("-version"))
    standing = next((row for row in found if row.approved_at is not None), None)
    rows = tuple(_row(row, actor, newest=row is found[0], stands=row is standing) for row in found)
    stands = next((row for row in rows if row.state == STANDS), None)
    waits = next((row for row in rows if row.state == WAITS), None)
    allowed = set()
    if policy.may_write_public_text(actor, location) and not location.matter.restricted:
        allowed.add("write")
        allowed |= {"approve"} if waits and not waits.is_own else set()
    if policy.may_write_public_text(actor, location) and (stands or waits):
        allowed.add("withdraw")
    return PublicTextFile(
        matter_id=matter_id,
        title=location.matter.title,
        restricted=location.matter.restricted,
        stands=stands,
        waits=waits,
        rows=rows,
        allowed=frozenset(allowed),
    )


def get_public_text(text_id: int, matter_id: int, actor: Actor) -> PublicText:
    """One version, to act on it; `NotFound` where it is out of reach."""
    location = get_location(matter_id, actor)
    row: PublicText | None = location.public_texts.filter(pk=text_id).first()
    if row is None:
        raise NotFound(f"no public text {text_id}")
    return row


def _row(row: PublicText, actor: Actor, *, newest: bool, stands: bool) -> PublicTextRow:
    state = REPLACED
    if row.withdrawn_at is not None:
        state = WITHDRAWN
    elif stands:
        state = STANDS
    elif newest and row.approved_at is None:
        state = WAITS
    return PublicTextRow(
        id=row.pk,
        version=row.version,
        text=row.text,
        state=state,
        written_by=row.written_by.name,
        written_at=row.written_at,
        is_own=actor.user_id is not None and row.written_by.user_id == actor.user_id,
        approved_by=row.approved_by.name if row.approved_by else "",
        approved_at=row.approved_at,
        withdrawn_by=row.withdrawn_by.name if row.withdrawn_by else "",
        withdrawn_at=row.withdrawn_at,
        withdrawn_why=row.withdrawn_why,
    )
