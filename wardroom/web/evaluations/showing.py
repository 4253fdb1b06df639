"""An evaluation's figures as tables, a picture and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from wardroom.analysis.change_words import change_in_words
from wardroom.problems.queries.evaluations import EvaluationFile, EvaluationRow, VerdictRow
from wardroom.problems.queries.false_alarms import FalseAlarms
from wardroom.problems.rules.evaluations import (
    EvaluationDraft,
    first_whole_month,
    month_begins_on,
)
from wardroom.problems.rules.false_alarms import SENTENCES, TOO_LITTLE, how_it_stands, in_a_hundred
from wardroom.web.ui.bars import month_name
from wardroom.web.ui.intervals import Interval, effect_interval
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table
from wardroom.web.ui.words import counted, day_text, state_tag

TONES = {"worked": "good", "made worse": "bad"}
COLUMNS = (Column("Evaluation"), Column("Start"), Column("Verdict"), Column("Read so far"))
MONTH_COLUMNS = (
    Column("Month"),
    Column("Came", number=True),
    Column("To be expected", number=True),
    Column("Ordinary, 8 of 10 times"),
)
PLACE_COLUMNS = (
    Column("Location"),
    Column("Counted there"),
    Column("12 months before", number=True),
    Column("Since the start", number=True),
    Column("To be expected", number=True),
)
SEEN_COLUMNS = (Column("Location"), Column("Within"), Column("12 months before", number=True))
ALARM_COLUMNS = (
    Column("Places in a plan"),
    Column("Would have looked helped", number=True),
    Column("90% interval held the truth", number=True),
    Column("What that means"),
)
ALARM_TONES = {"too often": "bad", "seldom": "warn"}


def row_cells(row: EvaluationRow) -> tuple[Cell, ...]:
    """One evaluation in the list."""
    where = f"Ward {row.ward_code}" if row.ward_code else "Several wards"
    tags = (Tag(row.word.capitalize(), TONES.get(row.word, "")),) if row.word else ()
    return (
        Cell(
            row.title,
            href=reverse("evaluation", args=[row.id]),
            sub=f"{counted(row.places, 'place')} · {where}",
            tags=(state_tag(row.standing),),
            main=True,
        ),
        Cell(day_text(row.starts_on)),
        Cell(day_text(row.verdict_on), tags=tags),
        Cell(f"{row.months_read} of {counted(row.months, 'month')}"),
    )


def picture(verdict: VerdictRow) -> Interval | None:
    """The effect with its interval; none where there is too little to draw one."""
    figures = verdict.figures
    if not figures["draws"]:
        return None
    so_far = "so far, which is no verdict," if verdict.interim else "by the day of the verdict"
    return effect_interval(
        figures["effect"],
        figures["low"],
        figures["high"],
        caption=f"What became of the episodes {so_far} with the 90% interval",
    )


def false_alarm_words(verdict: VerdictRow) -> str:
    """The A/A rate of this office's own data, in words."""
    if verdict.a_a_rate is None:
        return (
            "There are too few untreated places to try made-up plans on, so nobody can say how"
            " often this would have been luck."
        )
    of_100 = in_a_hundred(verdict.a_a_rate)
    said = (
        f"Of 100 made-up plans of this size on untreated places, {of_100} would have looked helped."
    )
    return f"{said} {SENTENCES[how_it_stands(verdict.a_a_rate)]}"


def ring_words(verdict: VerdictRow) -> str:
    """The ring around the places as one number, in words."""
    ring = verdict.figures["ring"]
    return change_in_words(ring["effect"]) if ring else "too little there"


def ring_range(verdict: VerdictRow) -> str:
    """The interval of that number."""
    ring = verdict.figures["ring"]
    if not ring:
        return ""
    high = change_in_words(ring["high"]) if ring["high"] is not None else "no end above"
    return f"between {change_in_words(ring['low'])} and {high}"


def ring_moved(verdict: VerdictRow) -> bool:
    """Whether it clearly got worse next door."""
    ring = verdict.figures["ring"]
    return bool(ring) and ring["low"] > 1


