"""How matters and asks stood at an earlier instant, told from the ledger."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.models import Seal
from wardroom.ledger.models import Entry
from wardroom.matters import rules

WAITING, LATE, PROMISED = "waiting", "late", "promised"
STATE_AFTER: Mapping[str, str] = {
    "AskRequested": "requested",
    "AskAccepted": "accepted",
    "AskDeclined": "declined",
    "AskCountered": "countered",
    "CounterAgreed": "accepted",
    "PromiseMoved": "accepted",
    "AskDone": "done",
    "AskReworded": "",
    "AskWithdrawn": "withdrawn",
}
CAME, WENT = ("MatterOpened", "MatterReopened"), ("MatterClosed", "MatterMerged")
CLOCK_AFTER: Mapping[str, bool] = {
    "TaskAdded": True,
    "TaskMoved": True,
    "ClockResumed": True,
    "TaskReopened": True,
    "TaskDone": False,
    "TaskDropped": False,
}
MATTER_STEPS = (
    *("MatterOpened", "NextStepSet", "NextStepFollowed", "MatterClosed", "MatterReopened"),
    *("MatterMerged", "MergeUndone"),
)


@dataclass(frozen=True)
class AskThen:
    """An ask as it stood at an instant; the first promise and the first done day stay.

    ``asked_on`` is the first day it was sent; ``moved_on`` the last on which its promise was
    moved, ``done_at`` the last moment at which it was reported done.
    """

    ask_id: int
    matter_id: int
    state: str
    due_on: date
    counter_on: date | None = None
    promised_on: date | None = None
    first_promised_on: date | None = None
    first_done_on: date | None = None
    withdrawn_on: date | None = None
    asked_on: date | None = None
    moved_on: date | None = None
    done_at: datetime | None = None

    @property
    def expected_on(self) -> date:
        """The promised day, or the day asked for."""
        return rules.expected_on(self.promised_on, self.due_on)

    @property
    def kept(self) -> bool:
        """Whether the agency first reported it done by the day of its first promise."""
        done, promised = self.first_done_on, self.first_promised_on
        return done is not None and promised is not None and done <= promised

    def counts_as_promise(self) -> bool:
        """Whether its first promise stands or falls: not where we withdrew before its day."""
        promised, withdrawn = self.first_promised_on, self.withdrawn_on
        if promised is None:
            return False
        return self.kept or withdrawn is None or withdrawn >= promised


@dataclass(frozen=True)
class MatterThen:
    """A matter that was open at an instant, with what came next."""

    matter_id: int
    next_on: date | None
    next_step: str


@dataclass(frozen=True)
class DeadlineThen:
    """A legal deadline that ran at an instant."""

    ask_id: int
    matter_id: int | None
    wording: str
    title: str
    due_on: date
    citation: str


@dataclass(frozen=True)
class AsksThen:
    """Which asks of an earlier instant: waiting, late, or promised for days of a span."""

    was: str
    at: datetime
    promised_from: date | None = None
    promised_until: date | None = None


def asks_at(
    at: datetime, *, ward: str | None = None, among: Collection[int] | None = None
) -> dict[int, AskThen]:
    """Every ask that an agency had been sent before an instant, as it stood then.

    Reports are read by many: what is restricted today stands in none of them. With ``among``
    only the asks of these matters. Where the clock went back between two lines, what was said
    of an ask at an hour before it was sent is left out.
    """
    asks: dict[int, AskThen] = {}
    for kind, body, when in _told(_lines(tuple(STATE_AFTER), at, ward, among)):
        key = body["ask_id"]
        if kind == "AskRequested" and key not in asks:
            due_on = _day(body["due_on"])
            asks[key] = AskThen(
                key, body["matter_id"], "requested", due_on, asked_on=localdate(when)
            )
        if key not in asks:
            continue
        asks[key] = _after(asks[key], kind, body, when)
    return asks


def asks_then(then: AsksThen, *, ward: str | None = None) -> tuple[AskThen, ...]:
    """The asks that waited, were late, or were promised for a span, in the order of sending."""
    return chosen_asks(asks_at(then.at, ward=ward), then)


def chosen_asks(asks: Mapping[int, AskThen], then: AsksThen) -> tuple[AskThen, ...]:
    """Those of some asks that waited, were late, or were promised for a span."""
    today = localdate(then.at)
    first, last = then.promised_from or date.min, then.promised_until or date.max

    def fits(ask: AskThen) -> bool:
        if then.was == WAITING:
            return ask.state == "requested"
        if then.was == LATE:
            return ask.state in rules.WITH_AGENCY and ask.expected_on < today
        promised = ask.first_promised_on
        return promised is not None and first <= promised <= last and ask.counts_as_promise()

    return tuple(ask for ask in asks.values() if fits(ask))


def open_ids_at(at: datetime, *, ward: str | None = None) -> frozenset[int]:
    """The numbers of the matters that were open before an instant; much quicker than the rest."""
    last: dict[str, str] = dict(_lines(MATTER_STEPS, at, ward).values_list("matter_key", "kind"))
    return frozenset(int(key) for key, kind in last.items() if key and kind not in WENT)


def open_matters_at(
    at: datetime, *, ward: str | None = None, among: Collection[int] | None = None
) -> dict[int, MatterThen]:
    """The matters that were open before an instant, each with its next step of that time.

    With ``among`` only these, if they were open.
    """
    matters: dict[int, MatterThen] = {}
    joined: dict[int, MatterThen] = {}
    for kind, body, _ in _told(_lines(MATTER_STEPS, at, ward, among)):
        key = body["matter_id"]
        if kind == "MatterMerged" and key in matters:
            joined[key] = matters.pop(key)
        elif kind == "MergeUndone" and key in joined:
            matters[key] = joined.pop(key)
        elif kind == "MatterClosed":
            matters.pop(key, None)
        elif "next_on" in body:
            matters[key] = MatterThen(key, _day(body["next_on"]), body.get("next_step", ""))
    return matters


def matters_moved(
    since: datetime, at: datetime, *, ward: str | None = None
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The matters that were taken on or opened again in a span, and those that were closed."""
    lines = _lines((*CAME, *WENT), at, ward).filter(at__gte=since)
    moved = list(lines.values_list("kind", "matter_key"))
    came = dict.fromkeys(int(key) for kind, key in moved if kind in CAME and key)
    went = dict.fromkeys(int(key) for kind, key in moved if kind in WENT and key)
    return tuple(came), tuple(went)


