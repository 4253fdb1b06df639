"""What people of the office learned: the list, one record, and which certificates run out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.kernel.paging import page_at
from wardroom.office import policy
from wardroom.office.models import Reminder, Training
from wardroom.office.rules import training as rules

PAGE_ROWS = 25
ORDERS: Mapping[str, tuple[Any, ...]] = {
    "-held": ("-held_on", "-pk"),
    "held": ("held_on", "pk"),
    "name": ("party__name", "-held_on", "-pk"),
    "expires": (F("expires_on").asc(nulls_last=True), "pk"),
}


@dataclass(frozen=True)
class TrainingRow:
    """One training, conference or certificate of somebody."""

    id: int
    party_id: int
    name: str
    sort: str
    sort_words: str
    title: str
    provider: str
    held_on: date
    hours: Decimal
    cost_reference: str
    has_paper: bool
    expires_on: date | None
    replaced: bool
    disposed: bool
    noted_by: str
    noted_at: datetime


@dataclass(frozen=True)
class TrainingPage:
    """A page of them, the newest first, with the hours of all."""

    rows: tuple[TrainingRow, ...]
    total: int
    hours: Decimal
    page: int
    pages: int
    sort: str
    allowed: frozenset[str]


@dataclass(frozen=True)
class TrainingFile:
    """One record, and what can be done with it."""

    row: TrainingRow
    allowed: frozenset[str]


def training_page(
    actor: Actor,
    *,
    party_id: int | None = None,
    kind: str = "",
    sort: str = "-held",
    page: int = 1,
) -> TrainingPage:
    """What people learned; those who lead, audit or keep records all of it, others their own."""
    rows = Training.objects.within(policy.reach_of_own_records(actor))
    rows = rows.filter(party=party_id) if party_id is not None else rows
    rows = rows.filter(sort=kind) if kind in rules.SORTS else rows
    total = rows.count()
    page, pages, cut = page_at(total, page, PAGE_ROWS)
    sort = sort if sort in ORDERS else "-held"
    notes = policy.may_keep_training(actor, None) or policy.notes_own_training(actor)
    return TrainingPage(
        rows=tuple(_row(t) for t in rows.select_related("party").order_by(*ORDERS[sort])[cut]),
        total=total,
        hours=rows.aggregate(all=Sum("hours"))["all"] or Decimal(0),
        page=page,
        pages=pages,
        sort=sort,
        allowed=frozenset({"note_training"} if notes else ()),
    )


def notes_for_all(actor: Actor) -> bool:
    """Whether somebody notes what anybody learned, and not only what they did themselves."""
    return policy.may_keep_training(actor, None)


def training_file(training_id: int, actor: Actor) -> TrainingFile:
    """One record; `NotFound` for whoever may not see it."""
    training = get_training(training_id, actor)
    live = training.disposed_at is None
    told = live and training.expires_on is not None and training.replaced_at is None
    offers = {
        "replace_certificate": told and policy.may_keep_training(actor, training),
        "dispose_of_training": live and policy.may_dispose_staffing(actor, training),
    }
    return TrainingFile(_row(training), frozenset(name for name, on in offers.items() if on))


def get_training(training_id: int, actor: Actor) -> Training:
    """One record, to act on it; `NotFound` out of reach."""
    rows = Training.objects.within(policy.reach_of_own_records(actor))
    rows = rows.select_related("party__user", "certificate")
    found: Training | None = rows.filter(pk=training_id).first()
    if found is None:
        raise NotFound(f"no training {training_id}")
    return found


def get_certificates_to_remind(*, on: date) -> tuple[Training, ...]:
    """The certificates that run out, and of which that has to be told today."""
    soon = on + timedelta(days=max(rules.REMINDERS))
    rows = Training.objects.filter(expires_on__range=(on, soon), replaced_at=None, disposed_at=None)
    found = list(rows.select_related("party").order_by("pk"))
    told: dict[str, set[int]] = {}
    keys = [str(training.pk) for training in found]
    for key, step in Reminder.objects.filter(noun="training", key__in=keys).values_list(
        "key", "step"
    ):
        told.setdefault(key, set()).add(step)
    return tuple(
        training
        for training in found
        if training.expires_on is not None
        and rules.step_due(training.expires_on, on, told.get(str(training.pk), set())) is not None
    )


def _row(training: Training) -> TrainingRow:
    return TrainingRow(
        id=training.pk,
        party_id=training.party.pk,
        name=training.party.name,
        sort=training.sort,
        sort_words=rules.SORTS[training.sort],
        title=training.title or "Disposed of",
        provider=training.provider,
        held_on=training.held_on,
        hours=training.hours,
        cost_reference=training.cost_reference,
        has_paper=training.certificate_id is not None,
        expires_on=training.expires_on,
        replaced=training.replaced_at is not None,
        disposed=training.disposed_at is not None,
        noted_by=training.noted_by,
        noted_at=training.noted_at,
    )
