"""What follows in reporting: papers are put on file, new requests are measured."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wardroom.access.actor import Stamp
from wardroom.directory.queries import email_addresses
from wardroom.documents.actions import store_document
from wardroom.kernel.text import long_day
from wardroom.ledger.models import Entry
from wardroom.notices.actions import note_nobody_to_tell, queue_message
from wardroom.reporting.actions import file_packet, file_report, keep_measurement
from wardroom.reporting.facts import PacketSent, ReportSigned
from wardroom.reporting.gateways.measuring import measure_city
from wardroom.reporting.models import Measurement
from wardroom.reporting.queries import get_edition, packet_paper, report_pdf
from wardroom.reporting.queries.packets import get_packet
from wardroom.service_requests.facts import RequestsImported, RequestsPlaced
from wardroom.service_requests.queries import data_as_of


def file_signed_report(fact: ReportSigned, *, entry_id: int, stamp: Stamp) -> None:
    """Typeset a signed edition and keep the paper beside it; a second call changes nothing."""
    edition = get_edition(fact.edition_id, stamp.actor)
    if edition.pdf_id is not None:
        return
    name, content = report_pdf(edition.pk, stamp.actor)
    document = store_document(
        None, name=name, media_type="application/pdf", content=content, stamp=stamp
    )
    file_report(edition, document=document, stamp=stamp)


def file_sent_packet(fact: PacketSent, *, entry_id: int, stamp: Stamp) -> None:
    """Typeset a packet that was sent, keep the paper, and mail it to the commission.

    A second call makes no second paper. Where the commission has no address that is said.
    """
    row = get_packet(fact.packet_id)
    if row.pdf_id is None:
        name, content = packet_paper(row.event_id, stamp.actor, at=stamp.at, version=row.version)
        document = store_document(
            None, name=name, media_type="application/pdf", content=content, stamp=stamp
        )
        row = file_packet(row, document=document, stamp=stamp)
    subject = f"From your liaison: packet for the meeting on {long_day(fact.meets_on)}"
    addresses = email_addresses(row.commission_id)
    if not addresses:
        note_nobody_to_tell(
            None, entry_id=entry_id, to_name=row.commission.name, subject=subject, stamp=stamp
        )
    for address in addresses:
        queue_message(
            None,
            entry_id=entry_id,
            to_name=row.commission.name,
            to_address=address,
            subject=subject,
            text=f"{row.note}\n\nThe packet is attached.\n".lstrip(),
            thread=f"event:{row.event_id}",
            documents=[row.pdf_id] if row.pdf_id else [],
            stamp=stamp,
        )


def measure_after_import(
    fact: RequestsImported | RequestsPlaced, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Measure the requests again, unless a measurement already took this import in.

    An import bears the time of its beginning, so one that ran beside it may lack its rows.
    Counts first, and gives back what keeps the figures, for the commit.
    """
    from wardroom.service_requests.gateways.snapshot import rows_taken_in

    imported_at = Entry.objects.values_list("at", flat=True).get(pk=entry_id)
    later = Measurement.objects.filter(ran_at__gte=imported_at, rows_taken_in__gte=rows_taken_in())
    if later.filter(data_as_of__gte=(data_as_of() or imported_at).replace(microsecond=0)).exists():
        return None
    return partial(keep_measurement, None, measured=measure_city(now=stamp.at), stamp=stamp)


def measure_after_placing(
    fact: RequestsPlaced, *, entry_id: int, stamp: Stamp
) -> Callable[[], object] | None:
    """Measure again once the last request that had no ward has found one."""
    if not (fact.last and fact.placed and fact.district_kind == "ward"):
        return None
    return measure_after_import(fact, entry_id=entry_id, stamp=stamp)
