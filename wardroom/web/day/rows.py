"""A thing that waits as a row of the one table, with what can be done right there."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from wardroom.hiring.rules.postings import KEPT_HIRING, LOOK_AT_HIRING
from wardroom.incidents.rules.keeping import KEPT_HOMES
from wardroom.matters.queries import WaitingRow
from wardroom.matters.rules import PANEL_NOUN
from wardroom.records.rules import NOUN as RECORDS_NOUN
from wardroom.retention.rules import DISPOSAL_NOUN
from wardroom.web.rows import matter_address
from wardroom.web.ui.tables import Cell, Column, Control, Tag
from wardroom.web.ui.words import counted, day_text, from_today

COLUMNS = (
    Column("What"),
    Column("Due", sort="due"),
    Column("Why it is here"),
    Column("Ward", sort="ward"),
    Column("Agency", sort="agency"),
    Column("Do it here"),
)
TASKS = ("todo", "approval", "legal_deadline")
BUTTONS = (("finish_task", "Done", "d"), ("approve_task", "Approve", "d"))
FOLDED = (
    ("move_task", "Move", "due_on", "Another day", "date"),
    ("refuse_approval", "Refuse", "reason", "Why not", "text"),
    ("drop_task", "Drop", "reason", "Why it is not needed", "text"),
)


def waiting_cells(row: WaitingRow, today: date, *, back: str, everybody: bool) -> tuple[Cell, ...]:
    """What waits, until when, why, where, for which agency, and what can be done with it."""
    under = [row.place_label] if row.place_label else []
    under += [row.party_name] if everybody else []
    late = (Tag(f"{counted(row.days_late, 'day')} late", "bad"),) if row.days_late else ()
    return (
        Cell(row.title, href=address_of(row), sub=" · ".join(under), main=True),
        Cell(
            day_text(row.due_on),
            href=_arithmetic(row),
            sub="" if late else from_today(row.due_on, today),
            tags=late,
        ),
        Cell(row.why, sub=f"{row.why_due}, {_since(row)}" if row.why_due else _since(row)),
        Cell(row.ward_code),
        Cell(row.agency_code),
        Cell(controls=_buttons(row, back), folded=_folded(row, back)),
    )


def address_of(row: WaitingRow) -> str:
    """The page where this is dealt with; a to-do of its own has none, it is done in the list."""
    if row.noun == "mail":
        return reverse("mail_message", args=[row.key])
    if row.noun == "edition":
        return reverse("report_edit", args=[row.key])
    if row.noun == "packet":
        return reverse("packet", args=[row.key])
    if row.noun == "handover":
        return reverse("handover", args=[row.key.partition("-")[0]])
    if row.noun == "nomination":
        return reverse("nomination", args=[row.key])
    if row.noun == "public_text":
        return reverse("location_public", args=[row.key])
    if row.noun == "circular":
        return reverse("circular", args=[row.key])
    if row.noun == "sign_up":
        return reverse("group_sign_up", args=row.key.split("-"))
    if row.noun == "situation_release" and row.matter_id is not None and row.key.count("-") == 2:
        return reverse("incident_report", args=[row.matter_id, row.key.split("-")[1]])
    if row.noun == "situation_back" and row.matter_id is not None:
        return reverse("incident_report", args=[row.matter_id, row.key.partition("-")[2]])
    if row.noun == "alert":
        return reverse("alert", args=[row.key.partition("-")[0]])
    if row.noun == "dispute":
        return reverse("round_stop", args=row.key.split("-"))
    if row.noun == "term":
        return reverse("term", args=[row.key.partition("-")[0]])
    if row.noun == "residency":
        return reverse("residency_clock", args=[row.key.partition("-")[0]])
    if row.noun == "training":
        return reverse("training", args=[row.key.partition("-")[0]])
    if row.noun == KEPT_HOMES and row.matter_id is not None:
        return reverse("households", args=[row.matter_id])
    if row.noun == KEPT_HIRING:
        return reverse("hiring_kept")
    if row.noun == LOOK_AT_HIRING:
        return reverse("hiring", args=[row.key])
    if row.noun == PANEL_NOUN:
        return reverse("hiring", args=[row.key.partition("-")[0]])
    if row.noun == RECORDS_NOUN:
        return reverse("records_request", args=[row.key])
    if row.noun == DISPOSAL_NOUN:
        return reverse("disposal", args=[row.key])
    if row.noun == "drift":
        return reverse("drifts")
    if row.noun == "fund":
        return reverse("fund", args=[row.key.partition("-")[0]])
    if row.noun == "gap":
        return reverse("on_call")
    if row.noun == "swap":
        return reverse("swap", args=[row.key])
    if row.noun == "submission":
        return reverse("submission", args=[row.key])
    if row.noun == "ask" and row.reason not in TASKS:
        return reverse("ask", args=[row.key])
    if row.matter_id is not None:
        return matter_address(row.matter_kind, row.matter_id)
    return ""


def _arithmetic(row: WaitingRow) -> str:
    """Where the date of a legal deadline explains itself."""
    if not row.why_due or row.matter_id is None:
        return ""
    return f"{matter_address(row.matter_kind, row.matter_id)}#task_{row.key}"


def _since(row: WaitingRow) -> str:
    days = row.waits_for_days
    return f"for {counted(days, 'day')}" if days > 0 else "since today"


def _buttons(row: WaitingRow, back: str) -> tuple[Control, ...]:
    return tuple(
        Control(label, _move(row, verb), row.title, _ident(row, verb), back=back, key=key)
        for verb, label, key in BUTTONS
        if verb in row.allowed
    )


def _folded(row: WaitingRow, back: str) -> tuple[Control, ...]:
    return tuple(
        Control(
            label,
            _move(row, verb),
            row.title,
            _ident(row, verb),
            back=back,
            asks=asks,
            asks_label=words,
            kind=kind,
        )
        for verb, label, asks, words, kind in FOLDED
        if verb in row.allowed
    )


def _move(row: WaitingRow, verb: str) -> str:
    return reverse("day_move", args=[row.key, verb])


def _ident(row: WaitingRow, verb: str) -> str:
    return f"{verb}_{row.key}"
