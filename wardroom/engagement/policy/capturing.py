"""Who may write down what is said in a meeting while it is said."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Actor
from wardroom.calendar import policy as calendar_policy


def may_capture_line(actor: Actor, event: Any) -> bool:
    """The liaison of the ward, the director, or whoever speaks there for the Mayor."""
    return calendar_policy.may_write_line(actor, event)
