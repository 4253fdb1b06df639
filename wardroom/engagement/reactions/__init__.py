"""What follows in the work with the community, later and in a worker."""

from __future__ import annotations

from wardroom.engagement.reactions.bodies import (
    file_published_minutes,
    move_body_clocks,
    send_body_notice,
    tell_body_cancelled,
)

__all__ = [
    "file_published_minutes",
    "move_body_clocks",
    "send_body_notice",
    "tell_body_cancelled",
]
