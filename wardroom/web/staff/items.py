"""A thing that is handed over as a row of the one table, with what can be done right there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from wardroom.matters.queries import ItemRow
from wardroom.web.rows import matter_address
from wardroom.web.ui.forms import Form
from wardroom.web.ui.tables import Cell, Column, Control, Tag
from wardroom.web.ui.words import day_text, from_today

COLUMNS = (
    Column("What"),
    Column("Ward"),
    Column("Due"),
    Column("Who takes it"),
    Column("What to know"),
    Column("Do it here"),
)
TONES = {
    "gathered": "warn",
    "proposed": "accent",
    "accepted": "good",
    "sent_back": "bad",
    "overtaken": "",
}
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Typed:
    """What was typed in a row that was not taken: the verb, the thing, and the words."""

    verb: str = ""
    about: str = ""
    words: str = ""

    @classmethod
    def of(cls, failed: tuple[str, Form]) -> Typed:
        """The row that a form was sent from, where it was sent from one."""
        verb, form = failed
        sent = form.data
        about = sent.get("thing", "") or sent.get("item", "")
        words = {"note": "text", "back": "reason", "successor": "successor"}.get(verb, "")
        return cls(verb, str(about), str(sent.get(words, "")) if about else "")


def item_cells(
    row: ItemRow, handover_id: int, people: Choices, typed: Typed, today: date
) -> tuple[Cell, ...]:
    """What it is, where, until when, who takes it, what to know, and what can be done."""
    return (
        Cell(row.title, href=_address(row), sub=row.detail, main=True),
        Cell(f"Ward {row.ward_code}" if row.ward_code else "-"),
        Cell(day_text(row.due_on) or "-", sub=from_today(row.due_on, today)),
        Cell(
            row.successor_name,
            tags=(Tag(row.state_words, TONES[row.state]),),
            sub=_since(row),
        ),
        Cell(row.note or "-"),
        Cell(
            controls=_buttons(row, handover_id),
            folded=_folded(row, handover_id, people, typed),
        ),
    )


def _address(row: ItemRow) -> str:
    if row.address:
        return row.address
    return matter_address(row.matter_kind, row.matter_id) if row.matter_id is not None else ""


def _since(row: ItemRow) -> str:
    if row.state == "sent_back":
        return row.reason
    if row.state == "accepted" and row.answered_on:
        return f"{day_text(row.answered_on)}, {row.answered_by}"
    return ""


def _buttons(row: ItemRow, handover_id: int) -> tuple[Control, ...]:
    if "accept_items" not in row.allowed:
        return ()
    kept = (("item", str(row.id)),)
    href = reverse("handover_move", args=[handover_id, "accept"])
    return (Control("Accept", href, row.title, f"accept_{row.id}", key="d", kept=kept),)


def _folded(row: ItemRow, handover_id: int, people: Choices, typed: Typed) -> tuple[Control, ...]:
    found = []
    for needs, verb, label, asks, words, kind in (
        ("send_back_items", "back", "Send back", "reason", "Why you do not take it", "text"),
        ("set_successor", "successor", "Choose", "successor", "Who takes over", "choice"),
        ("take_items", "take", "Take it yourself", "", "", ""),
        ("write_handover_note", "note", "Save the note", "text", "What to know", "long"),
    ):
        if needs not in row.allowed:
            continue
        about = ("item", str(row.id)) if verb == "back" else ("thing", row.ref)
        wrong = typed.verb == verb and typed.about == about[1]
        value = row.note if verb == "note" else ""
        found.append(
            Control(
                label,
                reverse("handover_move", args=[handover_id, verb]),
                row.title,
                f"{verb}_{row.kind}_{row.key}",
                asks=asks,
                asks_label=words,
                kind=kind,
                kept=(about,),
                options=people if kind == "choice" else (),
                value=typed.words if wrong else value,
                wrong=wrong,
            )
        )
    return tuple(found)
