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
from wardroom.engagement.models import NoticeArea, NoticeLine, NoticeOwed, NoticeQuestion
from wardroom.engagement.queries.notice_clocks import clock_of_deed, earliest_after
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
def note_notice(
    matter: Matter, *, sent_on: date, medium: str, sent_to: str, stamp: Stamp
) -> NoticeOwed:
    """Write a notice into the log; the first one that came says when the agency may decide.

    Refuses: one that is over; a day to come; a portal post, which is no notice; nobody it went
    to. Records: `NoticeSeen` and `NextStepFollowed`.
    """
    row = _open(matter)
    today = localdate(stamp.at)
    told = rules.check_seen(sent_on, medium=medium, sent_to=sent_to, today=today)
    NoticeLine.objects.create(
        notice=row,
        sent_on=sent_on,
        medium=medium,
        sent_to=told,
        noted_at=stamp.at,
        noted_by=stamp.actor.name,
    )
    earliest = earliest_after(row.deed, sent_on)
    if row.notice_on is None or sent_on < row.notice_on:
        row.notice_on, row.earliest_on = sent_on, earliest.on
        row.why_earliest = list(earliest.steps)
        row.save(update_fields=["notice_on", "earliest_on", "why_earliest"])
    fact = facts.NoticeSeen(
        **_words(row),
        sent_on=sent_on,
        medium=rules.MEDIA[medium],
        sent_to=told,
        earliest_on=earliest.on,
    )
    record(fact, stamp=stamp)
    _look_on(matter, row.decide_on, stamp)
    return row


@action(policy.may_tell_notice)
def note_good_cause(matter: Matter, *, why: str, stamp: Stamp) -> NoticeOwed:
    """Write down that the agency published good cause for less notice, or an emergency.

    Refuses: one that is over; no cause. Records: `GoodCauseNoted`.
    """
    row = _open(matter)
    row.good_cause = rules.check_cause(why)
    row.save(update_fields=["good_cause"])
    record(facts.GoodCauseNoted(**_words(row), why=row.good_cause), stamp=stamp)
    return row


@action(policy.may_tell_notice)
def move_decision(matter: Matter, *, decide_on: date, stamp: Stamp) -> NoticeOwed:
    """Write down that the agency plans to decide on another day.

    Refuses: one that is over; the same day; a day that is over. Records: `DecisionMoved` and
    `NextStepFollowed`.
    """
    row = _open(matter)
    today = localdate(stamp.at)
    _check_day(decide_on, today)
    if decide_on == row.decide_on:
        raise Refused("already_so", "It is planned for this day already.", field="decide_on")
    former, row.decide_on = row.decide_on, decide_on
    row.send_by_on = clock_of_deed(row.deed, on=today).send_by(decide_on)
    row.save(update_fields=["decide_on", "send_by_on"])
    record(facts.DecisionMoved(**_words(row), former_on=former, decide_on=decide_on), stamp=stamp)
    _look_on(matter, decide_on if row.notice_on else row.send_by_on, stamp)
    return row


@action(policy.may_watch_notice)
def end_notice(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """Say how it ended with a notice: as it stands, or the agency dropped the plan.

    Refuses: an end that is not how it stands; what `close_matter` refuses.
    Records: `MatterClosed`.
    """
    row = _open(matter)
    standing = rules.standing_of_notice(
        decide_on=row.decide_on,
        send_by_on=row.send_by_on,
        notice_on=row.notice_on,
        earliest_on=row.earliest_on,
        excepted=bool(row.good_cause),
        today=localdate(stamp.at),
    )
    rules.check_notice_end(outcome, standing)
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


def _look_on(matter: Matter, day: date, stamp: Stamp) -> None:
    """Look at it again on its day, or tomorrow where that is over."""
    look_on = max(day, localdate(stamp.at) + timedelta(days=1))
    follow_day(matter, words=rules.DECIDE_STEP, by=look_on, stamp=stamp)


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
        **_words(row),
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


def _open(matter: Matter) -> NoticeOwed:
    if matter.state != "open":
        raise Refused("wrong_state", "This notice is closed.")
    rows = NoticeOwed.objects.select_for_update(of=("self",), no_key=True)
    row: NoticeOwed = rows.select_related("matter", "agency").get(matter=matter)
    return row


def _words(row: NoticeOwed) -> dict[str, Any]:
    codes = row.areas.filter(kind="anc").order_by("code").values_list("code", flat=True)
    return {
        **matter_words(row.matter),
        "agency_id": row.agency_id,
        "agency_code": row.agency.code,
        "ancs": tuple(codes),
    }
