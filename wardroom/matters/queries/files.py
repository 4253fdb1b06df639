"""What can be asked about matters and asks, within the asker's reach."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.access.queries.lists import part_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import After
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy, rules
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries.past import AsksThen, asks_then
from wardroom.matters.queries.silence import NO_LADDER, LadderView, ladder_of

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[Any, ...]] = {
    "due": ("expected", "id"),
    "-due": (F("expected").desc(), "-id"),
    "agency": ("agency_code", "expected", "id"),
    "state": ("state", "expected", "id"),
    "asked": (F("asked_at").asc(nulls_last=True), "id"),
    "-asked": (F("asked_at").desc(nulls_last=True), "-id"),
}
Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskRow:
    """One ask as lists show it."""

    id: int
    matter_id: int
    matter_title: str
    place_label: str
    ward_code: str
    agency_code: str
    agency_name: str
    wording: str
    authority: str
    state: str
    due_on: date
    asked_on: date | None
    answered_on: date | None
    counter_on: date | None
    first_promised_on: date | None
    promised_on: date | None
    slip_days: int | None
    expected_on: date
    done_on: date | None
    disposition: str
    disposition_label: str
    decline_code: str
    decline_label: str
    answer_text: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class AskPage:
    """A page of asks with the total and the filters in force."""

    rows: tuple[AskRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    filters: Mapping[str, str]
    following: After | None = None


@dataclass(frozen=True)
class MatterHeader:
    """What everybody who may see a matter sees of it; the inner part is empty for partners."""

    id: int
    kind: str
    kind_label: str
    title: str
    state: str
    place_id: int | None
    place_label: str
    ward_code: str
    public_text: str
    inside: bool
    owner_name: str
    next_on: date | None
    next_step: str
    outcome: str
    outcome_label: str
    opened_on: date | None
    closed_on: date | None
    standing: str
    standing_by: str
    standing_on: date | None
    version: int
    restricted: bool
    told_on: date | None
    came_back_on: date | None
    merged_into: int | None
    outcomes: Choices
    allowed: frozenset[str]


@dataclass(frozen=True)
class AskFile:
    """One ask with everything needed to answer it or to follow it up."""

    row: AskRow
    matter: MatterHeader
    asked_by: str
    answered_by: str
    decline_label: str
    disposition_label: str
    decline_reasons: Choices
    dispositions: Choices
    timeline: TimelinePage
    ladder: LadderView
    why_due: Mapping[str, Any] | None
    allowed: frozenset[str]

    @property
    def due_on(self) -> date:
        """The day by which it was asked for."""
        return self.row.due_on


def get_matter(matter_id: int, actor: Actor) -> Matter:
    """One matter, to act on it; `NotFound` where it is out of reach."""
    rows = Matter.objects.within(policy.reach(actor)).select_related("place", "owner")
    matter: Matter | None = rows.filter(pk=matter_id, destroyed_at=None).first()
    if matter is None:
        raise NotFound(f"no matter {matter_id}")
    return matter


def kinds_of(actor: Actor, matter_ids: Iterable[int]) -> Mapping[int, str]:
    """The kind of each of these matters that is within reach, to find its page."""
    rows = Matter.objects.within(policy.reach(actor)).filter(pk__in=list(matter_ids))
    return dict(rows.order_by("pk").values_list("pk", "kind"))  # SQLite seeks the numbers then


def get_ask(ask_id: int, actor: Actor) -> Ask:
    """One ask, to act on it; `NotFound` where it is out of reach."""
    ask: Ask | None = _asks(actor).filter(pk=ask_id).first()
    if ask is None:
        raise NotFound(f"no ask {ask_id}")
    return ask


def ask_list(
    actor: Actor,
    *,
    on: date,
    agency: str | None = None,
    ward: str | None = None,
    state: str | None = None,
    overdue: bool = False,
    then: AsksThen | None = None,
    sort: str = "due",
    page: int | After = 1,
) -> AskPage:
    """The referrals within reach, soonest first; ``on`` is today, to tell what is overdue.

    Overdue is an ask that lies with its agency past the promised day, or past the day we
    asked for where nothing was promised. ``state`` may be ``live`` for all under way.
    ``then`` keeps those that stood so at an earlier instant.
    """
    rows = _asks(actor).annotate(expected=Coalesce("promised_on", "due_on"))
    if agency:
        rows = rows.filter(agency_code=agency)
    if ward:
        rows = rows.filter(ward_code=ward)
    if state:
        rows = rows.filter(state__in=rules.LIVE if state == "live" else [state])
    if overdue:
        rows = rows.filter(state__in=rules.WITH_AGENCY, expected__lt=on)
    if then:
        rows = rows.filter(pk__in=[ask.ask_id for ask in asks_then(then, ward=ward)])
    sort = sort if sort in SORTS else "due"
    part = part_of(rows, SORTS[sort], page=page, size=PAGE_ROWS)
    given = {"agency": agency, "ward": ward, "state": state, "overdue": "yes" if overdue else ""}
    return AskPage(
        rows=tuple(ask_row(ask, actor) for ask in part.rows),
        total=part.total,
        page=part.page,
        pages=part.pages,
        sort=sort,
        filters={name: value for name, value in given.items() if value},
        following=part.following,
    )


def ask_states() -> Choices:
    """The states asks can be listed by, each with its words."""
    return (("live", "under way"), *((s, rules.STATE_WORDS[s]) for s in rules.ASK_MOVES))


def asks_of(matter_id: int, actor: Actor) -> tuple[AskRow, ...]:
    """The asks of one matter within reach, in the order they were written."""
    rows = _asks(actor).filter(matter_id=matter_id).order_by("id")
    return tuple(ask_row(ask, actor) for ask in rows)


def ask_file(ask_id: int, actor: Actor) -> AskFile:
    """One ask with its matter's header, its timeline and what the asker may do with it."""
    ask = get_ask(ask_id, actor)
    row = ask_row(ask, actor)
    matter = matter_header(ask.case, actor)
    return AskFile(
        row=row,
        matter=matter,
        asked_by=ask.asked_by.name,
        answered_by=ask.answered_by,
        decline_label=rules.DECLINE_REASONS.get(ask.decline_code, ""),
        disposition_label=rules.DISPOSITIONS.get(ask.disposition, ""),
        decline_reasons=tuple(rules.DECLINE_REASONS.items()),
        dispositions=tuple(rules.DISPOSITIONS.items()),
        timeline=timeline(actor, refs=[Ref("ask", str(ask.pk))]),
        ladder=ladder_of(ask) if matter.inside else NO_LADDER,
        why_due=ask.why_due,
        allowed=row.allowed,
    )


