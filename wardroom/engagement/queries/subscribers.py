"""Who gets news, for the office: the list, one subscriber whole, and whom boundaries moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from wardroom.access.actor import Actor
from wardroom.city.models import BoundarySet
from wardroom.engagement import policy
from wardroom.engagement.models import AreaMove, Subscriber, Subscription
from wardroom.engagement.queries.consenting import hindrances
from wardroom.engagement.queries.naming import words_of
from wardroom.engagement.rules.boundaries import EFFECTS
from wardroom.engagement.rules.subscriptions import DISTRICTS
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at

PAGE_ROWS = 25
ACTIVE, UNCONFIRMED, STOPPED, BOUNCED, LOST = "active", "waits", "stopped", "bounced", "lost"
STATES: Mapping[str, str] = {
    ACTIVE: "Gets news",
    UNCONFIRMED: "Not confirmed yet",
    LOST: "Has to choose an area again",
    STOPPED: "Stopped",
    BOUNCED: "Address takes no mail",
}
ENGLISH = tongue_of("en")
SORTS = {"-asked": ("-asked_at", "-pk"), "asked": ("asked_at", "pk")}


@dataclass(frozen=True)
class WishRow:
    """One wish for news in a list."""

    subscriber_id: int
    address: str
    language: str
    area: str
    version: date | None
    frequency: str
    topics: tuple[str, ...]
    asked_at: datetime
    how: str
    state: str


@dataclass(frozen=True)
class WishPage:
    """A page of wishes, the newest first."""

    rows: tuple[WishRow, ...]
    total: int
    page: int
    pages: int
    sort: str


@dataclass(frozen=True)
class AgreementRow:
    """What a subscriber agreed to or took back, in the words that were shown."""

    given: bool
    shown: str
    language: str
    how: str
    at: datetime
    by: str


@dataclass(frozen=True)
class MoveRow:
    """What new boundaries did to one wish."""

    subscriber_id: int
    address: str
    effect: str
    before: str
    after: str
    became: tuple[str, ...]
    moved_at: datetime
    told: bool
    undone: bool


@dataclass(frozen=True)
class SubscriberFile:
    """One subscriber with every wish, agreement and move; ``hindrance`` says why not to write."""

    id: int
    address: str
    language: str
    party_id: int | None
    party_name: str
    hindrance: str
    wishes: tuple[WishRow, ...]
    agreements: tuple[AgreementRow, ...]
    moves: tuple[MoveRow, ...]
    allowed: frozenset[str]


@dataclass(frozen=True)
class BoundaryChange:
    """One version of the boundaries, and how many subscribers it moved, redrew or lost."""

    id: int
    kind: str
    valid_from: date
    counts: tuple[tuple[str, int], ...]
    undone: int
    rows: tuple[MoveRow, ...]
    allowed: frozenset[str]


def wish_page(
    actor: Actor,
    *,
    ward: str = "",
    language: str = "",
    frequency: str = "",
    state: str = ACTIVE,
    sort: str = "-asked",
    page: int = 1,
) -> WishPage:
    """The wishes for news within reach; ``state`` empty means all."""
    wanted = {"ward_code": ward, "subscriber__language": language, "frequency": frequency}
    rows = _seen(actor).filter(**{name: value for name, value in wanted.items() if value})
    if state:
        rows = rows.filter(_in(state))
    total = rows.count()
    page, pages, on_page = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in SORTS else "-asked"
    chosen = rows.select_related("subscriber", "district__boundary_set").defer(
        "district__shape", "district__outline"
    )
    found = chosen.order_by(*SORTS[sort])[on_page]
    return WishPage(tuple(_row(row) for row in found), total, page, pages, sort)


def subscriber_file(subscriber_id: int, actor: Actor) -> SubscriberFile:
    """One subscriber, whole; `NotFound` where none of their areas is within reach."""
    one = get_subscriber(subscriber_id, actor)
    wishes = one.subscriptions.select_related("subscriber", "district__boundary_set")
    moves = AreaMove.objects.filter(subscription__subscriber=one)
    may = policy.may_add_subscriber(actor, one) and one.stopped_at is None
    return SubscriberFile(
        id=one.pk,
        address=one.address,
        language=tongue_of(one.language).english,
        party_id=one.party_id,
        party_name=one.party.name if one.party else "",
        hindrance=hindrances([one])[one.pk],
        wishes=tuple(_row(row) for row in wishes.order_by("-pk")),
        agreements=tuple(
            AgreementRow(a.given, a.shown, tongue_of(a.language).english, a.how, a.at, a.by)
            for a in one.agreements.order_by("-pk")
        ),
        moves=_moves(moves),
        allowed=frozenset({"stop_subscriber"} if may else ()),
    )


def get_subscriber(subscriber_id: int, actor: Actor) -> Subscriber:
    """One subscriber, to act on; `NotFound` where none of their areas is within reach."""
    seen = _seen(actor).filter(subscriber=subscriber_id).exists()
    rows = Subscriber.objects.select_related("party").filter(pk=subscriber_id)
    one: Subscriber | None = rows.first() if seen else None
    if one is None:
        raise NotFound(f"no subscriber {subscriber_id}")
    return one


def boundary_changes(actor: Actor) -> tuple[BoundaryChange, ...]:
    """Every version of the boundaries that moved somebody, with those within reach."""
    seen = AreaMove.objects.filter(subscription__in=_seen(actor))
    versions = BoundarySet.objects.filter(pk__in=seen.values("boundary_set"))
    return tuple(
        _change(version, seen.filter(boundary_set=version), actor)
        for version in versions.order_by("-valid_from", "kind")[:PAGE_ROWS]
    )


def get_boundaries_of_moves(boundary_set_id: int, actor: Actor) -> BoundarySet:
    """One version of the boundaries that moved somebody, to act on."""
    seen = AreaMove.objects.filter(subscription__in=_seen(actor), boundary_set=boundary_set_id)
    if not seen.exists():
        raise NotFound(f"boundaries {boundary_set_id} moved nobody")
    found: BoundarySet = BoundarySet.objects.get(pk=boundary_set_id)
    return found


def may_add_subscribers(actor: Actor) -> bool:
    """Whether the actor writes down who wants news."""
    return policy.may_add_subscriber(actor, None)


def _seen(actor: Actor) -> QuerySet[Subscription]:
    return Subscription.objects.within(policy.news_reach(actor))


def _in(state: str) -> Q:
    stopped, bounced = "subscriber__stopped_at__isnull", "subscriber__bounced_at__isnull"
    if state == STOPPED:
        return Q(**{stopped: False}) | Q(ended_at__isnull=False)
    if state == BOUNCED:
        return Q(**{bounced: False, stopped: True})
    live = Q(ended_at=None, **{stopped: True, bounced: True})
    if state == UNCONFIRMED:
        return live & Q(confirmed_at=None)
    return live & Q(confirmed_at__isnull=False, lost_at__isnull=state != LOST)


def _state(row: Subscription) -> str:
    one = row.subscriber
    if one.stopped_at is not None or row.ended_at is not None:
        return STOPPED
    if one.bounced_at is not None:
        return BOUNCED
    if row.confirmed_at is None:
        return UNCONFIRMED
    return LOST if row.lost_at is not None else ACTIVE


def _row(row: Subscription) -> WishRow:
    return WishRow(
        subscriber_id=row.subscriber_id,
        address=row.subscriber.address,
        language=tongue_of(row.subscriber.language).english,
        area=words_of(ENGLISH, row).replace("your ", "the ", 1),
        version=row.district.boundary_set.valid_from if row.district else None,
        frequency=row.frequency,
        topics=tuple(row.topics),
        asked_at=row.asked_at,
        how=row.how,
        state=_state(row),
    )


def _moves(rows: QuerySet[AreaMove]) -> tuple[MoveRow, ...]:
    related = ("subscription__subscriber", "before", "after")
    found = rows.select_related(*related).defer(
        "before__shape", "before__outline", "after__shape", "after__outline"
    )
    return tuple(
        MoveRow(
            subscriber_id=move.subscription.subscriber_id,
            address=move.subscription.subscriber.address,
            effect=move.effect,
            before=_named(move.subscription.kind, move.before.code),
            after=_named(move.subscription.kind, move.after.code) if move.after else "",
            became=tuple(move.became),
            moved_at=move.moved_at,
            told=move.message_id is not None,
            undone=move.undone_at is not None,
        )
        for move in found.order_by("-pk")[:200]
    )


def _named(kind: str, code: str) -> str:
    return f"{DISTRICTS[kind]} {code}"


def _change(version: BoundarySet, rows: QuerySet[AreaMove], actor: Actor) -> BoundaryChange:
    counted = dict(rows.order_by().values_list("effect").annotate(Count("pk")))
    undone = rows.filter(undone_at__isnull=False).count()
    may = policy.may_undo_moves(actor, version) and undone < sum(counted.values())
    return BoundaryChange(
        id=version.pk,
        kind=DISTRICTS.get(version.kind, version.kind),
        valid_from=version.valid_from,
        counts=tuple((EFFECTS[effect], counted[effect]) for effect in EFFECTS if effect in counted),
        undone=undone,
        rows=_moves(rows),
        allowed=frozenset({"undo_moves"} if may else ()),
    )
