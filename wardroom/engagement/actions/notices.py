"""Watching the notices that agencies owe ANCs, and asking the same of ourselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District, Place
from wardroom.city.queries import AreaRow, get_ward
from wardroom.directory.models import Party
from wardroom.engagement import facts, policy
from wardroom.engagement.models import NoticeArea, NoticeOwed, NoticeQuestion
from wardroom.engagement.queries.notice_clocks import clock_of_deed
from wardroom.engagement.queries.reached import AreaReached, areas_reached
from wardroom.engagement.rules import notices as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import close_matter, open_matter
from wardroom.matters.actions.following import follow_day
from wardroom.matters.actions.keeping import begin_matter, check_title
from wardroom.matters.actions.owning import owner_in
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import NAMED_FOR_ALL, check_not_far


@action(policy.may_expect_notice)
def expect_notice(
    agency: Party,
    *,
    deed: str,
    title: str,
    areas: Sequence[AreaRow] = (),
    place: Place | None = None,
    decide_on: date,
    owner: Party,
    ward: District | None = None,
    stamp: Stamp,
) -> NoticeOwed:
    """Write down that an agency plans something of which it owes ANCs notice.

    Whom it has to tell is computed from the boundaries of today, by a place or by areas.
    Refuses: what is not in the list of deeds; nowhere; a day that is over; what `open_matter`
    refuses. Records: `MatterOpened` and `NoticeExpected`.
    """
    row, reached = _draft(agency, deed, areas, place, decide_on, stamp)
    row.matter = open_matter(
        place, title=title, owner=owner, ward=ward, **_watched(row, stamp), stamp=stamp
    )
    return _write(row, reached, stamp)


@action(policy.may_announce_notice)
def announce_notice(
    agency: Party,
    *,
    deed: str,
    title: str,
    areas: Sequence[AreaRow] = (),
    place: Place | None = None,
    decide_on: date,
    stamp: Stamp,
) -> NoticeOwed:
    """Tell the office what the own agency plans and owes ANCs notice of.

    The liaison of the ward watches it from then on; in several wards, a director.
    Refuses: what is not in the list of deeds; no title; nowhere; a day that is over; an office
    without a director. Records: `MatterOpened` and `NoticeExpected`.
    """
    title = check_title(title)
    row, reached = _draft(agency, deed, areas, place, decide_on, stamp)
    wards = [area.code for area in reached if area.kind == "ward"]
    ward = get_ward(wards[0], localdate(stamp.at)) if len(wards) == 1 else None
    owner = owner_in(ward, stamp)
    row.matter, fact = begin_matter(
        place, title=title, owner=owner, ward=ward, **_watched(row, stamp), stamp=stamp
    )
    record(fact, stamp=stamp)
    return _write(row, reached, stamp)


@action(policy.may_tell_notice)
def move_decision(matter: Matter, *, decide_on: date, stamp: Stamp) -> NoticeOwed:
    """Write down that the agency plans to decide on another day.

    Refuses: one that is over; the same day; a day that is over. Records: `DecisionMoved` and
    `NextStepFollowed`.
    """
    row = open_notice(matter)
    today = localdate(stamp.at)
    _check_day(decide_on, today)
    if decide_on == row.decide_on:
        raise Refused("already_so", "It is planned for this day already.", field="decide_on")
    former, row.decide_on = row.decide_on, decide_on
    row.send_by_on = clock_of_deed(row.deed, on=today).send_by(decide_on)
    row.save(update_fields=["decide_on", "send_by_on"])
    record(
        facts.DecisionMoved(**notice_words(row), former_on=former, decide_on=decide_on), stamp=stamp
    )
    follow_notice(matter, row, stamp=stamp)
    return row


@action(policy.may_watch_notice)
def end_notice(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Say how it ended with a notice: as it stands, or the agency dropped the plan.

    Refuses: an end that is not how it stands; what the agency says and nobody looked at; what
    `close_matter` refuses.
    Records: `MatterClosed`.
    """
    row = open_notice(matter)
    standing = rules.standing_of_notice(
        decide_on=row.decide_on,
        send_by_on=row.send_by_on,
        notice_on=row.notice_on,
        earliest_on=row.earliest_on,
        excepted=bool(row.good_cause),
        claimed=row.claimed,
        today=localdate(stamp.at),
    )
    rules.check_notice_end(outcome, standing, claimed=row.claimed)
    return close_matter(matter, outcome=outcome, text=text, stamp=stamp)


