"""What can be done to commissions' papers and to promises."""

from __future__ import annotations

from wardroom.engagement.actions.circulars import (
    approve_circular,
    reword_circular,
    stop_circular,
    take_back_circular,
    write_circular,
)
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
from wardroom.engagement.actions.copying import (
    open_circular,
    send_copies,
)
from wardroom.engagement.actions.digesting import (
    write_digest,
)
from wardroom.engagement.actions.links import (
    give_link,
)
from wardroom.engagement.actions.moving import (
    move_subscription,
    undo_moves,
)
from wardroom.engagement.actions.papers import (
    answer_concern,
    end_paper,
    note_letter,
    take_in_paper,
)
from wardroom.engagement.actions.subscribing import (
    add_news,
    add_subscriber,
    ask_for_news,
    change_news,
    confirm_news,
    mark_subscriber_bounced,
    stop_news,
    stop_subscriber,
)

__all__ = [
    "add_news",
    "add_subscriber",
    "answer_concern",
    "approve_circular",
    "ask_for_news",
    "begin_commitment",
    "break_commitment",
    "change_commitment",
    "change_news",
    "confirm_commitment",
    "confirm_news",
    "deny_commitment",
    "end_paper",
    "give_link",
    "hear_commitment",
    "keep_commitment",
    "mark_subscriber_bounced",
    "move_subscription",
    "note_letter",
    "note_progress",
    "open_circular",
    "reopen_commitment",
    "reword_circular",
    "send_copies",
    "stop_circular",
    "stop_news",
    "stop_subscriber",
    "take_back_circular",
    "take_in_paper",
    "undo_moves",
    "write_circular",
    "write_digest",
]
