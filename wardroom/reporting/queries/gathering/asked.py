"""The asks that a week's report speaks of, as they stood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask
from wardroom.matters.queries import AskThen, DoneAsk, seen_by_others
from wardroom.matters.rules import REFERRAL, WITH_AGENCY
from wardroom.reporting.rules import Week


def asks_told(
    asks: Mapping[int, AskThen],
    still: Collection[int],
    week: Week,
    as_of: datetime,
    *,
    locations: Collection[int],
) -> list[dict[str, Any]]:
    """Each ask that waits, is late, was refused, or had its day, was moved or done in the week.

    Of the persistent ``locations`` each of their asks.
    """
    told = [a for a in asks.values() if a.matter_id in locations or _speaks(a, still, week)]
    rows = Ask.objects.filter(pk__among=[ask.ask_id for ask in told])
    named = {
        row.pk: row
        for row in rows.select_related("party", "matter").only(
            "wording", "party__name", "party__code", "matter__title", "matter__kind", "asked_by"
        )
    }
    moved = [ask.ask_id for ask in told if _within(ask.moved_on, week)]
    why, seen = (
        _why_moved(moved, as_of),
        _seen([ask for ask in told if _done_in(ask, week)], named, as_of),
    )
    return [
        {
            **_plain(ask, named[ask.ask_id], week),
            "matter_open": ask.matter_id in still,
            "why_moved": why.get(ask.ask_id, ""),
            "seen": seen.get(ask.ask_id, ""),
        }
        for ask in sorted(told, key=lambda ask: (ask.due_on, ask.ask_id))
    ]


def worth_a_look(ward_code: str, week: Week, locations: Collection[int]) -> set[int]:
    """The matters whose asks may be spoken of: not those that were done with before the week.

    What an agency last reported done before the week, and nobody has asked again since, was
    done at any later instant.
    """
    first, last = week.starts_on, week.ends_on
    done_with = Q(state="done", done_at__lt=week.start_at) & ~Q(
        first_promised_on__gte=first, first_promised_on__lte=last
    )
    rows = Ask.objects.filter(ward_code=ward_code, kind=REFERRAL).exclude(done_with)
    return {*locations, *rows.order_by().values_list("matter", flat=True).distinct()}


def _speaks(ask: AskThen, still: Collection[int], week: Week) -> bool:
    promised = ask.first_promised_on
    return (
        ask.state in WITH_AGENCY
        or ask.state == "countered"
        or (ask.state == "declined" and ask.matter_id in still)
        or (promised is not None and week.starts_on <= promised <= week.ends_on)
        or _within(ask.moved_on, week)
        or _done_in(ask, week)
    )


def _within(day: date | None, week: Week) -> bool:
    return day is not None and week.starts_on <= day <= week.ends_on


def _done_in(ask: AskThen, week: Week) -> bool:
    return ask.state == "done" and ask.done_at is not None and ask.done_at >= week.start_at


def _plain(ask: AskThen, row: Ask, week: Week) -> dict[str, Any]:
    days = ("due_on", "asked_on", "counter_on", "promised_on", "first_promised_on")
    given = ((name, getattr(ask, name)) for name in days)
    return {
        "ask_id": ask.ask_id,
        "matter_id": ask.matter_id,
        "agency": row.party.code or row.party.name,
        "wording": row.wording,
        "title": row.case.title,
        "state": ask.state,
        "expected_on": ask.expected_on.isoformat(),
        **{name: day.isoformat() if day else "" for name, day in given},
        "kept": ask.kept,
        "counts": ask.counts_as_promise(),
        "moved_in_week": _within(ask.moved_on, week),
        "done_in_week": _done_in(ask, week),
    }


def _why_moved(ask_ids: list[int], as_of: datetime) -> dict[int, str]:
    """Why the promises of these asks were last moved, in the agency's words."""
    if not ask_ids:
        return {}
    lines = Entry.objects.filter(kind="PromiseMoved", at__lt=as_of, body__ask_id__in=ask_ids)
    return {
        body["ask_id"]: body.get("reason", "")
        for body in lines.order_by("pk").values_list("body", flat=True)
    }


def _seen(told: list[AskThen], rows: Mapping[int, Ask], as_of: datetime) -> dict[int, str]:
    """What somebody who had no hand in it first found after an ask was done, by the ask."""
    done = [
        DoneAsk(
            ask.ask_id,
            ask.matter_id,
            ask.done_at,
            rows[ask.ask_id].asked_by_id,
            rows[ask.ask_id].party_id,
        )
        for ask in told
        if ask.done_at is not None
    ]
    looks = seen_by_others(done, until=as_of)
    return {pk: f"{seen[0].finding} on {seen[0].on}" for pk, seen in looks.items()}