@action(policy.may_answer_notice_question)
def answer_notice_question(
    matter: Matter, *, required: bool, reason: str, stamp: Stamp
) -> NoticeQuestion:
    """Say whether one of our own initiatives needs notice to ANCs, and why.

    A later answer replaces an earlier one; both stand in the ledger. Refuses: a matter that is
    no initiative; no reason. Records: `NoticeQuestionAnswered`.
    """
    if matter.kind not in NAMED_FOR_ALL:
        raise Refused("not_an_initiative", "This is asked of initiatives and campaigns.")
    reason = rules.check_answer(reason)
    row, _ = NoticeQuestion.objects.update_or_create(
        matter=matter,
        defaults={
            "required": required,
            "reason": reason,
            "answered_at": stamp.at,
            "answered_by": stamp.actor.name,
        },
    )
    fact = facts.NoticeQuestionAnswered(**matter_words(matter), required=required, reason=reason)
    record(fact, stamp=stamp)
    return row


def follow_notice(matter: Matter, row: NoticeOwed, *, stamp: Stamp) -> None:
    """Look next at what the agency says, at its decision, or for the notice; tomorrow at once."""
    today = localdate(stamp.at)
    words, day = rules.WATCH_STEP, row.send_by_on
    if row.notice_on or row.good_cause:
        words, day = rules.DECIDE_STEP, row.decide_on
    if row.claimed:
        words, day = rules.CLAIM_STEP, today
    follow_day(matter, words=words, by=max(day, today + timedelta(days=1)), stamp=stamp)


def _draft(
    agency: Party,
    deed: str,
    areas: Sequence[AreaRow],
    place: Place | None,
    decide_on: date,
    stamp: Stamp,
) -> tuple[NoticeOwed, Sequence[AreaReached]]:
    """What an agency plans, not yet written, and the areas that it reaches."""
    rules.check_deed(deed)
    today = localdate(stamp.at)
    _check_day(decide_on, today)
    row = NoticeOwed(
        agency=agency,
        deed=deed,
        where_text=_where(areas, place),
        decide_on=decide_on,
        send_by_on=clock_of_deed(deed, on=today).send_by(decide_on),
    )
    return row, areas_reached(areas, place, on=today)


def _watched(row: NoticeOwed, stamp: Stamp) -> dict[str, Any]:
    """What the office does about it, and when: it looks on the last day for a notice."""
    look_on = min(max(row.send_by_on, localdate(stamp.at)), row.decide_on)
    return {"kind": rules.NOTICE_OWED, "next_on": look_on, "next_step": rules.WATCH_STEP}


def _write(row: NoticeOwed, reached: Sequence[AreaReached], stamp: Stamp) -> NoticeOwed:
    row.save()
    NoticeArea.objects.bulk_create(_areas(row, reached))
    fact = facts.NoticeExpected(
        **notice_words(row),
        deed=rules.DEEDS[row.deed].label,
        decide_on=row.decide_on,
        send_by_on=row.send_by_on,
    )
    record(fact, stamp=stamp)
    return row


def _check_day(decide_on: date, today: date) -> None:
    check_not_far(decide_on, today=today, field="decide_on")
    if decide_on < today:
        raise Refused("decided_before", "Choose today or a later day.", field="decide_on")


def _areas(row: NoticeOwed, reached: Sequence[AreaReached]) -> list[NoticeArea]:
    return [
        NoticeArea(notice=row, kind=area.kind, code=area.code, district_id=area.district_id)
        for area in reached
    ]


def _where(areas: Sequence[AreaRow], place: Place | None) -> str:
    named = [place.label] if place is not None else []
    return ", ".join([*named, *(area.label for area in areas)])[:200]


def open_notice(matter: Matter) -> NoticeOwed:
    """The notice of a matter, held. Refuses: one that is over."""
    if matter.state != "open":
        raise Refused("wrong_state", "This notice is closed.")
    rows = NoticeOwed.objects.select_for_update(of=("self",), no_key=True)
    row: NoticeOwed = rows.select_related("matter", "agency").get(matter=matter)
    return row


def notice_words(row: NoticeOwed) -> dict[str, Any]:
    """What every line about a notice says of it."""
    codes = row.areas.filter(kind="anc").order_by("code").values_list("code", flat=True)
    return {
        **matter_words(row.matter),
        "agency_id": row.agency_id,
        "agency_code": row.agency.code,
        "ancs": tuple(codes),
    }
