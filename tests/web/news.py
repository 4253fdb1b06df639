"""Somebody who gets news in each ward, and a letter to many, for the office at work."""

from __future__ import annotations

from tests.cast import Cast
from wardroom.engagement.actions import add_subscriber, write_circular
from wardroom.engagement.models import Circular, Subscription
from wardroom.engagement.rules.subscriptions import NAMED, Wanted


def subscribed(ward: str, who: Cast) -> Subscription:
    """Somebody of a ward who asked for its news at a meeting, and has to confirm it."""
    return add_subscriber(
        None,
        address=f"news{ward}@example.org",
        language="es",
        wanted=Wanted(NAMED, code=f"Ward {ward}"),
        how="On the sheet at the meeting",
        stamp=who.stamp,
    )


def drafted(who: Cast) -> Circular:
    """A letter to many that waits for the director."""
    return write_circular(
        None,
        subject="The library opens again",
        text="It opens on Monday at nine.",
        stamp=who.stamp,
    )
