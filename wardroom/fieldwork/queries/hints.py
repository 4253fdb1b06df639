"""What to look for at each stop of a walk: what the office knows of it.

What an agency says came of its work is not here: nobody reads that before they looked. Nor is
anything of a matter that is restricted: the lines are kept on a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.documents.models import Attachment
from wardroom.documents.policy import attachment_reach
from wardroom.fieldwork import policy, rules
from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Ask, Matter
from wardroom.matters.policy import reach_inside, reach_of_asks

ASKED = ("asked", "accepted", "done")
MOST_ASKS = 2


def hints_for(
    matter_ids: Iterable[int], actor: Actor, *, on: date
) -> Mapping[int, tuple[str, ...]]:
    """Short lines for each matter within reach: since when, what was asked, when last seen."""
    ids = sorted(set(matter_ids))
    matters = Matter.objects.within(reach_inside(actor)).filter(pk__in=ids, restricted=False)
    asks, checks = _asks(ids, actor, on), _checks(ids, actor, on)
    pictures = _pictures(ids, actor, on)
    return {
        matter.pk: (
            f"Reported {_day(on, localdate(matter.opened_at))}.",
            *asks.get(matter.pk, ())[:MOST_ASKS],
            checks.get(matter.pk, "Nobody of the office has looked yet."),
            *pictures.get(matter.pk, ()),
        )
        for matter in matters
    }


def _asks(ids: list[int], actor: Actor, on: date) -> Mapping[int, list[str]]:
    """What agencies were asked, the newest first, and for when they promised it."""
    rows = Ask.objects.within(reach_of_asks(actor)).filter(
        matter__in=ids, kind="referral", state__in=ASKED
    )
    found: dict[int, dict[tuple[str, str], str]] = {}
    for ask in rows.order_by("-asked_at", "-pk"):
        if ask.matter_id is not None:
            known = found.setdefault(ask.matter_id, {})
            known.setdefault((ask.agency_code, ask.wording), _ask(ask, on))
    return {matter_id: list(known.values()) for matter_id, known in found.items()}


def _ask(ask: Ask, on: date) -> str:
    """When it was asked and for when; not that, or when, the agency says it is done."""
    asked = f" {_day(on, localdate(ask.asked_at))}" if ask.asked_at is not None else ""
    if ask.promised_on is not None:
        when = f"promised by {_day(on, ask.promised_on)}"
    else:
        when = f"wanted by {_day(on, ask.due_on)}"
    return f"Asked of {ask.agency_code or 'an agency'}{asked}, {when}: {ask.wording.rstrip('.')}."


def _checks(ids: list[int], actor: Actor, on: date) -> Mapping[int, str]:
    """When each was looked at last, and what was there."""
    rows = ConditionCheck.objects.within(policy.reach(actor)).filter(matter__in=ids)
    found: dict[int, str] = {}
    for check in rows.order_by("seen_at", "pk"):
        rated = rules.RATINGS.get(check.rating or 0, "")
        words = f"{check.rating} {rated}" if rated else rules.FINDINGS[check.finding]
        found[check.matter_id] = f"Last look {_day(on, localdate(check.seen_at))}: {words}."
    return found


def _pictures(ids: list[int], actor: Actor, on: date) -> Mapping[int, tuple[str, ...]]:
    """How many photographs there are, and of when the newest is."""
    rows = Attachment.objects.within(attachment_reach(actor)).filter(
        noun="matter", key__in=list(map(str, ids)), removed_at__isnull=True,
        document__media_type__startswith="image/",
    )  # fmt: skip
    taken: dict[int, list[date]] = {}
    for key, taken_at, added_at in rows.values_list("key", "taken_at", "added_at"):
        taken.setdefault(int(key), []).append(localdate(taken_at or added_at))
    return {
        key: (f"{len(days)} photograph{'s' * (len(days) > 1)}, newest {_day(on, max(days))}.",)
        for key, days in taken.items()
    }


def _day(on: date, day: date) -> str:
    """A day in a few letters; the year where it is not that of the walk."""
    return f"{day:%b} {day.day}" + (f", {day:%Y}" if day.year != on.year else "")
