"""Packets for the meetings of commissions: as one stands now, or as it was sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.calendar.models import Event
from wardroom.calendar.queries import get_event
from wardroom.calendar.queries.events import day_start
from wardroom.calendar.rules import ANC_MEETING, PLANNED
from wardroom.directory.models import Party
from wardroom.directory.queries import get_liaison_of
from wardroom.engagement.queries.meetings import host_of
from wardroom.kernel.errors import NotFound
from wardroom.matters.models import Waiting
from wardroom.reporting import policy
from wardroom.reporting.models import Packet
from wardroom.reporting.queries.gathering.packet import packet_rows
from wardroom.reporting.rules import packets as rules

NOUN = "packet"


@dataclass(frozen=True)
class SentPacket:
    """A packet that went out, as lists name it."""

    event_id: int
    version: int
    meets_on: date
    sent_at: datetime
    sent_by: str


@dataclass(frozen=True)
class PacketPage:
    """A packet whole. Version 0 is not out and still changes; any other is frozen."""

    event_id: int
    commission_id: int
    name: str
    facts: Mapping[str, Any]
    version: int
    note: str
    sent: SentPacket | None
    versions: tuple[SentPacket, ...]
    before: SentPacket | None
    smds: tuple[str, ...]
    smd: str
    allowed: frozenset[str]


def packet_page(
    event_id: int, actor: Actor, *, at: datetime, version: int | None = None, smd: str = ""
) -> PacketPage:
    """A packet within reach: this version, 0 for the one as it stands, or the last one sent.

    With ``smd`` what concerns one commissioner. `NotFound` for what is no commission's meeting,
    is out of reach, or was never sent.
    """
    event, commission = get_meeting_of_commission(event_id, actor)
    rows = list(Packet.objects.filter(event=event).select_related("event").order_by("-version"))
    if version is None:
        version = rows[0].version if rows else 0
    row = next((row for row in rows if row.version == version), None)
    if row is None and version:
        raise NotFound(f"no packet {version} of event {event_id}")
    before = last_sent(commission, but=row) if row is not None else last_sent(commission)
    facts = row.content if row is not None else draft(event, commission, before, at=at)
    codes = tuple(one["code"] for one in facts["smds"])
    if smd and smd not in codes:
        raise NotFound(f"no SMD {smd} in {commission.name}")
    sends = policy.may_send_packet(actor, event) and _may_go(event, at)
    return PacketPage(
        event_id=event.pk,
        commission_id=commission.pk,
        name=commission.name,
        facts=rules.for_smd(facts, smd) if smd else facts,
        version=version,
        note=row.note if row is not None else "",
        sent=_sent(row) if row is not None else None,
        versions=tuple(_sent(one) for one in rows),
        before=_sent(before) if before is not None else None,
        smds=codes,
        smd=smd,
        allowed=frozenset({"send_packet"} if sends else ()),
    )


def packet_paper(
    event_id: int, actor: Actor, *, at: datetime, version: int | None = None, smd: str = ""
) -> tuple[str, bytes]:
    """A packet on paper: a file name, and the PDF on file or one made of it now."""
    from wardroom.documents.gateways import read_content
    from wardroom.reporting.gateways.paper import typeset

    found = packet_page(event_id, actor, at=at, version=version, smd=smd)
    area = (smd or found.facts["anc"]).replace("/", "-").lower()
    what = f"v{found.version}" if found.version else "draft"
    name = f"packet-{area}-{found.facts['meets_on']}-{what}.pdf"
    row = Packet.objects.filter(event=event_id, version=found.version).select_related("pdf").first()
    if row is not None and row.pdf is not None and not smd:
        return name, read_content(row.pdf.digest)
    return name, typeset(print_values(found), template="packet")


def print_values(found: PacketPage) -> dict[str, Any]:
    """A packet as plain values, for the typesetter."""
    return {
        "facts": dict(found.facts),
        "name": f"SMD {found.smd}" if found.smd else found.name,
        "smd": found.smd,
        "version": found.version,
        "note": found.note,
        "sent_at": found.sent.sent_at.isoformat() if found.sent else "",
        "sent_by": found.sent.sent_by if found.sent else "",
        "before_on": localdate(found.before.sent_at).isoformat() if found.before else "",
    }


def packets_sent(events: Iterable[int]) -> Mapping[int, SentPacket]:
    """The last packet that went out for each of these meetings."""
    rows = Packet.objects.filter(event__in=list(events)).select_related("event")
    return {row.event_id: _sent(row) for row in rows.order_by("version", "pk")}


def get_meeting_of_commission(event_id: int, actor: Actor) -> tuple[Event, Party]:
    """The meeting of a commission within reach, and whose it is; `NotFound` for any other."""
    event = get_event(event_id, actor)
    commission = host_of(event.pk) if event.kind == ANC_MEETING and actor.is_staff else None
    if commission is None:
        raise NotFound(f"event {event_id} is no meeting of a commission")
    return event, commission


def last_sent(commission: Party, *, but: Packet | None = None) -> Packet | None:
    """The last packet that went to a commission, or the one before the one given."""
    rows = Packet.objects.filter(commission=commission).select_related("event")
    if but is not None:
        rows = rows.filter(sent_at__lt=but.sent_at)
    found: Packet | None = rows.order_by("-sent_at", "-pk").first()
    return found


def draft(
    event: Event, commission: Party, before: Packet | None, *, at: datetime
) -> dict[str, Any]:
    """A packet as it stands now, with what changed since the one before."""
    tracked = before.content["tracked"] if before is not None else {}
    rows = packet_rows(event, commission, at=at, tracked=tracked)
    return rules.told(rows, before.content if before is not None else None)


def get_packet(packet_id: int) -> Packet:
    """One packet that went out, for the house that files it."""
    rows = Packet.objects.filter(pk=packet_id).select_related("event", "commission", "pdf")
    row: Packet | None = rows.first()
    if row is None:
        raise NotFound(f"no packet {packet_id}")
    return row


def get_offers_to_change(*, on: date) -> tuple[tuple[Event, bool], ...]:
    """The meetings whose packet has to come onto a list, True, or off it; for the worker."""
    window = (day_start(on), day_start(on + rules.OFFER_BEFORE + timedelta(days=1)))
    soon = Event.objects.filter(
        kind=ANC_MEETING, state=PLANNED, starts_at__gte=window[0], starts_at__lt=window[1],
        host__organisation_kind="anc", packets=None,
    )  # fmt: skip
    wanted = {event.pk: event for event in soon.order_by("starts_at", "pk")}
    rows = Waiting.objects.filter(noun=NOUN).order_by("pk")
    listed = {int(row.key): row for row in rows}
    off = Event.objects.filter(pk__in=[pk for pk in listed if pk not in wanted]).order_by("pk")
    new = [event for pk, event in wanted.items() if _moved(listed.get(pk), event, on)]
    return (*((event, True) for event in new), *((event, False) for event in off))


def _moved(row: Waiting | None, event: Event, on: date) -> bool:
    liaison = get_liaison_of(event.ward_code, on=on)
    if liaison is None:
        return False
    return row is None or (row.party_id, row.due_on) != (liaison.pk, localdate(event.starts_at))


def _may_go(event: Event, at: datetime) -> bool:
    return event.state == PLANNED and localdate(event.starts_at) >= localdate(at)


def _sent(row: Packet) -> SentPacket:
    meets_on = localdate(row.event.starts_at)
    return SentPacket(row.event_id, row.version, meets_on, row.sent_at, row.sent_by)
