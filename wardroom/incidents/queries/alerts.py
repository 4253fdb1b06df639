"""Alerts: the list, one with everything its sender said, and what waits to be ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet

from wardroom.access.actor import Actor
from wardroom.access.queries.lists import part_of
from wardroom.incidents import policy, rules
from wardroom.incidents.models import Alert, AlertFeed, IncidentDraft, TouchedDistrict
from wardroom.kernel.errors import NotAllowed, NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import After
from wardroom.ledger.queries import TimelinePage, timeline

PAGE_ROWS = 25
SORTS: Mapping[str, tuple[Any, ...]] = {
    "-sent": ("-sent_at", "-pk"),
    "sent": ("sent_at", "pk"),
    "-severity": ("-severity_rank", "-sent_at", "-pk"),
    "ends": (F("ends_at").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class AlertRow:
    """An alert in the list."""

    id: int
    title: str
    event: str
    severity: str
    state: str
    sent_at: datetime
    ends_at: datetime | None
    wards: tuple[str, ...]
    matter_id: int | None


@dataclass(frozen=True)
class AlertPage:
    """A page of alerts, the newest first unless asked otherwise."""

    rows: tuple[AlertRow, ...]
    total: int
    page: int
    pages: int
    sort: str
    following: After | None = None


@dataclass(frozen=True)
class MessageView:
    """One message of an alert, as its sender wrote it."""

    id: int
    kind: str
    status: str
    scope: str
    title: str
    event: str
    sender: str
    sender_name: str
    identifier: str
    sent_at: datetime
    description: str
    instruction: str
    contact: str
    web: str
    note: str
    urgency: str
    severity: str
    certainty: str
    starts_at: datetime | None
    ends_at: datetime | None
    area_text: str
    unread_shapes: int
    document_id: int
    way_in: str
    taken_by: str
    taken_at: datetime


@dataclass(frozen=True)
class Touched:
    """A district that an alert touches."""

    kind: str
    code: str


@dataclass(frozen=True)
class AlertFile:
    """One alert whole: the newest message, those before it, and the districts."""

    row: AlertRow
    starts_at: datetime | None
    newest: MessageView
    earlier: tuple[MessageView, ...]
    touched: tuple[Touched, ...]
    has_outline: bool
    reason: str
    decided_by: str
    decided_at: datetime | None
    matter_seen: bool
    timeline: TimelinePage
    allowed: frozenset[str]

    def codes(self, kind: str) -> tuple[str, ...]:
        """The codes of the districts of a kind."""
        return tuple(t.code for t in self.touched if t.kind == kind)


@dataclass(frozen=True)
class FeedHealth:
    """The address that alerts are read from: when it worked, and why it did not."""

    address: str
    read_at: datetime | None
    failed_at: datetime | None
    error: str


def alert_page(
    actor: Actor,
    *,
    state: str = rules.WAITING,
    ward: str = "",
    severity: str = "",
    sort: str = "-sent",
    page: int | After = 1,
) -> AlertPage:
    """The alerts that came in; ``state`` is empty for all of them."""
    if not actor.is_staff:
        raise NotAllowed
    rows = _seen(actor)
    wanted = {"state": state, "severity": severity}
    rows = rows.filter(**{column: value for column, value in wanted.items() if value})
    if ward:
        there = TouchedDistrict.objects.filter(draft=OuterRef("pk"), kind="ward", code=ward)
        rows = rows.filter(Exists(there))
    sort = sort if sort in SORTS else next(iter(SORTS))
    part = part_of(rows, SORTS[sort], page=page, size=PAGE_ROWS)
    wards = _wards_of(part.rows)
    shown = tuple(_row(row, wards.get(row.pk, ())) for row in part.rows)
    return AlertPage(shown, part.total, part.page, part.pages, sort, part.following)


def alert_file(draft_id: int, actor: Actor) -> AlertFile:
    """One alert, whole; `NotFound` where there is none for this person."""
    draft = get_alert(draft_id, actor)
    touched = _touched(draft)
    wards = tuple(t.code for t in touched if t.kind == "ward")
    messages = [_view(a) for a in draft.alerts.order_by("-sent_at", "-pk")]
    seen = draft.matter is not None and policy.reach_of_incidents(actor).covers(
        {"id": draft.matter.pk, "ward_code": draft.matter.ward_code}
    )
    return AlertFile(
        row=_row(draft, wards),
        starts_at=draft.starts_at,
        newest=messages[0],
        earlier=tuple(messages[1:]),
        touched=touched,
        has_outline=draft.outline is not None,
        reason=draft.reason,
        decided_by=draft.decided_by,
        decided_at=draft.decided_at,
        matter_seen=seen,
        timeline=timeline(actor, refs=[Ref("alert", str(draft.pk))]),
        allowed=_allowed(draft, actor, frozenset(wards)),
    )


def alert_outline(draft_id: int, actor: Actor) -> dict[str, Any]:
    """What the newest message of an alert draws, as GeoJSON for the map."""
    draft = get_alert(draft_id, actor)
    features = [
        {"type": "Feature", "properties": {"label": draft.title}, "geometry": draft.outline}
    ]
    return {"type": "FeatureCollection", "features": features if draft.outline else []}


def alert_content(draft_id: int, actor: Actor) -> tuple[str, str]:
    """The newest message of an alert as a file: its name, and where its content is kept."""
    draft = get_alert(draft_id, actor)
    newest = draft.alerts.select_related("document").order_by("-sent_at", "-pk")[0]
    return newest.document.name, newest.document.digest


def get_alert(draft_id: int, actor: Actor) -> IncidentDraft:
    """An alert to act on; `NotFound` where there is none for this person."""
    found: IncidentDraft | None = _seen(actor).select_related("matter").filter(pk=draft_id).first()
    if found is None:
        raise NotFound(f"no alert {draft_id}")
    return found


def get_alerts_to_end(*, at: datetime) -> tuple[IncidentDraft, ...]:
    """The alerts that still wait though their time ran out."""
    rows = IncidentDraft.objects.filter(state=rules.WAITING, ends_at__lte=at)
    return tuple(rows.order_by("pk"))


def feed_health(actor: Actor) -> FeedHealth | None:
    """How the address that alerts are read from does; none where none was read yet."""
    row = AlertFeed.objects.order_by("-read_at", "-pk").first() if actor.is_staff else None
    return FeedHealth(row.address, row.read_at, row.failed_at, row.error) if row else None


def may_take_alerts(actor: Actor) -> bool:
    """Whether the actor enters alerts by hand."""
    return policy.may_take_alert(actor, None)


def _seen(actor: Actor) -> QuerySet[IncidentDraft]:
    found: QuerySet[IncidentDraft] = IncidentDraft.objects.within(policy.reach(actor))
    return found


@dataclass(frozen=True)
class _Wards:
    """What a policy reads of an alert whose wards are known already."""

    touched_wards: frozenset[str]


def _allowed(draft: IncidentDraft, actor: Actor, wards: frozenset[str]) -> frozenset[str]:
    if not policy.may_decide_alert(actor, _Wards(wards)):
        return frozenset()
    moves = ("open_incident", "set_alert_aside")
    return frozenset(move for move in moves if rules.may_move(draft.state, move))


def _touched(draft: IncidentDraft) -> tuple[Touched, ...]:
    rows = draft.touched.order_by("kind", "code").values_list("kind", "code")
    return tuple(Touched(kind, code) for kind, code in rows)


def _wards_of(drafts: Iterable[IncidentDraft]) -> dict[int, tuple[str, ...]]:
    rows = TouchedDistrict.objects.filter(draft__in=[d.pk for d in drafts], kind="ward")
    found: dict[int, tuple[str, ...]] = {}
    for pk, code in rows.order_by("code").values_list("draft_id", "code"):
        found[pk] = (*found.get(pk, ()), code)
    return found


def _row(row: IncidentDraft, wards: tuple[str, ...]) -> AlertRow:
    return AlertRow(
        id=row.pk,
        title=row.title,
        event=row.event,
        severity=row.severity,
        state=row.state,
        sent_at=row.sent_at,
        ends_at=row.ends_at,
        wards=wards,
        matter_id=row.matter_id,
    )


def _view(alert: Alert) -> MessageView:
    kept = {name: getattr(alert, name) for name in MessageView.__dataclass_fields__}
    labels = {
        "kind": rules.KINDS[alert.kind],
        "status": rules.STATUSES[alert.status],
        "urgency": rules.URGENCIES[alert.urgency],
        "severity": rules.SEVERITIES[alert.severity],
        "certainty": rules.CERTAINTIES[alert.certainty],
        "way_in": rules.WAYS_IN[alert.way_in],
    }
    return MessageView(**{**kept, **labels})
