"""One handover, thing by thing, as it stands at this moment and as far as somebody sees it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.facts import Ref
from wardroom.kernel.paging import page_at
from wardroom.ledger.queries import TimelinePage, timeline
from wardroom.matters import policy, rules
from wardroom.matters.gateways import Gatherer, LiveThing, gatherers
from wardroom.matters.models import Handover, HandoverItem
from wardroom.matters.queries.live import things_to_hand_over

PAGE_ROWS = 50
MOST_ROWS = 500
SHOWN: Mapping[str, frozenset[str]] = {
    "": frozenset(rules.ITEM_WORDS),
    "open": frozenset(rules.ITEM_WORDS) - rules.SETTLED,
    **{state: frozenset({state}) for state in rules.ITEM_WORDS},
}


@dataclass(frozen=True)
class HandoverHead:
    """One handover as lists show it."""

    id: int
    party_id: int
    party_name: str
    ward_code: str
    why: str
    state: str
    state_words: str
    last_on: date
    started_on: date
    started_by: str
    ended_on: date | None
    only_left: bool


@dataclass(frozen=True)
class ItemRow:
    """One thing that is handed over, as it stands at this moment.

    Without an ``id`` it came up since the list was last written down.
    """

    id: int | None
    ref: str
    kind: str
    title: str
    detail: str
    ward_code: str
    due_on: date | None
    matter_id: int | None
    matter_kind: str
    noun: str
    key: str
    address: str
    state: str
    state_words: str
    successor_name: str
    answered_by: str
    answered_on: date | None
    reason: str
    note: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class ItemGroup:
    """The things of one kind."""

    kind: str
    one: str
    many: str
    rows: tuple[ItemRow, ...]

    @property
    def mine(self) -> tuple[int, ...]:
        """Those that the reader can accept at once, after a look."""
        return tuple(r.id for r in self.rows if r.id is not None and "accept_items" in r.allowed)


@dataclass(frozen=True)
class NoteRow:
    """What a successor needs to know of a ward, or of the whole work."""

    ward_code: str
    text: str
    written_by: str
    written_on: date


@dataclass(frozen=True)
class HandoverFile:
    """One handover: a page of its things by kind, counts of all, notes, and what may be done."""

    head: HandoverHead
    groups: tuple[ItemGroup, ...]
    total: int
    page: int
    pages: int
    counts: Mapping[str, int]
    wards: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    open_things: tuple[Ref, ...]
    timeline: TimelinePage
    whole: bool
    allowed: frozenset[str]

    @property
    def unsettled(self) -> int:
        """How much is neither accepted nor overtaken."""
        return sum(n for state, n in self.counts.items() if state not in rules.SETTLED)


def handover_file(
    handover_id: int,
    actor: Actor,
    *,
    on: date,
    ward: str = "",
    show: str = "",
    page: int = 1,
    size: int = PAGE_ROWS,
) -> HandoverFile:
    """One handover as this person may see it; a successor sees what is handed to them.

    What is live is looked up afresh: new things are in it, and what was closed fell off.
    """
    handover = get_handover(handover_id, actor)
    everything = _rows(handover, actor, on)
    counts = {state: sum(r.state == state for r in everything) for state in rules.ITEM_WORDS}
    kept = SHOWN.get(show, SHOWN[""])
    rows = [r for r in everything if r.state in kept and ward in ("", r.ward_code)]
    size = min(max(1, size), MOST_ROWS)
    page, pages, on_page = page_at(len(rows), page, size)
    chosen = rows[on_page]
    whole = _sees_all(handover, actor)
    wards = tuple(sorted({r.ward_code for r in everything if r.ward_code}))
    return HandoverFile(
        head=handover_head(handover),
        groups=_groups(chosen),
        total=len(rows),
        page=page,
        pages=pages,
        counts=counts,
        wards=wards,
        notes=_notes(handover, None if whole else wards),
        open_things=tuple(Ref(r.noun, r.key) for r in everything if r.state not in rules.SETTLED),
        timeline=timeline(actor, refs=[Ref("handover", str(handover.pk))]),
        whole=whole,
        allowed=_allowed(handover, actor),
    )


def things_in(
    handover_id: int, actor: Actor, *, on: date, ward: str | None = None, unchosen: bool = False
) -> tuple[Ref, ...]:
    """What is not settled yet, to choose a successor for all of it, or for all of a ward."""
    handover = get_handover(handover_id, actor)
    rows = [r for r in _rows(handover, actor, on) if r.state not in rules.SETTLED]
    rows = [r for r in rows if ward is None or r.ward_code == ward]
    return tuple(Ref(r.noun, r.key) for r in rows if not unchosen or r.state != "proposed")


def get_handover(handover_id: int, actor: Actor) -> Handover:
    """One handover, to act on it; `NotFound` for whoever has no part in it."""
    rows = Handover.objects.within(policy.reach_of_handovers(actor)).filter(pk=handover_id)
    handover: Handover | None = rows.select_related("party", "begun_by").first()
    if handover is None:
        raise NotFound(f"no handover {handover_id}")
    return handover


def _rows(handover: Handover, actor: Actor, on: date) -> list[ItemRow]:
    """Everything in it that this person may see, what is stored and what is live put together."""
    seen = HandoverItem.objects.within(policy.reach_of_items(actor)).filter(handover=handover)
    stored = list(seen.select_related("successor", "matter").order_by("pk"))
    alive: dict[tuple[str, str, str], tuple[Gatherer, LiveThing]] = {}
    if handover.state == "running":
        found = things_to_hand_over(handover, on=on)
        alive = {(g.kind, thing.noun, thing.key): (g, thing) for g, thing in found}
    rows = [_stored_row(item, alive, handover, actor) for item in stored]
    if _sees_all(handover, actor):
        known = {(item.kind, item.noun, item.key) for item in stored}
        sealed = actor.reach.sealed_ids("matter")
        rows += [
            _new_row(g, thing, handover, actor)
            for ident, (g, thing) in alive.items()
            if ident not in known and thing.matter_id not in sealed
        ]
    order = {g.kind: n for n, g in enumerate(gatherers())}
    return sorted(rows, key=lambda r: (order.get(r.kind, 99), r.ward_code, r.due_on or date.max))


def _stored_row(
    item: HandoverItem,
    alive: Mapping[tuple[str, str, str], tuple[Gatherer, LiveThing]],
    handover: Handover,
    actor: Actor,
) -> ItemRow:
    _, thing = alive.get((item.kind, item.noun, item.key), (None, None))
    state = item.state
    if handover.state == "running":
        state = rules.state_now(state, alive=thing is not None)
    successor = item.successor if state != "gathered" else None
    mine = successor is not None and successor.user_id == actor.user_id
    matter = item.matter
    return ItemRow(
        id=item.pk,
        ref=f"{item.noun}:{item.key}",
        kind=item.kind,
        title=thing.title if thing else item.title,
        detail=thing.detail if thing else "",
        ward_code=item.ward_code,
        due_on=thing.due_on if thing else None,
        matter_id=matter.pk if matter is not None else None,
        matter_kind=matter.kind if matter is not None else "",
        noun=item.noun,
        key=item.key,
        address=thing.address if thing else "",
        state=state,
        state_words=rules.ITEM_WORDS[state],
        successor_name=successor.name if successor else "",
        answered_by=item.answered_by,
        answered_on=localdate(item.answered_at) if item.answered_at else None,
        reason=item.reason,
        note=item.note,
        allowed=_item_allowed(state, handover, actor, mine=mine),
    )


def _new_row(gatherer: Gatherer, thing: LiveThing, handover: Handover, actor: Actor) -> ItemRow:
    return ItemRow(
        id=None,
        ref=f"{thing.noun}:{thing.key}",
        kind=gatherer.kind,
        title=thing.title,
        detail=thing.detail,
        ward_code=thing.ward_code,
        due_on=thing.due_on,
        matter_id=thing.matter_id,
        matter_kind=thing.matter_kind,
        noun=thing.noun,
        key=thing.key,
        address=thing.address,
        state="gathered",
        state_words=rules.ITEM_WORDS["gathered"],
        successor_name="",
        answered_by="",
        answered_on=None,
        reason="",
        note="",
        allowed=_item_allowed("gathered", handover, actor, mine=False),
    )


def _item_allowed(state: str, handover: Handover, actor: Actor, *, mine: bool) -> frozenset[str]:
    if handover.state != "running":
        return frozenset()
    moves = set(rules.ITEM_MOVES[state]) - {"catch_up_handover"}
    if not (mine and policy.may_accept_items(actor, handover)):
        moves -= {"accept_items", "send_back_items"}
    if not policy.may_set_successor(actor, handover):
        moves -= {"set_successor"}
    if "set_successor" in moves and policy.may_call_off_handover(actor, handover) and not mine:
        moves.add("take_items")
    if state not in rules.SETTLED and policy.may_write_handover_note(actor, handover):
        moves.add("write_handover_note")
    return frozenset(moves)


def _allowed(handover: Handover, actor: Actor) -> frozenset[str]:
    if handover.state != "running":
        return frozenset()
    may = {
        "set_successor": policy.may_set_successor,
        "write_handover_note": policy.may_write_handover_note,
        "finish_handover": policy.may_finish_handover,
        "call_off_handover": policy.may_call_off_handover,
    }
    moves = {move for move, allowed in may.items() if allowed(actor, handover)}
    if policy.may_accept_items(actor, handover) and _sees_all(handover, actor):
        moves.add("catch_up_handover")
    return frozenset(moves)


def _sees_all(handover: Handover, actor: Actor) -> bool:
    leaver = actor.user_id is not None and handover.party.user_id == actor.user_id
    return leaver or policy.reach_of_handovers(actor).everything


def _groups(rows: list[ItemRow]) -> tuple[ItemGroup, ...]:
    words = {g.kind: (g.one, g.many) for g in gatherers()}
    kinds = dict.fromkeys(r.kind for r in rows)
    return tuple(
        ItemGroup(kind, *words.get(kind, (kind, kind)), tuple(r for r in rows if r.kind == kind))
        for kind in kinds
    )


def _notes(handover: Handover, wards: Iterable[str] | None) -> tuple[NoteRow, ...]:
    rows = handover.notes.exclude(text="").order_by("ward_code")
    if wards is not None:
        rows = rows.filter(ward_code__in=["", *wards])
    return tuple(NoteRow(n.ward_code, n.text, n.written_by, localdate(n.written_at)) for n in rows)


def handover_head(handover: Handover) -> HandoverHead:
    """One handover as lists show it."""
    return HandoverHead(
        id=handover.pk,
        party_id=handover.party.pk,
        party_name=handover.party.name,
        ward_code=handover.ward_code,
        why=handover.why,
        state=handover.state,
        state_words=rules.HANDOVER_WORDS[handover.state],
        last_on=handover.last_on,
        started_on=localdate(handover.started_at),
        started_by=handover.started_by,
        ended_on=localdate(handover.ended_at) if handover.ended_at else None,
        only_left=handover.only_left,
    )
