"""Records that may be of the same person or organization; only a person says that they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from wardroom.access.actor import Actor
from wardroom.casework import policy
from wardroom.casework.models import Complaint
from wardroom.casework.queries.people import get_party_seen, seen_parties
from wardroom.casework.rules.twins import Spelled, is_close, spelled
from wardroom.directory.models import ContactPoint, Party
from wardroom.directory.queries import PartyCard, party_card
from wardroom.directory.queries.joining import hindrance, refusals_to_come
from wardroom.directory.rules import CHANNELS
from wardroom.kernel.errors import NotAllowed
from wardroom.kernel.paging import page_at

MOST_SHARED, MOST_POINTS, MOST_AT_A_PLACE, MOST_PLACES = 6, 2000, 40, 400
PAGE_ROWS = 25
PARTY = ("party_id", "party__kind", "party__name")
REPORTER = ("reporter_id", "reporter__kind", "reporter__name")


class _Known(NamedTuple):
    """What is compared of a record."""

    pk: int
    kind: str
    name: str


@dataclass(frozen=True)
class TwinRow:
    """Two records that may be one, and why."""

    party_id: int
    name: str
    other_id: int
    other_name: str
    why: str


@dataclass(frozen=True)
class TwinPage:
    """A page of suggestions; the surest first."""

    rows: tuple[TwinRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class JoinPreview:
    """What joining one record to another would do; ``hindrance`` says why it cannot be."""

    gone: PartyCard
    kept: PartyCard
    gone_complaints: int
    kept_complaints: int
    refusals: tuple[str, ...]
    hindrance: str


def twin_page(actor: Actor, *, page: int = 1) -> TwinPage:
    """Records within reach that share a telephone, a mail address, or a close name and place."""
    if not actor.is_staff:
        raise NotAllowed
    found = [*_by_point(actor), *_by_place(actor)]
    rows = list({(row.party_id, row.other_id): row for row in reversed(found)}.values())[::-1]
    page, pages, on_page = page_at(len(rows), page, PAGE_ROWS)
    shown = rows[on_page]
    return TwinPage(tuple(shown), len(rows), page, pages)


def join_preview(party_id: int, other_id: int, actor: Actor, *, on: date) -> JoinPreview:
    """What joining the first record to the second would do; `NotFound` out of reach."""
    gone, kept = get_party_seen(party_id, actor), get_party_seen(other_id, actor)
    counts = dict(
        Complaint.objects.within(policy.reach(actor))
        .filter(reporter__in=[gone.pk, kept.pk])
        .order_by()
        .values_list("reporter")
        .annotate(n=Count("pk"))
    )
    no = hindrance(gone, kept)
    return JoinPreview(
        gone=party_card(gone.pk, actor, on=on),
        kept=party_card(kept.pk, actor, on=on),
        gone_complaints=counts.get(gone.pk, 0),
        kept_complaints=counts.get(kept.pk, 0),
        refusals=() if no else tuple(dict.fromkeys(r.words for r in refusals_to_come(gone, kept))),
        hindrance=no,
    )


def _listed(rows: QuerySet[Party, Party]) -> QuerySet[Party, Party]:
    return rows.filter(merged_into=None, withdrawn_at=None, user=None, agency=False)


def _points(rows: QuerySet[Party, Party]) -> QuerySet[ContactPoint, ContactPoint]:
    # Asked of each point: as a list, all of the city's people would be looked up first.
    listed = Exists(_listed(rows.filter(pk=OuterRef("party"))))
    points = ContactPoint.objects.filter(listed, ended_at=None, channel__in=("phone", "email"))
    return points.exclude(match="")


def _by_point(actor: Actor) -> list[TwinRow]:
    """Those who share a number or an address; one that many share is a house's, nobody's own."""
    # Shared by anybody first: whether somebody may be seen costs more than whether they share.
    by_anybody = {row["match"] for row in _several(_points(Party.objects.all()))}
    points = _points(seen_parties(actor)).filter(match__among=by_anybody)
    shared = _several(points, most=MOST_SHARED)
    rows = points.filter(match__in=shared).order_by("match", "party_id")
    groups: dict[tuple[str, str], set[_Known]] = {}
    for channel, match, *known in rows.values_list("channel", "match", *PARTY)[:MOST_POINTS]:
        groups.setdefault((channel, match), set()).add(_Known(*known))
    names = _spelled(groups.values())
    found = []
    for (channel, _), some in groups.items():
        for one, other in _pairs(some):
            close = is_close(names[one], names[other])
            words = f"the same {CHANNELS[channel].lower()}"
            row = _twin(one, other, f"{words} and a close name" if close else words)
            found.append((not close, row.name, row))
    return [row for _, _, row in sorted(found, key=lambda each: each[:2])]


def _several(points: QuerySet[ContactPoint, ContactPoint], *, most: int | None = None) -> Any:
    rows = points.order_by().values("channel", "match")
    rows = rows.annotate(n=Count("party", distinct=True)).filter(n__gt=1)
    return (rows if most is None else rows.filter(n__lte=most)).values("match")


def _by_place(actor: Actor) -> list[TwinRow]:
    """Those of a close name who reported from the same place."""
    # Asked of each report, so that the database walks from place to place and may stop. Whoever
    # made a report within reach may be seen.
    listed = Exists(_listed(Party.objects.filter(pk=OuterRef("reporter"))))
    mine = Complaint.objects.within(policy.reach(actor)).filter(listed)
    several = (
        mine.order_by()
        .values("matter__place")
        .annotate(n=Count("reporter", distinct=True))
        .filter(n__gt=1, n__lte=MOST_AT_A_PLACE, matter__place__isnull=False)
        .order_by("matter__place")
        .values("matter__place")[:MOST_PLACES]
    )
    places = [row["matter__place"] for row in several]
    rows = mine.filter(matter__place__in=places).order_by("matter__place")
    groups: dict[int, set[_Known]] = {}
    for place, *known in rows.values_list("matter__place", *REPORTER):
        groups.setdefault(place, set()).add(_Known(*known))
    names = _spelled(groups.values())
    return [
        _twin(one, other, "a close name at the same place")
        for some in groups.values()
        for one, other in _pairs(some)
        if is_close(names[one], names[other])
    ]


def _spelled(groups: Iterable[set[_Known]]) -> dict[_Known, Spelled]:
    everyone = list(set().union(*groups))
    return dict(zip(everyone, spelled(one.name for one in everyone), strict=True))


def _pairs(some: Iterable[_Known]) -> list[tuple[_Known, _Known]]:
    """Each two of a kind, the older record second: it is the one to keep."""
    rows = sorted(some, reverse=True)
    return [(a, b) for i, a in enumerate(rows) for b in rows[i + 1 :] if a.kind == b.kind]


def _twin(one: _Known, other: _Known, why: str) -> TwinRow:
    return TwinRow(one.pk, one.name, other.pk, other.name, why)
