"""Rounds as tables and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from wardroom.fieldwork.queries import DisputeRow, RoundFile, RoundRow, StopRow
from wardroom.fieldwork.rules import is_clear, lot_words, percent, result_range, result_words
from wardroom.web.rows import matter_address
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table
from wardroom.web.ui.words import counted, day_text, instant_text, state_tag

MILE, FOOT = 1_609.344, 0.3048
COLUMNS = (
    Column("Round"),
    Column("Closed"),
    Column("Looked at"),
    Column("Result"),
)
STRATUM_COLUMNS = (
    Column("Where"),
    Column("What"),
    Column("Closed", number=True),
    Column("Drawn", number=True),
    Column("Fixed"),
)
UNFIXED_COLUMNS = (Column("Stop"), Column("Found"), Column("What next"))
WALK_COLUMNS = (Column("Walk"), Column("Stops"), Column("How far"))
DISPUTE_COLUMNS = (Column("Stop"), Column("What the agency says"), Column("Answer"))
DISPUTES = {
    "open": Tag("Disputed", "warn"),
    "upheld": Tag("Upheld", "good"),
    "dismissed": Tag("Dismissed"),
}
STATES = {"drawn": "round_drawn", "walked": "round_walked", "ended": "round_ended"}
TONES = {True: "good", False: "bad", None: "warn"}


def distance(metres: float) -> str:
    """How far it is on foot."""
    if metres < 400:
        return f"{round(metres / FOOT / 50) * 50:,.0f} feet ({round(metres / 10) * 10:.0f} meters)"
    if metres < 1000:
        return f"{metres / MILE:.1f} miles ({round(metres / 10) * 10:.0f} meters)"
    return f"{metres / MILE:.1f} miles ({metres / 1000:.1f} km)"


def row_cells(row: RoundRow) -> tuple[Cell, ...]:
    """One round in the list."""
    where = f"Ward {row.ward_code}" if row.ward_code else "Several wards"
    parts = [where, row.agency, "to accept or reject" if row.lot else ""]
    return (
        Cell(
            row.title,
            href=reverse("round", args=[row.id]),
            sub=" · ".join(part for part in parts if part),
            tags=(state_tag(STATES[row.state]), *((DISPUTES["open"],) if row.disputed else ())),
            main=True,
        ),
        Cell(f"{day_text(row.closed_from)} to {day_text(row.closed_until)}"),
        Cell(f"{row.looked} of {row.checks}"),
        Cell(word_of(row) or "After its end", tags=_lot_tags(row)),
    )


def word_of(row: RoundRow) -> str:
    """The result in a few words: a share, or that nobody can tell yet; empty before the end."""
    if row.figures is None:
        return ""
    if not is_clear(row.figures):
        return "Cannot tell yet"
    low, high = result_range(row.figures)
    told = row.figures["told"]["value"]
    return f"{told:.0%} fixed ({percent(low)} to {percent(high, up=True)})"


def passing(passed: bool | None) -> str:
    """Whether a lot passes, in two words."""
    return "Cannot tell yet" if passed is None else "Passes" if passed else "Does not pass"


def _lot_tags(row: RoundRow) -> tuple[Tag, ...]:
    if not row.lot or row.figures is None:
        return ()
    return (Tag(passing(row.passed), TONES[row.passed]),)


def result(file: RoundFile) -> Mapping[str, Any] | None:
    """What a round that is over says, for its page."""
    figures = file.row.figures
    if figures is None:
        return None
    low, high = result_range(figures)
    told, lot = figures["told"], figures["lot"]
    value = told["value"]
    unclear = figures["unclear"]
    return {
        "word": passing(lot["passes"]) if lot else word_of(file.row),
        "tone": TONES[lot["passes"]] if lot else "",
        "sentence": result_words(figures),
        "lot": lot_words(lot) if lot else "",
        "next": _next_words(lot) if lot else "",
        "share": "-" if value is None else f"{value:.0%}",
        "range": f"{percent(low)} to {percent(high, up=True)}",
        "worst": percent(figures["worst"]["lower"]),
        "best": percent(figures["best"]["upper"], up=True),
        "unclear": f"{unclear['value'] or 0:.0%}",
        "unclear_range": f"{percent(unclear['lower'])} to {percent(unclear['upper'], up=True)}",
        "left": file.row.checks - figures["looked"],
        "unseen": told["unseen"],
        "figures": figures,
    }


def _next_words(lot: Mapping[str, Any]) -> str:
    rounds = counted(lot["rounds"], "round")
    return (
        f"The next round of this agency takes {counted(lot['next_checks'], 'check')}"
        f" ({lot['next_reason']}; {rounds} under this plan so far)."
    )


def chances(good: float | None, bad: float | None) -> tuple[str, ...]:
    """How often a good and a bad lot pass, in percent."""
    return tuple(f"{chance:.0%}" for chance in (good, bad) if chance is not None)


def stratum_cells(ward: str, kind: str, named: Set[str]) -> tuple[Cell, Cell]:
    """Where and what; ``named`` are the wards of which some kinds stand by themselves."""
    together = "All other kinds" if ward in named else "All kinds"
    where = Cell(f"Ward {ward}" if ward else "All wards together", main=True)
    return where, Cell(kind or together)


def stratum_table(file: RoundFile) -> Table:
    """Ward by ward and kind by kind; what was found once it is over."""
    named = {s.ward_code for s in file.strata if s.kind_name}
    rows = [
        (
            *stratum_cells(s.ward_code, s.kind_name, named),
            Cell(f"{s.closed:,}", number=True),
            Cell(str(s.checks), number=True),
            _found_cell(s.found),
        )
        for s in file.strata
    ]
    caption = counted(len(rows), "group")
    return table(caption, STRATUM_COLUMNS, rows, empty="Not in your ward.")


def _found_cell(found: Mapping[str, Any] | None) -> Cell:
    if found is None:
        return Cell("After its end")
    told = found["fixed"] + found["partly"] + found["not_fixed"]
    if not told:
        return Cell("Cannot tell yet")
    between = f"{percent(found['lower'])} to {percent(found['upper'], up=True)}"
    unclear = found["cannot_determine"]
    more = f"; {unclear} could not tell" if unclear else ""
    return Cell(f"{found['fixed']} of {told}", sub=f"{between}{more}")


def walk_table(file: RoundFile) -> Table:
    """The walks of a round."""
    rows = [
        (
            Cell(
                f"Ward {w.ward_code}, walk {w.walk}",
                href=reverse("round_walk", args=[file.row.id, w.walk]),
                main=True,
            ),
            Cell(f"{w.looked} of {w.stops} looked at"),
            Cell(distance(w.metres) if w.stops > 1 else "One place"),
        )
        for w in file.walks
    ]
    return table("Walks", WALK_COLUMNS, rows, empty="No stop is in your ward.", caption_hidden=True)


def about(stop: StopRow) -> str:
    """What was closed, and when: enough to know what to look for, and not what the agency says."""
    if stop.service_name:
        kind = "" if stop.service_name == stop.kind_name else f" ({stop.kind_name})"
        begun = f"{stop.service_name}{kind}, reported {day_text(stop.begun_on)}"
        return f"{begun}, closed {day_text(stop.closed_on)}"
    begun = f"“{stop.kind_name}”, asked {day_text(stop.begun_on)}"
    return f"{begun}, said to be done {day_text(stop.closed_on)}"


def unfixed_table(round_id: int, stops: Sequence[StopRow]) -> Table:
    """What was not fixed, with what can be done about it."""
    rows = []
    for stop in stops:
        found = stop.check
        rows.append(
            (
                Cell(
                    stop.label,
                    href=reverse("round_stop", args=[round_id, stop.id]),
                    sub=f"Ward {stop.ward_code} · {about(stop)}",
                    main=True,
                ),
                Cell(found.finding_label if found else "", sub=found.note if found else ""),
                Cell(*next_step(stop)),
            )
        )
    caption = counted(len(rows), "stop was", "stops were") + " not fixed, or partly"
    return table(
        caption, UNFIXED_COLUMNS, rows, empty="Nobody found anything here that was not fixed."
    )


def dispute_table(round_id: int, rows: Sequence[DisputeRow]) -> Table | None:
    """What agencies dispute in a round and how it was settled; nothing where there is none."""
    if not rows:
        return None
    caption = counted(len(rows), "finding") + " disputed"
    shown = [_dispute_cells(round_id, row) for row in rows]
    return table(caption, DISPUTE_COLUMNS, shown, empty="Nothing is disputed.")


def _dispute_cells(round_id: int, row: DisputeRow) -> tuple[Cell, ...]:
    became = f"{row.found_label}, now {row.instead_label.lower()}. " if row.instead_label else ""
    answer = f"{became}{row.settled_why} ({row.settled_by}, {instant_text(row.settled_at)})"
    return (
        Cell(
            row.label,
            href=reverse("round_stop", args=[round_id, row.stop_id]),
            sub=f"Found: {row.found_label.lower()}",
            main=True,
        ),
        Cell(row.wording, sub=f"{row.disputed_by}, {instant_text(row.disputed_at)}"),
        Cell(answer if row.settled_at else "Not settled yet", tags=(DISPUTES[row.state],)),
    )


def next_step(stop: StopRow) -> tuple[str, str]:
    """What can be done about a stop that is not fixed, and where: ask again, or take it in."""
    if stop.matter_id is not None:
        return "Ask again", matter_address(stop.matter_kind, stop.matter_id)
    note = stop.check.note if stop.check else ""
    said = f"Closed on {day_text(stop.closed_on)}, and not fixed when we looked. {note}".strip()
    query = {"spot": f"id:{stop.place_id}", "topic_code": stop.kind_code, "said": said}
    return "Open an issue", f"{reverse('intake')}?{urlencode(query)}"