def deadlines_at(at: datetime, *, ward: str | None = None) -> tuple[DeadlineThen, ...]:
    """The legal deadlines that ran at an instant, the soonest first; as in `asks_at`."""
    lines = _lines(tuple(CLOCK_AFTER), at, ward).filter(body__kind_of_ask=rules.DEADLINE)
    clocks: dict[int, DeadlineThen] = {}
    running: dict[int, bool] = {}
    for kind, body, _ in _told(lines):
        key = body["ask_id"]
        if kind == "TaskAdded":
            clocks[key] = DeadlineThen(
                key, body["matter_id"], body["wording"], body["title"], _day(body["due_on"]),
                body["citation"],
            )  # fmt: skip
        elif key not in clocks:
            continue
        elif "due_on" in body:
            clocks[key] = replace(clocks[key], due_on=_day(body["due_on"]))
        running[key] = CLOCK_AFTER[kind]
    left = (clock for key, clock in clocks.items() if running[key])
    return tuple(sorted(left, key=lambda d: (d.due_on, d.ask_id)))


def _lines(
    kinds: tuple[str, ...],
    at: datetime,
    ward: str | None,
    among: Collection[int] | None = None,
) -> Any:
    sealed = Seal.objects.filter(noun="matter").values("key")
    lines = Entry.objects.filter(kind__in=kinds, at__lt=at).exclude(matter_key__in=sealed)
    if ward:
        lines = lines.filter(ward_code=ward)
    if among is not None:
        lines = lines.filter(matter_key__among=[str(key) for key in sorted(among)])
    return lines.order_by("pk")


def _told(lines: Any) -> Any:
    return lines.values_list("kind", "body", "at")


def _after(ask: AskThen, kind: str, body: dict[str, Any], at: datetime) -> AskThen:
    on = localdate(at)
    moved_on = on if kind == "PromiseMoved" else ask.moved_on
    ask = replace(ask, state=STATE_AFTER[kind] or ask.state, moved_on=moved_on)
    if kind == "AskReworded":
        return replace(ask, due_on=_day(body["due_on"]))
    if kind == "AskRequested":
        return replace(ask, due_on=_day(body["due_on"]), promised_on=None, counter_on=None)
    if kind == "AskCountered":
        return replace(ask, counter_on=_day(body["counter_on"]))
    if kind in {"AskAccepted", "CounterAgreed", "PromiseMoved"}:
        day = _day(body["promised_on"])
        return replace(
            ask, promised_on=day, first_promised_on=ask.first_promised_on or day, counter_on=None
        )
    if kind == "AskDone":
        return replace(ask, first_done_on=ask.first_done_on or on, done_at=at)
    if kind == "AskWithdrawn":
        return replace(ask, withdrawn_on=on)
    return ask


def _day(text: str) -> date:
    return date.fromisoformat(text)
