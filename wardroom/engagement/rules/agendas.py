"""What an agenda is, whoever meets: one item on a line."""

from __future__ import annotations

from collections.abc import Iterable

from wardroom.kernel.errors import Refused


def check_agenda(lines: Iterable[str], *, field: str, most: int, letters: int) -> tuple[str, ...]:
    """The items of an agenda, one on a line. Refuses: none; too many; one too long."""
    items = tuple(" ".join(line.split()) for line in lines if line.strip())
    if not items:
        raise Refused("agenda_missing", "Write the agenda, one item on a line.", field=field)
    if len(items) > most or any(len(item) > letters for item in items):
        raise Refused(
            "agenda_too_long",
            f"Write at most {most} items of at most {letters} letters each.",
            field=field,
        )
    return items
