"""A plan as its pages show it: the table of its steps, the picture, what a version changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from wardroom.plans.queries import PlanRow, PlanView, forecast_of
from wardroom.plans.rules import Forecast
from wardroom.web.plans.schedule import schedule
from wardroom.web.plans.where import step_address, version_address
from wardroom.web.ui.tables import Cell, Column, Table, Tag, table
from wardroom.web.ui.words import counted, day_text, state_tag

COLUMNS = (
    Column("Step"),
    Column("Agency"),
    Column("Asked"),
    Column("Promise"),
    Column("State"),
    Column("Likely"),
)
OLD_COLUMNS = (Column("Step"), Column("Agency"), Column("As it stood then"), Column("Now"))
SEEN_TONES = {"fixed": "good", "partly": "warn", "not_fixed": "bad"}
NOBODY_LOOKED = "nobody has looked"


def plan_parts(plan: PlanView | None, kind: str, today: date) -> dict[str, Any]:
    """What `locations/_plan.html` needs besides the plan: the table, the picture, the way on."""
    if plan is None:
        return {"plan": None, "plan_table": None, "schedule": None, "plan_whole": ""}
    expected = forecast_of(plan, on=today)
    return {
        "plan": plan,
        "plan_table": plan_table(plan, kind, expected),
        "schedule": schedule(plan, expected, today),
        "plan_whole": version_address(kind, plan.matter_id, plan.version),
    }


def plan_table(plan: PlanView, kind: str, expected: Mapping[int, Forecast]) -> Table:
    """The steps of the newest version, with what to expect of each."""
    rows = [_cells(row, plan, kind, expected[row.position]) for row in plan.rows]
    return table(
        f"Steps of the work plan, version {plan.version}",
        COLUMNS,
        rows,
        empty="The plan has no steps.",
    )


def old_table(plan: PlanView) -> Table:
    """The steps of an older version: how they stood when it was adopted, and how they went."""
    rows = [
        (
            Cell(f"{row.position}. {row.wording_then}", sub=_after(row), main=True),
            Cell(row.agency_code or row.agency_name, sub=_who(row)),
            Cell(_then(row)),
            Cell(tags=_tags(row), sub=_day_now(row)),
        )
        for row in plan.rows
    ]
    return table(
        f"Steps of the work plan, version {plan.version}",
        OLD_COLUMNS,
        rows,
        empty="The plan has no steps.",
    )


def asked_words(row: PlanRow) -> str:
    """Whether the agency answered, and that it was first asked for by another day."""
    if row.asked_on is None:
        return ""
    said = f"answered {day_text(row.answered_on)}" if row.answered_on else "no answer yet"
    if row.first_due_on == row.due_on:
        return said
    return f"{said}; by {day_text(row.due_on)}, first by {day_text(row.first_due_on)}"


def promise_words(row: PlanRow) -> str:
    """How a promise moved, how long after the day asked for it is, or that there is none."""
    if row.state == "countered":
        return "offered by the agency"
    if row.promised_on is None:
        return "not promised" if row.state in ("requested", "proposed") else ""
    return "; ".join(words for words in (_slip(row), _after_asked(row)) if words)


def _slip(row: PlanRow) -> str:
    if not row.slip_days:
        return ""
    way = "later" if row.slip_days > 0 else "earlier"
    first = day_text(row.first_promised_on)
    return f"first {first}, {counted(abs(row.slip_days), 'day')} {way}"


def _after_asked(row: PlanRow) -> str:
    if row.state != "accepted" or row.promised_on is None or row.promised_on <= row.due_on:
        return ""
    return f"{counted((row.promised_on - row.due_on).days, 'day')} after what was asked"


def look_words(row: PlanRow) -> str:
    """Who looked whether it was done, or that nobody has."""
    if row.state != "done":
        return row.decline_label
    if row.seen is None:
        return NOBODY_LOOKED
    return f"{day_text(row.seen.seen_on)}, {row.seen.observer_name}"


def likely_words(row: PlanRow, expected: Forecast) -> tuple[str, str]:
    """The likely day, and what is said under it."""
    if row.state == "done":
        return f"done {day_text(row.done_on)}", ""
    if row.state in ("declined", "withdrawn"):
        return "-", ""
    if expected.likely_on is None:
        return "nobody can tell", "revise the plan"
    under = f"cannot start before {day_text(expected.starts_on)}" if expected.starts_on else ""
    if not under and expected.late_days > 0:
        under = f"{counted(expected.late_days, 'day')} overdue"
    return day_text(expected.likely_on), under


def _cells(row: PlanRow, plan: PlanView, kind: str, expected: Forecast) -> tuple[Cell, ...]:
    likely, under = likely_words(row, expected)
    late = (Tag(f"{counted(expected.late_days, 'day')} late", "bad"),)
    return (
        Cell(
            f"{row.position}. {row.wording}",
            href=step_address(kind, plan.matter_id, row.position),
            sub=_waits(row, expected),
            main=True,
        ),
        Cell(row.agency_code or row.agency_name, sub=_who(row)),
        Cell(day_text(row.asked_on) or "not yet", sub=asked_words(row)),
        Cell(day_text(row.promised_on or row.given_on), sub=promise_words(row)),
        Cell(tags=_tags(row), sub=look_words(row)),
        Cell(
            likely,
            sub=under,
            tags=late if expected.late_days > 0 else (),
        ),
    )


def _tags(row: PlanRow) -> tuple[Tag, ...]:
    if row.seen is None:
        return (state_tag(row.state),)
    return (Tag(row.seen.finding_label, SEEN_TONES.get(row.seen.finding, "")),)


def _who(row: PlanRow) -> str:
    return " · ".join(part for part in (row.owner_name, row.authority) if part)


def _waits(row: PlanRow, expected: Forecast) -> str:
    """Every step that this one waits for, and the one that holds it back, with its day."""
    if not expected.why:
        return _after(row)
    every = f"{_after(row).capitalize()}. " if len(row.waits_for) > 1 else ""
    return f"{every}{expected.why[0]}"


def _after(row: PlanRow) -> str:
    if not row.waits_for:
        return ""
    return f"after {'step' if len(row.waits_for) == 1 else 'steps'} {numbers(row.waits_for)}"


def numbers(positions: tuple[int, ...]) -> str:
    """Positions as people say them: 1, 2 and 3."""
    words = [str(n) for n in positions]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _then(row: PlanRow) -> str:
    if row.due_then is None:
        return f"asked for by {day_text(row.due_on)}"
    if row.promised_then is not None:
        return f"promised for {day_text(row.promised_then)}"
    return f"asked for by {day_text(row.due_then)}"


def _day_now(row: PlanRow) -> str:
    if row.done_on:
        return f"{day_text(row.done_on)}; {look_words(row)}"
    return day_text(row.promised_on) if row.promised_on else ""
