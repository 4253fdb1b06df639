"""What stands in the outbox, what came in, and what a link opens."""

from __future__ import annotations

from wardroom.notices.queries.keys import (
    KeyHeld,
    LinkRow,
    has_live_keys,
    links_to,
    open_key,
)
from wardroom.notices.queries.outbox import (
    OutboxHealth,
    OutboxPage,
    OutboxRow,
    due_messages,
    get_message,
    get_messages_after,
    outbox_health,
    outbox_page,
    thread_messages,
)

__all__ = [
    "KeyHeld",
    "LinkRow",
    "OutboxHealth",
    "OutboxPage",
    "OutboxRow",
    "due_messages",
    "get_message",
    "get_messages_after",
    "has_live_keys",
    "links_to",
    "open_key",
    "outbox_health",
    "outbox_page",
    "thread_messages",
]
