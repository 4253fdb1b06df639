"""What can be done to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.actions.commitments import (
    begin_commitment,
    break_commitment,
    change_commitment,
    confirm_commitment,
    deny_commitment,
    hear_commitment,
    keep_commitment,
    note_progress,
    reopen_commitment,
)
from wardroom.engagement.actions.contacts import (
    count_contacts_anew,
    keep_contacts,
)
from wardroom.engagement.actions.outreach import (
    adopt_outreach_plan,
    change_outreach_plan,
    put_off_touch,
)
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)
from wardroom.engagement.actions.strategies import (
    share_strategy,
    use_strategy,
)

__all__ = [
    "adopt_outreach_plan",
    "answer_concern",
    "begin_commitment",
    "break_commitment",
    "change_commitment",
    "change_outreach_plan",
    "confirm_commitment",
    "count_contacts_anew",
    "deny_commitment",
    "end_paper",
    "hear_commitment",
    "keep_commitment",
    "keep_contacts",
    "note_letter",
    "note_progress",
    "put_off_touch",
    "reopen_commitment",
    "share_strategy",
    "take_in_paper",
    "use_strategy",
]
