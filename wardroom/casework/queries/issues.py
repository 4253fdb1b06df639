"""Issues: the list, and one issue with everything that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count, F
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import Actor
from wardroom.access.models import ScopedQuerySet
from wardroom.access.queries.lists import Part, part_of
from wardroom.casework import policy
from wardroom.casework.models import Complaint, Issue
from wardroom.casework.queries.same_trouble import SameTrouble, same_trouble
from wardroom.casework.queries.voices import ComplaintRow, complaint_rows
from wardroom.fieldwork.queries import ChecksView, checks_allowed, checks_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import After, page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy as matters_policy
from wardroom.matters.models import Matter
from wardroom.matters.queries import (
    AskRow,
    LinkRow,
    MatterHeader,
    TaskRow,
    asks_and_tasks_of,
    heard_of,
    links_of,
    matter_header,
)
from wardroom.service_requests.queries import whether_anything_takes

PAGE_ROWS = 25
_COUNTED = frozenset({"requested", "countered", "accepted", "done"})
MOST_ROWS = 100
SORTS: Mapping[str, tuple[Any, ...]] = {
    "next": (F("next_on").asc(nulls_last=True), "id"),
    "-next": (F("next_on").desc(nulls_last=True), "-id"),
    "ward": ("ward_code", "next_on", "id"),
    "opened": ("opened_at", "id"),
    "-opened": ("-opened_at", "-id"),
}


@dataclass(frozen=True)
class IssueRow:
    """An issue as the list shows it."""

    matter_id: int
    title: str
    ward_code: str
    owner_name: str
    place_label: str
    topic_name: str
    state: str
    next_on: date | None
    next_step: str
    opened_on: date
    voices: int
    came_back: bool


@dataclass(frozen=True)
class IssuePage:
    """A page of issues with the total and the filters in force."""

    rows: tuple[IssueRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    following: After | None = None


@dataclass(frozen=True)
class FiveFacts:
    """What is known of the end, each fact for itself; an empty one is not known yet."""

    agency_says: str
    disposition: str
    we_saw: str
    told: str
    came_back: str


@dataclass(frozen=True)
class IssueFile:
    """One issue with its complaints, asks, tasks, checks, links and timeline."""

    matter: MatterHeader
    topic_name: str
    ground: str
    ground_kind: str
    first_reported_on: date
    return_of: int | None
    complaints: tuple[ComplaintRow, ...]
    untold: int
    asks: tuple[AskRow, ...]
    tasks: tuple[TaskRow, ...]
    checks: ChecksView
    links: tuple[LinkRow, ...]
    facts: FiveFacts
    timeline: TimelinePage
    latitude: float | None
    longitude: float | None
    allowed: frozenset[str]
    word: str = ""
    twin: SameTrouble | None = None

    @property
    def can_be_asked(self) -> bool:
        """Whether anybody who reported it can be asked by their link."""
        return any(row.can_be_asked for row in self.complaints)


def issue_page(
    actor: Actor,
    *,
    ward: str = "",
    state: str = "open",
    topic: str = "",
    came_back: bool = False,
    late_on: date | None = None,
    opened_from: date | None = None,
    sort: str = "next",
    page: int | After = 1,
    size: int = PAGE_ROWS,
) -> IssuePage:
    """The issues within reach, the soonest next date first; staff only.

    ``late_on`` keeps the open ones whose next date is before that day, ``opened_from`` those
    that were opened on that day or later.
    """
    rows = _answering(
        actor,
        ward=ward,
        state=state,
        topic=topic,
        came_back=came_back,
        late_on=late_on,
        opened_from=opened_from,
    )
    size = min(max(1, size), MOST_ROWS)
    sort = sort if sort in SORTS else "next"
    related = ("owner", "place", "issue__topic")
    if isinstance(page, After):
        told = rows.select_related(*related)
        part = part_of(rows, SORTS[sort], page=page, size=size, shown=told)
    else:
        total = rows.count()
        page, pages, on_page = page_at(total, page, size)
        shown = Matter.objects.page_of([rows], SORTS[sort], start=on_page.start, size=size)
        part = Part(list(shown.select_related(*related)), total, page, pages)
    chosen = part.rows
    counted = Complaint.objects.filter(matter__in=[m.pk for m in chosen]).values("matter_id")
    voices = {r["matter_id"]: r["n"] for r in counted.annotate(n=Count("pk")).order_by()}
    return IssuePage(
        rows=tuple(_issue_row(m, voices.get(m.pk, 0)) for m in chosen),
        total=part.total,
        page=part.page,
        pages=part.pages,
        sort=sort,
        following=part.following,
    )


def issue_ids(
    actor: Actor,
    *,
    ward: str = "",
    state: str = "open",
    topic: str = "",
    came_back: bool = False,
    late_on: date | None = None,
    opened_from: date | None = None,
    most: int,
) -> tuple[int, ...]:
    """The numbers of all issues that fit these filters, the first ``most`` of them."""
    rows = _answering(
        actor,
        ward=ward,
        state=state,
        topic=topic,
        came_back=came_back,
        late_on=late_on,
        opened_from=opened_from,
    )
    return tuple(rows.order_by("id").values_list("pk", flat=True)[:most])


def issues_named(actor: Actor, ids: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """The number and title of each of these issues that is within reach."""
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(kind="issue")
    return tuple(seen.filter(pk__in=list(ids)).order_by("id").values_list("pk", "title"))


def _answering(
    actor: Actor,
    *,
    ward: str,
    state: str,
    topic: str,
    came_back: bool,
    late_on: date | None,
    opened_from: date | None = None,
) -> ScopedQuerySet:
    rows = Matter.objects.within(matters_policy.reach_inside(actor)).filter(kind="issue")
    given = {"ward_code": ward, "state": "" if state == "all" else state}
    rows = rows.filter(**{column: value for column, value in given.items() if value})
    if topic:
        rows = rows.filter(issue__topic__code=topic)
    if late_on is not None:
        rows = rows.filter(state="open", next_on__lt=late_on)
    if opened_from is not None:
        rows = rows.filter(opened_at__gte=make_aware(datetime.combine(opened_from, time())))
    if state != "open":
        rows = rows.filter(destroyed_at=None)
    return rows.filter(came_back_at__isnull=False) if came_back else rows


def who_has(matter_id: int, actor: Actor) -> tuple[str, str]:
    """The ward and the owner of what was just taken in, for who took it in and may not see it.

    Of a sealed matter nothing is said.
    """
    if str(matter_id) in actor.reach.sealed_keys("matter"):
        return "", ""
    row = Matter.objects.select_related("owner").get(pk=matter_id)
    return row.ward_code, row.owner.name


def issue_file(matter_id: int, actor: Actor) -> IssueFile:
    """One issue with all that belongs to it; `NotFound` where it is out of reach."""
    seen = Matter.objects.within(matters_policy.reach_inside(actor)).filter(kind="issue")
    seen = seen.select_related("place", "owner", "issue__topic")
    seen = seen.annotate(anything_takes=whether_anything_takes())
    matter = seen.filter(pk=matter_id, destroyed_at=None).first()
    if matter is None:
        raise NotFound(f"no issue {matter_id}")
    issue: Issue = matter.issue
    complaints = complaint_rows(matter, actor)
    header = matter_header(matter, actor)
    asks, tasks = asks_and_tasks_of(matter, actor)
    checks = checks_of(matter.pk, actor)
    place = matter.place
    untold = sum(1 for c in complaints if c.told_on is None and not c.anonymous)
    heard = heard_of(matter.pk)
    read = (
        {"mark_words_read"} if "word" in heard and policy.may_read_words(actor, matter) else set()
    )
    if "twin" in heard and policy.may_join_issues(actor, matter):
        read.add("keep_apart")
    return IssueFile(
        matter=header,
        topic_name=issue.topic.name if issue.topic else "",
        ground=issue.ground_name,
        ground_kind=issue.ground_kind,
        first_reported_on=localdate(issue.first_reported_at),
        return_of=issue.return_of_id,
        complaints=complaints,
        untold=untold,
        asks=asks,
        tasks=tasks,
        checks=checks,
        links=links_of(matter.pk, actor),
        facts=_facts(header, asks, checks, complaints),
        timeline=timeline(actor, refs=[Ref("matter", str(matter.pk))]),
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        allowed=header.allowed
        | checks_allowed(matter, actor)
        | _allowed(matter, actor, matter.anything_takes)
        | read,
        word=heard.get("word", ""),
        twin=same_trouble(matter) if "twin" in heard else None,
    )


def _allowed(matter: Matter, actor: Actor, anything_takes: bool) -> frozenset[str]:
    moves = set()
    if matters_policy.may_write_note(actor, matter):
        moves.add("log_contact")
    if matters_policy.may_restrict(actor, matter):
        moves.add("open_restricted_matter" if matter.restricted else "restrict_matter")
    if matter.state != "open":
        return frozenset(moves)
    if policy.may_tell_reporter(actor, matter):
        moves |= {"note_reporter_told", "close_issue", "join_issues", "split_complaint"}
    if policy.may_ask_reporter(actor, matter):
        moves.add("ask_reporter")
    if policy.may_correct_issue(actor, matter):
        moves.add("correct_issue")
    sends = policy.may_send_on(actor, matter) and not matter.restricted
    if sends and anything_takes:
        moves.add("send_matter_on")
    if policy.may_take_complaint(actor, None):
        moves.add("take_complaint")
    return frozenset(moves)


def _facts(
    matter: MatterHeader,
    asks: tuple[AskRow, ...],
    checks: ChecksView,
    complaints: tuple[ComplaintRow, ...],
) -> FiveFacts:
    done = sorted((a for a in asks if a.done_on), key=lambda a: (a.done_on or date.min, a.id))
    waiting = sum(1 for c in complaints if c.letter_waits)
    told = sum(1 for c in complaints if c.told_on is not None) - waiting
    could = sum(1 for c in complaints if not c.anonymous)
    seen = checks.rows[0] if checks.rows else None
    said = dict.fromkeys(a.disposition_label for a in done if a.disposition_label)
    return FiveFacts(
        agency_says=_agencies_say(done, [a for a in asks if a.asked_on and a.state in _COUNTED]),
        disposition="; ".join(said),
        we_saw=f"{seen.finding_label}, {localdate(seen.seen_at):%b %-d}" if seen else "",
        told=_told(told, could, waiting, matter),
        came_back=f"{matter.came_back_on:%b %-d}" if matter.came_back_on else "",
    )


def _agencies_say(done: list[AskRow], asked: list[AskRow]) -> str:
    if not done:
        return ""
    last = done[-1]
    on = f"{last.agency_code}, {last.done_on:%b %-d}" if last.done_on else last.agency_code
    return on if len(asked) == 1 else f"{len(done)} of {len(asked)}, last {on}"


def _told(told: int, could: int, waiting: int, matter: MatterHeader) -> str:
    if could == 0:
        return "Nobody gave a name"
    if waiting:
        waits = "1 letter waits" if waiting == 1 else f"{waiting} letters wait"
        return f"{told} of {could}, {waits}" if told else waits
    return f"{told} of {could}" if told or matter.told_on else ""


def _issue_row(matter: Matter, voices: int) -> IssueRow:
    topic = matter.issue.topic
    return IssueRow(
        matter_id=matter.pk,
        title=matter.title,
        ward_code=matter.ward_code,
        owner_name=matter.owner.name,
        place_label=matter.place.label if matter.place else "",
        topic_name=topic.name if topic else "",
        state=matter.state,
        next_on=matter.next_on if matter.state == "open" else None,
        next_step=matter.next_step,
        opened_on=localdate(matter.opened_at),
        voices=voices,
        came_back=matter.came_back_at is not None,
    )
