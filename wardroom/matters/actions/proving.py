"""What an agency hands in beside its answer, and the links by which it answers."""

from __future__ import annotations

from datetime import datetime

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.documents.actions import attach_document, keep_upload
from wardroom.documents.models import Attachment
from wardroom.kernel.errors import Refused
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask
from wardroom.notices.actions import revoke_keys
from wardroom.notices.queries import has_live_keys

ANSWER = "answer"


@action(policy.may_add_evidence)
def add_evidence(
    ask: Ask,
    *,
    name: str,
    content: bytes,
    caption: str = "",
    taken_at: datetime | None = None,
    stamp: Stamp,
) -> Attachment:
    """Put a photograph to an ask, for the office and for the agency that was asked.

    Where it was taken is not shown to the agency. Refuses: an ask that nobody was asked
    yet, or that was withdrawn; what is no picture, or too large. Records: `DocumentStored`,
    `DocumentAttached`.
    """
    if not ask.asked_agency or ask.state == "withdrawn":
        raise Refused("wrong_state", rules.STATE_WORDS[ask.state].capitalize() + ".")
    document = keep_upload(None, name=name, content=content, public=True, stamp=stamp)
    return attach_document(
        document,
        noun="ask",
        key=str(ask.pk),
        ward_code=ask.ward_code,
        agency_code=ask.asked_agency,
        matter_key=str(ask.matter_id or ""),
        audience="partner",
        caption=caption,
        taken_at=taken_at,
        stamp=stamp,
    )


def close_links(ask: Ask, *, stamp: Stamp) -> None:
    """Take back every link by which this ask could be answered; called by the change itself."""
    key = str(ask.pk)
    if has_live_keys("ask", key, purpose=ANSWER, at=stamp.at):
        revoke_keys(None, noun="ask", key=key, purpose=ANSWER, stamp=stamp)
