"""The text about a location for the public: what stands, what waits, and every version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.versions import version_of
from wardroom.plans.models import PlanStep
from wardroom.problems import policy
from wardroom.problems.models import PublicText
from wardroom.problems.queries.location_files import get_location
from wardroom.problems.rules.publishing import version_words

WAITS, STANDS, REPLACED, WITHDRAWN = "waits", "stands", "replaced", "withdrawn"


@dataclass(frozen=True)
class StepWords:
    """A step of the plan in force: what was asked inside, and what the public may read of it."""

    ask_id: int
    agency: str
    wording: str
    words: str


@dataclass(frozen=True)
class PublicTextRow:
    """One version; ``state`` is waits, stands, replaced or withdrawn."""

    id: int
    version: int
    text: str
    steps: tuple[StepWords, ...]
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
    steps: tuple[StepWords, ...]
    seen: str
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
    planned = _planned(matter_id)
    rows = tuple(
        _row(row, actor, planned, newest=row is found[0], stands=row is standing) for row in found
    )
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
        steps=_worded(found[0].steps if found else (), planned),
        seen=version_of(
            version_words(found[0].text if found else "", found[0].steps if found else ())
        ),
        allowed=frozenset(allowed),
    )


def get_public_text(text_id: int, matter_id: int, actor: Actor) -> PublicText:
    """One version, to act on it; `NotFound` where it is out of reach."""
    location = get_location(matter_id, actor)
    row: PublicText | None = location.public_texts.filter(pk=text_id).first()
    if row is None:
        raise NotFound(f"no public text {text_id}")
    return row


def _planned(matter_id: int) -> dict[int, PlanStep]:
    """The steps of the newest plan by their asks, in order."""
    rows = PlanStep.objects.filter(plan__matter=matter_id).select_related("ask__party", "plan")
    found = list(rows.order_by("-plan__version", "position"))
    return {row.ask_id: row for row in found if row.plan_id == found[0].plan_id}


def _worded(
    told: Iterable[Mapping[str, Any]], planned: Mapping[int, PlanStep]
) -> tuple[StepWords, ...]:
    words = {step["ask"]: step["words"] for step in told}
    return tuple(
        StepWords(ask, row.ask.party.name, row.ask.wording, words.get(ask, ""))
        for ask, row in planned.items()
    )


def _row(
    row: PublicText, actor: Actor, planned: Mapping[int, PlanStep], *, newest: bool, stands: bool
) -> PublicTextRow:
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
        steps=tuple(step for step in _worded(row.steps, planned) if step.words),
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
