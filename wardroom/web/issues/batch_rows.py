"""How one change to many issues is shown: its rows, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from wardroom.casework.queries.batches import BatchFile, ItemRow
from wardroom.kernel.facts import Change
from wardroom.web.ui.tables import Cell, Column, Tag
from wardroom.web.ui.words import counted

ITEM_COLUMNS = (Column("Issue"), Column("What changes"), Column("Written to"), Column("Result"))
STATES = {
    "waiting": Tag("Not looked at yet"),
    "ready": Tag("Will change", "accent"),
    "refused": Tag("Refused", "bad"),
    "done": Tag("Done", "good"),
    "skipped": Tag("Left out", "warn"),
    "undone": Tag("Taken back"),
    "kept": Tag("Kept as it is", "warn"),
}
NOBODY = "Nobody"


def item_cells(row: ItemRow) -> tuple[Cell, ...]:
    """One issue of a batch as a row of the table."""
    lines = [_line(change) for change in row.changes]
    changes = row.state not in {"refused", "waiting"}
    return (
        Cell(
            row.title,
            href=reverse("issue", args=[row.matter_id]),
            sub=f"W-{row.matter_id}",
            main=True,
        ),
        Cell(lines[0] if lines else "-", sub="; ".join(lines[1:])),
        Cell((", ".join(row.letters) or NOBODY) if changes else "-"),
        Cell(tags=(STATES[row.state],), sub=row.why),
    )


@dataclass(frozen=True)
class Count:
    """How many rows are in one state, and the address that shows these alone."""

    text: str
    number: str
    href: str
    here: bool


def summary_of(file: BatchFile, only: str) -> list[Count]:
    """What the rows come to: each state that there is."""
    found = [Count("All", counted(file.total, "issue"), "?", not only)]
    return found + [
        Count(tag.text, f"{file.counts[state]:,}", f"?only={state}", only == state)
        for state, tag in STATES.items()
        if file.counts.get(state)
    ]


def state_given(text: str) -> str:
    """The state that an address asks for; anything that is none shows all."""
    return text if text in STATES else ""


def _line(change: Change) -> str:
    """A field that moves; of the asks only what is new, for the others stay."""
    if change.field == "asks" and change.after.startswith(change.before):
        return f"Asked: {change.after.removeprefix(change.before).lstrip('; ')}"
    return f"{change.label}: {change.before or 'empty'} → {change.after or 'empty'}"
