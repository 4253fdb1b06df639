"""Offering, freezing and sending the packet of a commission's meeting."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.calendar.models import Event
from wardroom.calendar.rules import PLANNED
from wardroom.directory.models import Party
from wardroom.directory.queries import get_liaison_of
from wardroom.documents.models import Document
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.models import Matter
from wardroom.matters.rules import Wait, check_length
from wardroom.reporting import facts, policy
from wardroom.reporting.actions.freezing import check_public_words
from wardroom.reporting.models import NamedMatter, Packet
from wardroom.reporting.queries.packets import (
    NOUN,
    draft,
    get_meeting_of_commission,
    last_sent,
)
from wardroom.reporting.rules import packets as rules
from wardroom.reporting.rules.packing import matters_named


@action(policy.may_send_packet)
def send_packet(event: Event, *, note: str = "", stamp: Stamp) -> Packet:
    """Freeze the packet of a commission's meeting as it stands, and send it.

    A later one is a new version. ``note`` are words of your own, which stand at its top.
    Refuses: a meeting that is no commission's, is canceled, or whose day is over; a note that
    names a resident, a house or an encampment. Records: `PacketSent`.
    """
    event, commission = get_meeting_of_commission(event.pk, SYSTEM)
    if event.state != PLANNED or localdate(event.starts_at) < localdate(stamp.at):
        raise Refused("wrong_state", "This meeting is over or canceled. No packet goes out for it.")
    note = check_length(note, field="note", most=1000)
    check_public_words({"note": note})
    before = last_sent(commission)
    row: Packet = Packet.objects.create(
        event=event,
        commission=commission,
        ward_code=event.ward_code,
        version=Packet.objects.filter(event=event).count() + 1,
        content=draft(event, commission, before, at=stamp.at),
        note=note,
        sent_at=stamp.at,
        sent_by=stamp.actor.name,
    )
    named = Matter.objects.filter(pk__in=matters_named(row.content)).order_by("pk")
    NamedMatter.objects.bulk_create(NamedMatter(packet=row, matter=one) for one in named)
    _wait(event, None, None, stamp)
    fact = facts.PacketSent(
        **_words(event, commission), packet_id=row.pk, version=row.version, note=note
    )
    record(fact, stamp=stamp)
    return row


@action(policy.may_keep_packets)
def offer_packet(event: Event, *, stamp: Stamp) -> Event:
    """Put the packet of a meeting on the list of the ward's liaison, a week before its day.

    Refuses: a meeting that is no commission's or not within a week; a ward without a liaison.
    Records: `PacketOffered`.
    """
    event, commission = get_meeting_of_commission(event.pk, stamp.actor)
    meets_on, today = localdate(event.starts_at), localdate(stamp.at)
    if event.state != PLANNED or not rules.is_to_prepare(meets_on, today=today):
        raise Refused("not_soon", "This meeting is not within a week.")
    liaison = get_liaison_of(event.ward_code, on=today)
    if liaison is None:
        raise Refused("no_liaison", f"Ward {event.ward_code} has no liaison.")
    _wait(event, Wait(NOUN, meets_on), liaison, stamp)
    record(facts.PacketOffered(**_words(event, commission)), stamp=stamp)
    return event


@action(policy.may_keep_packets)
def withdraw_packet_offer(event: Event, *, stamp: Stamp) -> Event:
    """Take the packet of a meeting off the list: it is over, canceled or far off again.

    Refuses: a meeting that is no commission's. Records: `PacketOfferWithdrawn`.
    """
    event, commission = get_meeting_of_commission(event.pk, stamp.actor)
    _wait(event, None, None, stamp)
    record(facts.PacketOfferWithdrawn(**_words(event, commission)), stamp=stamp)
    return event


@action(policy.may_keep_packets)
def file_packet(packet: Packet, *, document: Document, stamp: Stamp) -> Packet:
    """Put the paper of a packet on file, beside the packet itself.

    Refuses: a packet whose paper is on file. Records: `PacketFiled`.
    """
    if packet.pdf_id is not None:
        raise Refused("already_filed", "The paper of this packet is on file.")
    packet.pdf = document
    packet.save(update_fields=["pdf"])
    fact = facts.PacketFiled(
        **_words(packet.event, packet.commission),
        packet_id=packet.pk,
        version=packet.version,
        document_digest=document.digest,
    )
    record(fact, stamp=stamp)
    return packet


def _wait(event: Event, wait: Wait | None, party: Party | None, stamp: Stamp) -> None:
    wait_for(
        NOUN,
        str(event.pk),
        wait,
        party=party,
        title=event.title,
        ward_code=event.ward_code,
        stamp=stamp,
    )


def _words(event: Event, commission: Party) -> dict[str, Any]:
    return {
        "event_id": event.pk,
        "commission_id": commission.pk,
        "commission_name": commission.name,
        "ward_code": event.ward_code,
        "meets_on": localdate(event.starts_at),
    }
