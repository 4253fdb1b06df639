"""What a message may look like, and how often a failing one is tried again."""

from __future__ import annotations

import unicodedata

MOST_ATTEMPTS = 8
FIRST_WAIT_SECONDS = 5 * 60
LONGEST_WAIT_SECONDS = 12 * 60 * 60
LONGEST_SUBJECT = 200


def wait_after(attempts: int) -> int:
    """Seconds before the next try: 5 min, 15 min, 45 min, ... at most 12 h.

    The first wait is also the lease of a try under way, so it is far longer than any
    conversation with a mail server.
    """
    if attempts < 1:
        raise ValueError("nothing was tried yet")
    grown: int = FIRST_WAIT_SECONDS * 3 ** (attempts - 1)
    return min(grown, LONGEST_WAIT_SECONDS)


def one_line(text: str, *, most: int = LONGEST_SUBJECT) -> str:
    """Text as a single header line: no line breaks, no control characters, cut with a mark.

    A header made of this cannot smuggle in another header.
    """
    visible = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in text)
    line = " ".join(visible.split())
    return line if len(line) <= most else line[: most - 3].rstrip() + "..."
