"""How rotas, shifts, turns and swaps stand in tables."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from wardroom.calendar.queries import DutyRow, Gap
from wardroom.calendar.rules.shifts import is_soon
from wardroom.kernel.text import ended
from wardroom.notices.queries import next_hours
from wardroom.office.queries import RotaFile, RotaRow, SwapRow, TurnRow, WishRow
from wardroom.office.rules.rota import Carried, span_words
from wardroom.office.rules.week import spread
from wardroom.web.ui.page import Crumb
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, table
from wardroom.web.ui.words import clock_text, counted

NOBODY = Tag("Nobody", "bad")
TONES = {"draft": "accent", "published": "good", "replaced": "", "dropped": ""}
TURNS = (Column("When"), Column("Duty"), Column("Who"))
FAIR = (
    Column("Person"),
    Column("Turns", number=True),
    Column("Weight", number=True),
    Column("Weight before", number=True),
    Column("Together", number=True),
    Column("Nights", number=True),
    Column("Weekends", number=True),
    Column("Holidays", number=True),
)
FAIR_BY = ("nights", "weekends", "holidays")
SWAPS = (Column("Shift"), Column("Who asks"), Column("State"))


def rota_crumb() -> Crumb:
    """The way back to the list of rotas."""
    return Crumb("Rota", reverse("rotas"))


def rota_tag(row: RotaRow) -> Tag:
    """How far a rota has come."""
    return Tag(row.state_label, TONES[row.state])


def turns_table(rows: tuple[TurnRow, ...], file: RotaFile, caption: str, *, empty: str) -> Table:
    """Turns of a rota with who has them, and what speaks against it."""
    gives = "give_turn" in file.allowed
    return table(caption, TURNS, [_turn(row, file.row.id, gives=gives) for row in rows],
                 empty=empty)  # fmt: skip


def fairness_table(file: RotaFile) -> Table:
    """What everybody carries, and before it, with the most minus the least below."""
    fair = file.fairness
    known = [one for one in fair.compared if one.user_id in file.past]
    before = [file.past[one.user_id].weight for one in known]
    together = [one.weight + file.past[one.user_id].weight for one in known]
    rows = [
        (
            Cell(one.name, main=True, sub="came later, not compared" if one.came_later else ""),
            Cell(str(one.turns)),
            Cell(str(one.weight)),
            *_with_past(one, file),
            Cell(str(one.nights)),
            Cell(str(one.weekends)),
            Cell(str(one.holidays)),
        )
        for one in fair.people
    ]
    if rows:
        most = [
            *(Cell(str(fair.spread(what))) for what in ("turns", "weight")),
            *(Cell(str(spread(counts))) for counts in (before, together)),
            *(Cell(str(fair.spread(what))) for what in FAIR_BY),
        ]
        rows.append((Cell("The most minus the least", main=True), *most))  # type: ignore[arg-type]
    return table("Fairness", FAIR, rows, empty="Nobody is on duty in these weeks.",
                 caption_hidden=True)  # fmt: skip


def _with_past(one: Carried, file: RotaFile) -> tuple[Cell, Cell]:
    past = file.past.get(one.user_id)
    if past is None:
        return Cell("-"), Cell("-")
    return Cell(str(past.weight)), Cell(str(past.weight + one.weight))


def mail_goes(starts_at: datetime, at: datetime) -> str:
    """When mail about a shift goes out that is written now: at once, or when the office opens."""
    opens = next_hours(at)
    when = f"on {clock_text(opens)}" if opens and not is_soon(starts_at, opens) else "at once"
    return ended(f"Mail about it goes out {when}")


def duty_cells(row: DutyRow, *, give: bool = False) -> tuple[Cell, ...]:
    """One shift in force."""
    who = Cell(row.name) if row.name else Cell(tags=(NOBODY,))
    href = reverse("on_call_shift", args=[row.id]) if give else ""
    return (Cell(row.when, href=href, main=True), Cell(row.what), who)


def swaps_table(rows: tuple[SwapRow, ...], caption: str, *, empty: str) -> Table:
    """Swaps with their state."""
    return table(caption, SWAPS, [_swap(row) for row in rows], empty=empty, caption_hidden=True)


def entered_words(row: WishRow) -> str:
    """Who entered days for somebody else; nothing where it was themselves."""
    return f"Entered by {row.entered_by}" if row.entered_by else ""


def withdraw_control(row: WishRow) -> Control:
    """The press that takes back what was told of some days."""
    words = f"{row.kind_label} {span_words(row.from_on, row.until_on)}"
    href = reverse("my_wish_withdraw", args=[row.id])
    return Control("Take it back", href, words, f"withdraw_{row.id}")


def gap_words(gaps: tuple[Gap, ...]) -> str:
    """How many gaps there are, in a sentence."""
    return f"{counted(len(gaps), 'gap')} in the next 30 days"


def _turn(row: TurnRow, rota_id: int, *, gives: bool) -> tuple[Cell, ...]:
    href = reverse("rota_turn", args=[rota_id, row.id]) if gives else ""
    tags: tuple[Tag, ...] = () if row.name else (NOBODY,)
    if row.found.never:
        tags += (Tag("Cannot be", "bad"),)
    elif row.found.warnings:
        tags += (Tag("In spite of a warning" if row.overridden else "Warning", "warn"),)
    said = row.found.words
    if row.overridden:
        said = f"{said}. Why all the same: {row.overridden}" if said else row.overridden
    return (
        Cell(row.when, href=href, sub=row.holiday, main=True),
        Cell(row.what),
        Cell(row.name, sub=said, tags=tags),
    )


def _swap(row: SwapRow) -> tuple[Cell, ...]:
    back = f", for {row.in_return.when}" if row.in_return is not None else " to take it"
    return (
        Cell(row.shift.when, href=reverse("swap", args=[row.id]), sub=row.shift.what, main=True),
        Cell(row.asker, sub=f"asks {row.asked or 'anyone'}{back}"),
        Cell(row.state_label, sub="; ".join(row.warnings)),
    )