def matter_header(matter: Matter, actor: Actor, *, inside: bool = False) -> MatterHeader:
    """The header of a matter; owner, next step and outcome only for those inside.

    ``inside`` where a kind of its own was read by a rule that lets its readers see all of it.
    """
    inside = inside or policy.may_see_inside(actor, matter)
    kind = rules.KINDS[matter.kind]
    return MatterHeader(
        id=matter.pk,
        kind=matter.kind,
        kind_label=kind.label,
        title=matter.title if inside else public_name(matter),
        state=matter.state,
        place_id=matter.place_id,
        place_label=matter.place.label if matter.place else "",
        ward_code=matter.ward_code,
        public_text=matter.public_text,
        inside=inside,
        owner_name=matter.owner.name if inside else "",
        next_on=matter.next_on if inside else None,
        next_step=matter.next_step if inside else "",
        outcome=matter.outcome if inside else "",
        outcome_label=kind.outcomes.get(matter.outcome, "") if inside else "",
        opened_on=_day(matter.opened_at) if inside else None,
        closed_on=_day(matter.closed_at) if inside else None,
        standing=matter.standing if inside else "",
        standing_by=matter.standing_by if inside else "",
        standing_on=_day(matter.standing_at) if inside else None,
        version=matter.version,
        restricted=matter.restricted if inside else False,
        told_on=_day(matter.told_at) if inside else None,
        came_back_on=_day(matter.came_back_at) if inside else None,
        merged_into=matter.merged_into_id if inside else None,
        outcomes=tuple(kind.outcomes.items()) if inside else (),
        allowed=matter_allowed(matter, actor),
    )


