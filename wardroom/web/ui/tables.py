"""The one table: typed cells, headers that sort by a link, pages, and an empty state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.http import QueryDict

from wardroom.engagement.rules.tongues.everybody import EVERYBODY
from wardroom.engagement.rules.tongues.everybody.words import ListWords


class Tag(NamedTuple):
    """A state in a word; the tone is one of accent, good, warn, bad or none."""

    text: str
    tone: str = ""


@dataclass(frozen=True)
class Control:
    """Something that can be done right in a row: a button, with at most one thing to fill in.

    ``asks`` is the name of what to fill in: a day, a text, a long one, or with ``options`` a
    choice; ``value`` is what was typed before. ``about`` tells rows apart, and ``kept`` is
    sent along unseen.
    """

    label: str
    href: str
    about: str
    ident: str
    back: str = ""
    asks: str = ""
    asks_label: str = ""
    kind: str = "text"
    key: str = ""
    options: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    value: str = ""
    wrong: bool = False


class Band(NamedTuple):
    """A part of a bar in a cell, in hundredths; ``look`` is the class that draws it."""

    start: float
    width: float
    look: str


@dataclass(frozen=True)
class Cell:
    """What stands in one place of a table; ``lang`` where its text is in another language than the
    page, ``sub_lang`` where what stands below it is."""

    text: str = ""
    href: str = ""
    sub: str = ""
    tags: tuple[Tag, ...] = ()
    number: bool = False
    main: bool = False
    controls: tuple[Control, ...] = ()
    folded: tuple[Control, ...] = ()
    bands: tuple[Band, ...] = ()
    lang: str = ""
    sub_lang: str = ""

    @property
    def unfolded(self) -> bool:
        """Whether something folded was not taken, so that it has to be seen."""
        return any(control.wrong for control in self.folded)


class Pick(NamedTuple):
    """A box in front of a row: what is sent where it is ticked, and the row in words."""

    value: str
    about: str
    ticked: bool = False


@dataclass(frozen=True)
class Column:
    """A column; ``sort`` is the key its header sorts by, empty where it does not."""

    label: str
    sort: str = ""
    number: bool = False


@dataclass(frozen=True)
class Header:
    label: str
    href: str
    direction: str
    number: bool


@dataclass(frozen=True)
class Paging:
    """Where in the list this page is, and the addresses around it."""

    page: int
    pages: int
    total: int
    before: str = ""
    after: str = ""
    words: ListWords = EVERYBODY["en"].lists

    @property
    def said(self) -> str:
        """How many there are in all, and which page this is."""
        numbers = {name: f"{getattr(self, name):,}" for name in ("total", "page", "pages")}
        return self.words.paged.format(**numbers)


@dataclass(frozen=True)
class Table:
    """A table ready to draw."""

    caption: str
    headers: tuple[Header, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    paging: Paging | None = None
    labels: tuple[str, ...] = field(default=())
    caption_hidden: bool = False
    picks: tuple[Pick, ...] = ()
    picks_for: str = ""

    @property
    def labelled_rows(self) -> list[tuple[Pick | None, list[tuple[str, Cell]]]]:
        """Each row with its box, and with the name of the column beside each cell."""
        boxes: Sequence[Pick | None] = self.picks or [None] * len(self.rows)
        return [
            (box, list(zip(self.labels, row, strict=True)))
            for box, row in zip(boxes, self.rows, strict=True)
        ]


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    empty: str,
    state: QueryDict | None = None,
    sort: str = "",
    paging: Paging | None = None,
    caption_hidden: bool = False,
    picks: Sequence[Pick] = (),
    picks_for: str = "",
) -> Table:
    """A table of these columns and rows; sorting and paging keep the rest of the address.

    ``picks`` are boxes to tick, one for each row; they belong to the form with the id
    ``picks_for``, which may stand anywhere on the page.
    """
    headers = tuple(_header(column, state, sort) for column in columns)
    return Table(
        caption=caption,
        headers=headers,
        rows=tuple(_cells(columns, row) for row in rows),
        empty=empty,
        paging=paging,
        labels=tuple(c.label for c in columns),
        caption_hidden=caption_hidden,
        picks=tuple(picks),
        picks_for=picks_for,
    )


def _cells(columns: Sequence[Column], row: Sequence[Cell]) -> tuple[Cell, ...]:
    """What stands in a column of numbers lines up with its head."""
    return tuple(
        replace(cell, number=True) if column.number and not cell.number else cell
        for column, cell in zip(columns, row, strict=True)
    )


def paging(
    state: QueryDict,
    *,
    page: int,
    pages: int,
    total: int,
    words: ListWords = EVERYBODY["en"].lists,
) -> Paging:
    """The way to the pages before and after, with the filters kept."""
    return Paging(
        page=page,
        pages=max(pages, 1),
        total=total,
        before=address(state, page=str(page - 1)) if page > 1 else "",
        after=address(state, page=str(page + 1)) if page < pages else "",
        words=words,
    )


def address(state: QueryDict, **changes: str) -> str:
    """The query part of the address with some values changed; an empty value leaves."""
    kept = state.copy()
    if "page" not in changes:
        kept.pop("page", None)
    for name, value in changes.items():
        if value:
            kept[name] = value
        else:
            kept.pop(name, None)
    return "?" + kept.urlencode()


def _header(column: Column, state: QueryDict | None, sort: str) -> Header:
    if not column.sort or state is None:
        return Header(column.label, "", "", column.number)
    name = column.sort.lstrip("-")
    current = sort.lstrip("-") == name
    if current:
        other = name if sort.startswith("-") else f"-{name}"
        direction = "descending" if sort.startswith("-") else "ascending"
        return Header(column.label, address(state, sort=other), direction, column.number)
    return Header(column.label, address(state, sort=column.sort), "", column.number)


def page_number(state: Mapping[str, str]) -> int:
    """The page asked for; anything that is not a page is the first."""
    given = state.get("page", "1")
    return max(1, min(int(given), 100_000)) if given.isascii() and given.isdigit() else 1
