"""What has to be filled in to apply, and how much of it there may be."""

from __future__ import annotations

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

PURPOSE = "application"
MOST_NAME, MOST_PHONE, MOST_PASTED, MOST_ANSWER, MOST_DRAFTS = 120, 40, 30_000, 4_000, 5
LIVES = ("yes", "no")


def check_name(name: str) -> str:
    """A name. Refuses: none, or one too long."""
    return check_text(
        name, code="no_name", sentence="Write your name.", field="name", most=MOST_NAME
    )


def check_long(text: str, *, field: str, most: int) -> str:
    """Words as they were typed; none is cut. Refuses: more than fit."""
    text = text.replace("\0", "").replace("\r\n", "\n")
    if len(text) > most:
        raise Refused("too_long", f"Keep this within {most:,} characters.", field=field)
    return text
