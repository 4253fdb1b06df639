"""How a week stands on the board, in the table of what nobody covers, and in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.timezone import localtime

from wardroom.calendar.rules.shifts import clock
from wardroom.office.queries import Option, PersonWeek, Uncovered, WeekBoard
from wardroom.office.rules.week import AWAY, EVENT, PARTS, SHIFT, Thing, part_of, spread
from wardroom.web.ui.tables import Cell, Column, Control, Table, Tag, table
from wardroom.web.ui.words import counted, day_text

UNCOVERED = (Column("Day"), Column("What nobody covers"), Column("Who covers it"))
FAIR = (
    Column("Person"),
    Column("Evenings", number=True),
    Column("Nights", number=True),
    Column("Weekend days and holidays", number=True),
)
HEAD = ("person", "about", "unit", "day", "part", "what", "from", "to", "clash")


@dataclass(frozen=True)
class Slip:
    """One thing in a cell of the board."""

    words: str
    href: str
    time: str
    clashes: bool
    away: bool


@dataclass(frozen=True)
class PersonRow:
    """One person's row: cells by day, in each the parts of the day with what is in them."""

    name: str
    about: str
    cells: tuple[tuple[tuple[str, tuple[Slip, ...]], ...], ...]
    clashes: tuple[str, ...]


def person_rows(board: WeekBoard, zone: ZoneInfo, *, troubled: bool) -> list[PersonRow]:
    """The rows of the board; only those with a clash where so asked."""
    return [
        PersonRow(
            one.person.name,
            ". ".join(part for part in (one.person.about, one.person.unit) if part),
            tuple(
                _parts(things, one, day.on, _free(board), zone)
                for day, things in zip(board.days, one.days, strict=True)
            ),
            tuple(dict.fromkeys(clash.words for clash in one.clashes)),
        )
        for one in board.people
        if one.clashes or not troubled
    ]


def _free(board: WeekBoard) -> frozenset[date]:
    return frozenset(day.on for day in board.days if day.free)


def _parts(
    things: Iterable[Thing], row: PersonWeek, day: date, free: frozenset[date], zone: ZoneInfo
) -> tuple[tuple[str, tuple[Slip, ...]], ...]:
    found: dict[str, list[Slip]] = {}
    for thing in things:
        part = (
            "All day" if _whole(thing, day, zone) else PARTS[part_of(thing.starts_at, zone, free)]
        )
        found.setdefault(part, []).append(_slip(thing, row))
    order = ["All day", *PARTS.values()]
    return tuple((part, tuple(found[part])) for part in order if part in found)


def _whole(thing: Thing, day: date, zone: ZoneInfo) -> bool:
    return thing.kind == AWAY or thing.starts_at.astimezone(zone).date() < day


def _slip(thing: Thing, row: PersonWeek) -> Slip:
    words = "Away" if thing.kind == AWAY else thing.words
    if thing.kind == SHIFT:
        words = thing.words.partition(" (")[0]
    return Slip(
        words=words,
        href=_href(thing),
        time="" if thing.kind == AWAY else _span(thing),
        clashes=thing.key in row.troubled,
        away=thing.kind == AWAY,
    )


def _href(thing: Thing) -> str:
    kind, _, number = thing.key.partition("-")
    return reverse("event", args=[int(number)]) if kind == EVENT else ""


def _span(thing: Thing) -> str:
    first, last = localtime(thing.starts_at), localtime(thing.ends_at)
    day = "" if first.date() == last.date() else f"{last:%a} "
    return f"{clock(first.time())} to {day}{clock(last.time())}"


def uncovered_table(board: WeekBoard, back: str) -> Table:
    """What nobody covers, each with the freest first and one press to send them."""
    rows = board.uncovered
    return table(
        f"{counted(len(rows), 'thing')} that nobody covers",
        UNCOVERED,
        [
            (
                Cell(day_text(row.on), main=True),
                Cell(row.words, tags=(Tag("Uncovered", "bad"),)),
                Cell(controls=_controls(row, back)),
            )
            for row in rows
        ],
        empty="Everything in this week is covered.",
    )


def _controls(row: Uncovered, back: str) -> tuple[Control, ...]:
    if not row.options:
        return ()
    return (
        Control(
            "Cover it",
            reverse("week_cover", args=[row.key]),
            row.words,
            f"cover-{row.key}",
            back=back,
            asks="who",
            asks_label="Who",
            options=tuple((str(one.person.party_id), option_words(one)) for one in row.options),
            value=str(row.options[0].person.party_id),
        ),
    )


def option_words(option: Option) -> str:
    """Somebody as a choice, with what speaks against them."""
    return f"{option.person.name}: {option.words or 'free'}"


def fair_table(board: WeekBoard) -> Table:
    """The evenings, nights and days off of the 13 weeks before, and the most minus the least."""
    rows = [
        (
            Cell(one.name, main=True),
            Cell(str(one.share.evenings)),
            Cell(str(one.share.nights)),
            Cell(str(one.share.free_days)),
        )
        for one in board.fair
    ]
    if rows:
        shares = [one.share for one in board.fair]
        rows.append(
            (
                Cell("The most minus the least", main=True),
                Cell(str(spread([share.evenings for share in shares]))),
                Cell(str(spread([share.nights for share in shares]))),
                Cell(str(spread([share.free_days for share in shares]))),
            )
        )
    return table(
        "Evenings, nights and weekends of the 13 weeks before", FAIR, rows,
        empty="Nobody is with the office in this week.", caption_hidden=True,
    )  # fmt: skip


def sheet_rows(board: WeekBoard, zone: ZoneInfo) -> list[tuple[object, ...]]:
    """The board as rows of a file: a line for each thing of each person on each day."""
    free, found = _free(board), list[tuple[object, ...]]()
    for one in board.people:
        said = {key: clash.words for clash in one.clashes for key in (clash.first, clash.second)}
        for day, things in zip(board.days, one.days, strict=True):
            for thing in things:
                whole = _whole(thing, day.on, zone)
                found.append(
                    (
                        one.person.name,
                        one.person.about,
                        one.person.unit,
                        day.on.isoformat(),
                        "all day" if whole else part_of(thing.starts_at, zone, free),
                        thing.words,
                        localtime(thing.starts_at).isoformat(timespec="minutes"),
                        localtime(thing.ends_at).isoformat(timespec="minutes"),
                        said.get(thing.key, ""),
                    )
                )
    for row in board.uncovered:
        found.append(("Nobody", "", "", row.on.isoformat(), "", row.words, "", "", "uncovered"))
    return found