def check_words(verdict: VerdictRow) -> tuple[str, ...]:
    """The spot checks, which people's reporting cannot move; empty where nobody looked."""
    seen: Mapping[str, Any] | None = verdict.figures["checks"]
    if not seen:
        return ()
    said = [_clean("treated places", seen, "")]
    if seen["checked_there"]:
        said.append(_clean("places that wait", seen, "_there"))
        gap, low, high = (round(100 * share) for share in seen["difference"])
        said.append(
            f"That is {gap:+d} percentage points for the treated ones; 90% interval: from"
            f" {low:+d} to {high:+d}."
        )
    else:
        said.append("Nobody looked at places without a plan, so this has nothing beside it.")
    return tuple(said)


def _clean(which: str, seen: Mapping[str, Any], side: str) -> str:
    now = f"{seen[f'clean{side}']} of {seen[f'checked{side}']} {which} were clean when last seen"
    if not seen.get(f"checked{side}_before"):
        return f"{now}; before the start nobody looked."
    before = f"{seen[f'clean{side}_before']} of {seen[f'checked{side}_before']}"
    return f"{now}; before the start {before}."


def seen_table(draft: EvaluationDraft, titles: Mapping[int, str]) -> Table:
    """The places of an evaluation that is to be registered."""
    rows = [
        (
            Cell(titles.get(p.location_id, "Location"), sub=f"Ward {p.ward_code}", main=True),
            Cell(f"{p.radius_m:.0f} meters"),
            Cell(str(p.before), number=True),
        )
        for p in draft.places
    ]
    return table(counted(len(rows), "place"), SEEN_COLUMNS, rows, empty="")


def alarm_table(alarms: FalseAlarms) -> Table:
    """How often the judge was wrong on plans that nobody made, by the size of the plan."""
    rows = [
        (
            Cell(
                counted(row.size, "place"),
                sub=f"{row.plans:,} made-up plans",
                tags=(Tag(row.stands.capitalize(), ALARM_TONES[row.stands]),)
                if row.stands in ALARM_TONES
                else (),
                main=True,
            ),
            Cell(
                f"{100 * row.rate:.1f} of 100",
                sub=f"95% interval: {100 * row.low:.1f} to {100 * row.high:.1f}",
                number=True,
            ),
            Cell(f"{100 * row.held:.0f} of 100", number=True),
            Cell(row.sentence),
        )
        for row in alarms.rows
    ]
    return table("By the number of places", ALARM_COLUMNS, rows, empty=TOO_LITTLE)


def month_table(row: EvaluationRow, verdict: VerdictRow) -> Table | None:
    """The months so far beside those of places without a plan."""
    seen: Mapping[str, Any] | None = verdict.figures["watch"]
    if not seen:
        return None
    first = first_whole_month(row.starts_on)
    rows = [
        (
            Cell(_month(month_begins_on(first + n)), main=True),
            Cell(f"{came:.0f}", number=True),
            Cell(_about(seen["expected"][n]), number=True),
            Cell(f"{_about(seen['low'][n])} to {_about(seen['high'][n])}"),
        )
        for n, came in enumerate(seen["after"])
    ]
    return table("Month by month", MONTH_COLUMNS, rows, empty="No month is over yet.")


def place_table(file: EvaluationFile, verdict: VerdictRow | None) -> Table:
    """Each place with its numbers; one place alone never carries a verdict."""
    told = {row["location"]: row for row in verdict.figures["places"]} if verdict else {}
    rows = []
    for place in file.places:
        seen = told.get(place.location_id)
        rows.append(
            (
                Cell(
                    place.title,
                    href=reverse("location", args=[place.matter_id]),
                    sub=f"Ward {place.ward_code} · within {place.radius_m:.0f} meters",
                    tags=(Tag("Waits, as drawn", "warn"),) if place.waits else (),
                    main=True,
                ),
                Cell(", ".join(place.topics)),
                Cell(str(place.before), number=True),
                Cell(str(seen["after"]) if seen else "-", number=True),
                Cell(_about(seen["expected"]) if seen else "-", number=True),
            )
        )
    return table("Place by place", PLACE_COLUMNS, rows, empty="None of its places is in your ward.")


def starts_words(alarms: FalseAlarms) -> str:
    """The months at which the made-up plans pretended to begin."""
    return ", ".join(month_name(month) for month in reversed(alarms.starts))


def _about(number: float) -> str:
    """A number to be expected: whole, unless it is small."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}"


def _month(day: date) -> str:
    return month_name(f"{day:%Y-%m}")
