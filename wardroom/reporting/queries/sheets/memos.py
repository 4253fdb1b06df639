"""The memo before a meeting or a visit: what it is, where it stands, and what to ask for."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.casework.queries import has_unread_mail
from wardroom.fieldwork.queries import checks_of
from wardroom.matters.queries import MatterHeader, get_matter, matter_header
from wardroom.matters.rules import LIVE, REFERRAL
from wardroom.plans.queries import PlanView, plan_of
from wardroom.reporting.queries.sheets.about import (
    analysis_of,
    analysis_part,
    has_unanswered,
    of_its_kind,
)
from wardroom.reporting.queries.sheets.asked import all_asks_told
from wardroom.reporting.rules.sheets import (
    ASKS,
    MEMO,
    Part,
    Sheet,
    ask_row,
    lines_of,
    still_open,
    table_of,
    things_to_ask,
)
from wardroom.reporting.rules.wording import day_words, how_many

CHECKS = 3
MOST_WAITING = 30
UNREAD = "Mail about it came in and waits to be read."


def memo(matter_id: int, actor: Actor, *, at: datetime) -> tuple[Sheet, str]:
    """The memo about one matter, and the ward it belongs to."""
    today = localdate(at)
    matter = get_matter(matter_id, actor)
    head = matter_header(matter, actor)
    plan = plan_of(matter_id, actor)
    every = all_asks_told(matter_id, actor)
    waiting = tuple(ask for ask in every if ask.state in LIVE)
    asks = tuple(a for a in every if a.kind == REFERRAL and a.state != "proposed")
    analysis = analysis_of(head.kind, matter_id, actor)
    cause_known = bool(analysis and analysis.texts["cause"])
    own = of_its_kind(head.kind, matter_id, actor, today)
    unread = has_unread_mail(matter, actor)
    quiet = not (waiting or unread or has_unanswered(own))
    others = [ask for ask in asks if ask not in still_open(asks)]
    parts = (
        Part("What it is", lines=_what(head, plan, cause_known=cause_known)),
        analysis_part(analysis),
        *own,
        Part("Where it stands", lines=(*_where(head, plan, today), *((UNREAD,) if unread else ()))),
        Part("What to ask for", lines=lines_of(things_to_ask(asks, today)),
             none="Nothing waits for anybody." if quiet else "Nothing of an agency today."),
        Part("What waits", head=ASKS,
             rows=table_of([ask_row(ask, today) for ask in waiting], MOST_WAITING),
             none="No ask, to-do, approval or legal clock is open."),
        Part("Last checks", lines=_checks(matter_id, actor), none="Nobody has looked yet."),
        Part("Asked before", head=ASKS, rows=table_of([ask_row(a, today) for a in others], 6)),
    )  # fmt: skip
    about = (
        f"{head.kind_label} W-{head.id}, Ward {head.ward_code}".removesuffix(", Ward "),
        f"{head.owner_name} owns it" if head.owner_name else "",
        "Restricted: for those it names only." if head.restricted else "",
    )
    return Sheet(MEMO, head.id, head.title, about, today, parts), head.ward_code


def _what(head: MatterHeader, plan: PlanView | None, *, cause_known: bool) -> tuple[str, ...]:
    where = f" at {head.place_label}" if head.place_label else ""
    since = f", open since {_day(head.opened_on)}" if head.opened_on else ""
    words = [f"{head.kind_label}{where}{since}."]
    if plan is not None:
        words.append(f"Aim: {plan.objective} ({plan.measure}: {_number(plan.baseline)} now or"
                     f" before, {_number(plan.target)} by {_day(plan.target_on)}).")  # fmt: skip
        if plan.cause and not cause_known:
            words.append(f"Why it keeps coming back: {plan.cause}")
    return tuple(words)


def _where(head: MatterHeader, plan: PlanView | None, today: date) -> tuple[str, ...]:
    words = []
    if head.state == "closed":
        words.append(f"Closed {_day(head.closed_on)}: {head.outcome_label}.")
    elif head.next_on:
        late = ", which is over" if head.next_on < today else ""
        step = f": {head.next_step}" if head.next_step else ""
        words.append(f"Next: {_day(head.next_on)}{late}{step}.")
    if head.came_back_on:
        words.append(f"It came back on {_day(head.came_back_on)}.")
    if plan is not None:
        steps = how_many(len(plan.rows), "step")
        words.append(
            f"Plan of {_day(plan.adopted_on)}, version {plan.version}: {steps},"
            f" {plan.done_steps} called done by their agencies, {plan.seen_steps} seen done."
            f" To be looked at again on {_day(plan.review_on)}."
        )
    else:
        words.append("There is no work plan.")
    return tuple(words)


def _checks(matter_id: int, actor: Actor) -> tuple[str, ...]:
    rows = checks_of(matter_id, actor).rows[:CHECKS]
    return tuple(
        f"{_day(localdate(row.seen_at))}, {row.observer_name}: {row.finding_label}"
        f"{f', {row.rating} of 4' if row.rating else ''}{f'. {row.note}' if row.note else ''}"
        for row in rows
    )


def _day(day: date | None) -> str:
    return day_words(day.isoformat()) if day else "-"


def _number(value: float) -> str:
    return f"{value:g}"
