"""Calling a group together, changing its charter, and giving out its roles."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.actions import SeriesDraft, begin_series
from wardroom.calendar.models import Event
from wardroom.calendar.rules import GROUP_MEETING, MONTHLY
from wardroom.directory.actions import add_organisation, add_seat, fill_seat
from wardroom.directory.models import Party, Seat
from wardroom.directory.rules import INVOLVEMENT
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.minutes import set_agenda
from wardroom.engagement.models import Charter, Group
from wardroom.engagement.rules import groups as rules
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length, check_text


@dataclass(frozen=True)
class CharterDraft:
    """What a group is for, where, for how long, who may join, and whether it votes."""

    purpose: str
    who_may_join: str
    area: str = ""
    term_months: int | None = None
    decides: bool = False
    decides_what: str = ""


@dataclass(frozen=True)
class Meetings:
    """When and where a group meets; the first day says on which weekday it comes back."""

    first_on: date
    starts: time
    repeats: str = MONTHLY
    minutes: int = 90
    place_text: str = ""


@dataclass(frozen=True)
class GroupDraft:
    """A group as it is called together: one short form makes all of it."""

    name: str
    ward_code: str
    charter: CharterDraft
    kind: str = INVOLVEMENT
    meetings: Meetings | None = None


@action(policy.may_found_group)
def found_group(draft: GroupDraft, *, stamp: Stamp) -> Group:
    """Call a group together: the organization, its charter, its roles, meetings and an agenda.

    It has a sign-up link from the first moment. Without a day it has no meetings yet.
    Refuses: no purpose; nobody who may join; a vote on nothing; what `add_organisation` and
    `begin_series` refuse. Records: `GroupFounded`, and what those record.
    """
    charter = _checked(draft.charter)
    ward = f"Ward {draft.ward_code}" if draft.ward_code else ""
    party = add_organisation(
        None, name=draft.name, organisation_kind=draft.kind, area=ward, stamp=stamp
    )
    group: Group = Group.objects.create(
        party=party,
        ward_code=draft.ward_code,
        decides=charter.decides,
        decides_what=charter.decides_what,
        token=secrets.token_urlsafe(16),
        founded_on=localdate(stamp.at),
        founded_by=stamp.actor.name,
    )
    _write_charter(group, charter, version=1, why="", stamp=stamp)
    for title in (rules.MEMBER, *rules.ROLES):
        add_seat(party, title=title, stamp=stamp)
    fact = facts.GroupFounded(
        **group_words(group), purpose=charter.purpose, decides=charter.decides
    )
    record(fact, stamp=stamp)
    if draft.meetings is not None:
        _plan_meetings(group, draft.meetings, stamp)
    return group


@action(policy.may_keep_group)
def change_charter(
    group: Group, *, charter: CharterDraft, why: str, seen: str = "", stamp: Stamp
) -> Charter:
    """Give a group another version of its charter; the versions before stay as they were.

    ``seen`` is the version that the page was opened with.
    Refuses: no reason; nothing that changed; what the first charter refuses; `stale` where
    somebody changed it in the meantime. Records: `CharterChanged`.
    """
    charter = _checked(charter)
    before = group.charters.order_by("-version")[0]
    _check_charter_seen(group, before, seen)
    if _plain(charter) == (
        before.purpose, before.area, before.who_may_join, before.term_months, group.decides,
        group.decides_what,
    ):  # fmt: skip
        raise Refused("nothing_new", "Nothing was changed.")
    why = check_text(
        why, code="reason_missing", sentence="Say why it changes.", field="why", most=300
    )
    group.decides, group.decides_what = charter.decides, charter.decides_what
    group.save(update_fields=["decides", "decides_what"])
    made = _write_charter(group, charter, version=before.version + 1, why=why, stamp=stamp)
    fact = facts.CharterChanged(
        **group_words(group), version=made.version, why=why, decides=group.decides
    )
    record(fact, stamp=stamp)
    return made


@action(policy.may_keep_group)
def begin_meetings(group: Group, *, meetings: Meetings, stamp: Stamp) -> None:
    """Give a group its regular meeting, the first with an agenda to begin with.

    Refuses: a group that meets regularly already; what `begin_series` refuses.
    Records: what `begin_series` records.
    """
    if group.party.series.filter(ended_on=None).exists():
        raise Refused("already_meets", "It meets regularly already.", field="first_on")
    _plan_meetings(group, meetings, stamp)


@action(policy.may_keep_group)
def switch_sign_up(group: Group, *, is_open: bool, stamp: Stamp) -> Group:
    """Open or close the sign-up link of a group.

    Refuses: a link that is so already. Records: `SignUpLinkSwitched`.
    """
    if group.sign_up_open == is_open:
        raise Refused("already_so", "The link is so already.")
    group.sign_up_open = is_open
    group.save(update_fields=["sign_up_open"])
    record(facts.SignUpLinkSwitched(**group_words(group), is_open=is_open), stamp=stamp)
    return group


@action(policy.may_keep_group)
def name_officer(group: Group, *, role: str, member: Party, since_on: date, stamp: Stamp) -> None:
    """Note who takes a role of a group from a day on; whoever held it ends then.

    Refuses: somebody who is no member; a role without a name; what `fill_seat` refuses.
    Records: `OfficerNamed`, and what `fill_seat` records.
    """
    if not member.tenures.filter(seat__organisation=group.party, until_on=None).exists():
        raise Refused("not_a_member", f"{member.name} is not a member.", field="member")
    seats = Seat.objects.filter(organisation=group.party, until_on=None, title__iexact=role)
    seat = seats.first() or add_seat(group.party, title=role, stamp=stamp)
    fill_seat(seat, since_on=since_on, holder=member, stamp=stamp)
    fact = facts.OfficerNamed(**group_words(group), role=seat.title, name=member.name)
    record(fact, stamp=stamp)


def group_words(group: Group) -> dict[str, Any]:
    """The fields that all facts about a group share."""
    return {
        "party_id": group.party_id,
        "party_name": group.party.name,
        "ward_code": group.ward_code,
    }


def _checked(draft: CharterDraft) -> CharterDraft:
    return CharterDraft(
        purpose=rules.check_purpose_of(draft.purpose),
        who_may_join=rules.check_who_may_join(draft.who_may_join),
        area=check_length(draft.area, field="area", most=200),
        term_months=draft.term_months,
        decides=draft.decides,
        decides_what=rules.check_decides(draft.decides, draft.decides_what),
    )


def _plain(draft: CharterDraft) -> tuple[Any, ...]:
    return (
        draft.purpose, draft.area, draft.who_may_join, draft.term_months, draft.decides,
        draft.decides_what,
    )  # fmt: skip


def _check_charter_seen(group: Group, before: Charter, seen: str) -> None:
    """Nobody changes what somebody else has changed while the page was open."""
    now = {
        "purpose": before.purpose,
        "who_may_join": before.who_may_join,
        "area": before.area,
        "term_months": before.term_months,
        "decides": group.decides,
        "decides_what": group.decides_what,
    }
    if seen and moved_since(seen, now):
        theirs = (("What it is for", before.purpose), ("Who may join", before.who_may_join))
        raise Stale(seen=version_of(now), theirs=theirs)


def _write_charter(
    group: Group, draft: CharterDraft, *, version: int, why: str, stamp: Stamp
) -> Charter:
    made: Charter = Charter.objects.create(
        group=group,
        version=version,
        purpose=draft.purpose,
        area=draft.area,
        who_may_join=draft.who_may_join,
        term_months=draft.term_months,
        why=why,
        adopted_on=localdate(stamp.at),
        written_by=stamp.actor.name,
    )
    return made


def _plan_meetings(group: Group, meetings: Meetings, stamp: Stamp) -> None:
    series = begin_series(
        SeriesDraft(
            kind=GROUP_MEETING,
            ward_code=group.ward_code,
            host=group.party,
            repeats=meetings.repeats,
            first_on=meetings.first_on,
            starts=meetings.starts,
            minutes=meetings.minutes,
            title=f"Meeting of {group.party.name}"[:120],
            place_text=meetings.place_text,
        ),
        stamp=stamp,
    )
    first = Event.objects.filter(series=series).order_by("starts_at").first()
    if first is not None:
        lines = rules.agenda_lines(rules.FIRST_AGENDA).splitlines()
        set_agenda(first, items=lines, stamp=stamp)
