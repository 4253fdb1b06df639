"""Keeping the worklist true: called by every change, in the same commit."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action_is_running
from wardroom.directory.models import Party
from wardroom.matters import rules
from wardroom.matters.models import Ask, Matter, Waiting
from wardroom.matters.rules import Wait

# What waits for whoever owns a matter, and goes along where that changes.
FOLLOWS_MATTER = ("mail", "alert_change", "word", "twin")


def wait_for(
    noun: str,
    key: str,
    wait: Wait | None,
    *,
    party: Party | None,
    title: str,
    matter: Matter | None = None,
    ward_code: str = "",
    agency_code: str = "",
    place_label: str = "",
    new: bool = False,
    stamp: Stamp,
) -> None:
    """Say that a thing waits for somebody, or, without a wait, that it no longer does.

    One thing has one row; what is ``new`` has none yet. Other apps call this from their own
    actions.
    """
    if not action_is_running():
        raise RuntimeError("the worklist is kept by actions only")
    if wait is None or party is None:
        Waiting.objects.filter(noun=noun, key=key).delete()
        return
    known = None if new else Waiting.objects.filter(noun=noun, key=key).first()
    row = known or Waiting(noun=noun, key=key)
    if row.pk is None or row.reason != wait.reason or row.party_id != party.pk:
        row.since_at = stamp.at
    row.party, row.reason, row.due_on = party, wait.reason, wait.due_on
    row.title, row.place_label = title[:300], place_label[:200]
    row.ward_code, row.agency_code, row.matter = ward_code, agency_code, matter
    row.save()


def end_wait(noun: str, key: str) -> None:
    """Say that a thing waits for nobody any more; called by the change that dealt with it."""
    Waiting.objects.filter(noun=noun, key=key).delete()


def end_waits(noun: str, start: str) -> None:
    """The same for every row whose key starts so, such as those of many people."""
    Waiting.objects.filter(noun=noun, key__startswith=start).delete()


def keep_matter_waiting(matter: Matter, *, new: bool = False, stamp: Stamp) -> None:
    """What an open matter wants next, in its owner's list."""
    wait_for(
        "matter",
        str(matter.pk),
        rules.matter_waits(matter.state, matter.next_on),
        party=matter.owner,
        title=f"{matter.title}: {matter.next_step}" if matter.next_step else matter.title,
        matter=matter,
        ward_code=matter.ward_code,
        place_label=matter.place.label if matter.place else "",
        new=new,
        stamp=stamp,
    )


def keep_ask_waiting(ask: Ask, *, stamp: Stamp) -> None:
    """What an ask wants of the office, in the list of the matter's owner or of its own party."""
    matter = ask.matter
    referral = ask.kind == rules.REFERRAL
    wait = rules.ask_waits(
        ask.kind,
        ask.state,
        due_on=ask.due_on,
        promised_on=ask.promised_on,
        proposed_on=localdate(ask.proposed_at),
        answered_on=_day(ask.answered_at),
        done_on=_day(ask.done_at),
        settled=ask.settled_at is not None,
    )
    if wait and ask.clock_is_paused:
        wait = None
    wait_for(
        "ask",
        str(ask.pk),
        wait if matter is None or matter.state == "open" else None,
        party=matter.owner if matter is not None and referral else ask.party,
        title=f"{ask.party.code}: {ask.wording}" if referral else ask.wording,
        matter=matter,
        ward_code=ask.ward_code,
        agency_code=ask.agency_code,
        place_label=matter.place.label if matter is not None and matter.place else "",
        stamp=stamp,
    )


def keep_all_waiting(matter: Matter, *, stamp: Stamp) -> None:
    """The rows of a matter and of all its asks, after it changed hands, closed or opened."""
    keep_matter_waiting(matter, stamp=stamp)
    for ask in matter.asks.select_related("party", "matter__owner", "matter__place"):
        ask.matter = matter
        keep_ask_waiting(ask, stamp=stamp)
    holder = matter.merged_into or matter
    Waiting.objects.filter(noun__in=FOLLOWS_MATTER, matter=matter).update(
        party=holder.owner, ward_code=holder.ward_code
    )
    plan = Waiting.objects.filter(noun="plan", matter=matter)
    if matter.state == "open":
        plan.update(party=matter.owner, ward_code=matter.ward_code)
    else:
        plan.delete()


def settle_asks(
    matter: Matter,
    *,
    states: tuple[str, ...],
    answered_by: datetime | None = None,
    stamp: Stamp,
) -> None:
    """Note that the answers of asks in these states were dealt with: looked at or followed up.

    With ``answered_by`` only those whose work was called done by that instant.
    """
    rows = matter.asks.filter(state__in=states, settled_at=None)
    if answered_by is not None:
        rows = rows.filter(done_at__lte=answered_by)
    for ask in rows.select_related("party", "matter__owner", "matter__place"):
        ask.settled_at = stamp.at
        ask.save(update_fields=["settled_at"])
        keep_ask_waiting(ask, stamp=stamp)


def _day(at: datetime | None) -> date | None:
    return localdate(at) if at else None
