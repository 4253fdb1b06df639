"""Asking what an evaluation would take, and keeping what a worker counted of it."""

from __future__ import annotations

from dataclasses import dataclass

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.ledger.actions import record
from wardroom.problems import facts, policy
from wardroom.problems.models import EvaluationPreview
from wardroom.problems.rules.evaluations import EvaluationDraft


@dataclass(frozen=True)
class Counted:
    """What a worker found: the draft with what came before, its hash, and what it would take.

    ``compared`` are the places that it would have been compared with a year ago. It and
    ``needed`` are empty where the data are too young. ``refused`` says why there is no draft.
    """

    draft: EvaluationDraft | None
    sha256: str = ""
    compared: int | None = None
    needed: tuple[str, ...] = ()
    refused: str = ""


@action(policy.may_look_ahead)
def look_ahead(subject: None, *, draft: EvaluationDraft, stamp: Stamp) -> EvaluationPreview:
    """Ask what an evaluation would take, before it is registered; a worker counts it.

    It takes the place of what this person asked before.
    Refuses: whoever registers nothing. Records: `PreviewWanted`.
    """
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    fresh = {
        "asked_at": stamp.at,
        "wanted": draft.as_plain(),
        "counted_at": None,
        "draft": None,
        "sha256": "",
        "compared": None,
        "needed": [],
        "refused": "",
    }
    preview, _ = EvaluationPreview.objects.update_or_create(of=party, defaults=fresh)
    fact = facts.PreviewWanted(preview_id=preview.pk, places=len(draft.places))
    record(fact, stamp=stamp)
    return preview


@action(policy.may_keep_preview)
def keep_preview(
    preview: EvaluationPreview, *, counted: Counted, stamp: Stamp
) -> EvaluationPreview:
    """Keep what was counted for somebody, unless they have asked for something else since.

    Refuses: nothing. Records: `PreviewCounted`.
    """
    preview.counted_at = stamp.at
    preview.draft = counted.draft.as_plain() if counted.draft is not None else None
    preview.sha256 = counted.sha256
    preview.compared = counted.compared
    preview.needed = list(counted.needed)
    preview.refused = counted.refused[:500]
    preview.save()
    fact = facts.PreviewCounted(preview_id=preview.pk, compared=counted.compared)
    record(fact, stamp=stamp)
    return preview
