"""What a worker counted for somebody who wants to register an evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wardroom.access.actor import Actor
from wardroom.problems.models import EvaluationPreview
from wardroom.problems.rules.evaluations import EvaluationDraft


@dataclass(frozen=True)
class Preview:
    """What was asked, and what it would take once that is counted.

    ``draft`` and ``sha256`` are empty until then, and where it was ``refused``.
    """

    wanted: EvaluationDraft
    asked_at: datetime
    counted: bool
    draft: EvaluationDraft | None
    sha256: str
    compared: int | None
    needed: tuple[str, ...]
    refused: str


def get_preview(actor: Actor) -> EvaluationPreview | None:
    """What was counted for this person last; nobody else sees it."""
    if not actor.user_id:
        return None
    own = EvaluationPreview.objects.filter(of__user_id=actor.user_id)
    preview: EvaluationPreview | None = own.first()
    return preview


def preview_of(actor: Actor) -> Preview | None:
    """The same to be shown."""
    kept = get_preview(actor)
    if kept is None:
        return None
    draft: Any = kept.draft
    return Preview(
        wanted=EvaluationDraft.from_plain(kept.wanted),
        asked_at=kept.asked_at,
        counted=kept.counted_at is not None,
        draft=EvaluationDraft.from_plain(draft) if draft is not None else None,
        sha256=kept.sha256,
        compared=kept.compared,
        needed=tuple(kept.needed),
        refused=kept.refused,
    )
