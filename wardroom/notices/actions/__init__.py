"""What can be done to messages out and in, and to the links that they carry."""

from __future__ import annotations

from wardroom.notices.actions.deciding import (
    hurry_message,
    recall_message,
    retry_message,
    set_message_aside,
)
from wardroom.notices.actions.emptying import empty_messages
from wardroom.notices.actions.holding import (
    drop_lease,
    end_hold,
    hold_mail,
    keep_lease,
    release_mail,
    take_hold_to_end,
)
from wardroom.notices.actions.hooks import (
    MadeHook,
    claim_delivery,
    end_hook,
    gather_lines,
    make_hook,
    note_delivery,
    replay_delivery,
    replay_hook,
)
from wardroom.notices.actions.keys import issue_key, revoke_keys, spend_key
from wardroom.notices.actions.mail import (
    keep_mail,
    note_mail_read,
    place_mail,
    set_mail_aside,
)
from wardroom.notices.actions.mailbox import note_mailbox_checked, note_mailbox_failed
from wardroom.notices.actions.outbox import (
    claim_message,
    drop_message,
    give_up_message,
    mark_address_bounced,
    mark_message_sent,
    note_nobody_to_tell,
    note_refused,
    note_sent,
    note_try_failed,
    queue_message,
    write_message,
)

__all__ = [
    "MadeHook",
    "claim_delivery",
    "claim_message",
    "drop_lease",
    "drop_message",
    "empty_messages",
    "end_hold",
    "end_hook",
    "gather_lines",
    "give_up_message",
    "hold_mail",
    "hurry_message",
    "issue_key",
    "keep_lease",
    "keep_mail",
    "make_hook",
    "mark_address_bounced",
    "mark_message_sent",
    "note_delivery",
    "note_mail_read",
    "note_mailbox_checked",
    "note_mailbox_failed",
    "note_nobody_to_tell",
    "note_refused",
    "note_sent",
    "note_try_failed",
    "place_mail",
    "queue_message",
    "recall_message",
    "release_mail",
    "replay_delivery",
    "replay_hook",
    "retry_message",
    "revoke_keys",
    "set_mail_aside",
    "set_message_aside",
    "spend_key",
    "take_hold_to_end",
    "write_message",
]