def public_name(matter: Matter) -> str:
    """What a matter is called to those outside: a resident's own words may stand in its title.

    What the office itself opens with the agencies has a title for all of them.
    """
    if matter.kind in rules.NAMED_FOR_ALL and not matter.restricted:
        title: str = matter.title
        return title
    kind = rules.KINDS[matter.kind].label
    return f"{kind} at {matter.place.label}" if matter.place else f"{kind} {matter.pk}"


def matter_allowed(matter: Matter, actor: Actor) -> frozenset[str]:
    """The moves this actor may make on a matter now."""
    may = {
        "set_next_step": policy.may_set_next_step,
        "hand_over_matter": policy.may_hand_over,
        "propose_ask": policy.may_propose_ask,
        "refer_matter": policy.may_refer_matter,
        "add_task": policy.may_add_task,
        "say_where_it_stands": policy.may_say_where_it_stands,
        "merge_matter": policy.may_merge_matter,
        "undo_merge": policy.may_merge_matter,
        "close_matter": policy.may_close_matter,
        "reopen_matter": policy.may_reopen_matter,
    }
    moves = rules.moves_from(rules.MATTER_MOVES, matter.state)
    moves -= {"reopen_matter"} if matter.merged_into_id else {"undo_merge"}
    return frozenset(move for move in moves if may[move](actor, matter))


def ask_allowed(ask: Ask, actor: Actor) -> frozenset[str]:
    """The moves this actor may make on an ask now."""
    may = {
        "request_ask": policy.may_request_ask,
        "repeat_ask": policy.may_repeat_ask,
        "accept_ask": policy.may_accept_ask,
        "decline_ask": policy.may_decline_ask,
        "counter_ask": policy.may_counter_ask,
        "agree_counter": policy.may_agree_counter,
        "move_promise": policy.may_move_promise,
        "report_done": policy.may_report_done,
        "withdraw_ask": policy.may_withdraw_ask,
    }
    moves = rules.moves_from(rules.ASK_MOVES, ask.state)
    if ask.case.state != "open":
        moves -= {"repeat_ask"}
    return frozenset(move for move in moves if may[move](actor, ask))


def ask_row(ask: Ask, actor: Actor) -> AskRow:
    """One ask as a row; the ask comes with its matter, place and party."""
    place = ask.case.place
    return AskRow(
        id=ask.pk,
        matter_id=ask.case.pk,
        matter_title=ask.case.title if actor.is_staff else public_name(ask.case),
        place_label=place.label if place else ask.where_text,
        ward_code=ask.case.ward_code,
        agency_code=ask.agency_code,
        agency_name=ask.party.name,
        wording=ask.wording,
        authority=ask.authority,
        state=ask.state,
        due_on=ask.due_on,
        asked_on=_day(ask.asked_at),
        answered_on=_day(ask.answered_at),
        counter_on=ask.counter_on,
        first_promised_on=ask.first_promised_on,
        promised_on=ask.promised_on,
        slip_days=rules.slip_days(ask.first_promised_on, ask.promised_on),
        expected_on=rules.expected_on(ask.promised_on, ask.due_on),
        done_on=_day(ask.done_at),
        disposition=ask.disposition,
        disposition_label=rules.DISPOSITIONS.get(ask.disposition, ""),
        decline_code=ask.decline_code,
        decline_label=rules.DECLINE_REASONS.get(ask.decline_code, ""),
        answer_text=ask.answer_text,
        allowed=ask_allowed(ask, actor),
    )


def _asks(actor: Actor) -> ScopedQuerySet:
    related = ("matter", "matter__place", "matter__owner", "party", "asked_by")
    asks = Ask.objects.filter(kind=rules.REFERRAL).within(policy.reach_of_asks(actor))
    return asks.select_related(*related)


def _day(at: datetime | None) -> date | None:
    return localdate(at) if at else None
