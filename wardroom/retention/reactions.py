"""What follows when two people agreed on a disposal: it is carried out, record by record."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable

from django.db import OperationalError
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.documents.actions import store_document
from wardroom.retention import facts, rules
from wardroom.retention.actions import destroy_record, file_certificate, leave_record
from wardroom.retention.gateways import clean_database
from wardroom.retention.models import Disposal, DisposalRow
from wardroom.retention.queries.disposals import certificate_paper, rows_to_carry_out

logger = logging.getLogger(__name__)


def carry_out(fact: facts.DisposalApproved, *, entry_id: int, stamp: Stamp) -> Callable[[], object]:
    """Destroy each record in a commit of its own, so that nobody waits; then file the certificate.

    A worker that is killed on the way goes on where it was: what is settled stays settled. A
    record that cannot go now is left, for another list, and keeps no other from going.
    """
    for row in rows_to_carry_out(fact.disposal):
        _destroy(row, stamp)
    cleaned = clean_database()
    logger.info("disposal %s was carried out", fact.disposal)
    disposal = Disposal.objects.select_related("schedule").get(pk=fact.disposal)
    content = certificate_paper(disposal, cleaned=cleaned, on=localdate(stamp.at))
    return functools.partial(_certify, fact.disposal, content, stamp)


def _destroy(row: DisposalRow, stamp: Stamp) -> None:
    """Destroy one record, or leave it; a database that is busy is asked again later."""
    try:
        destroy_record(row, stamp=stamp)
    except OperationalError:
        raise
    except Exception:
        fresh = DisposalRow.objects.get(pk=row.pk)
        if fresh.state == rules.LISTED:
            logger.exception("record %s of disposal %s is left", row.pk, row.disposal_id)
            leave_record(fresh, stamp=stamp)


def _certify(disposal_id: int, content: bytes, stamp: Stamp) -> None:
    """File the certificate, which was typeset before: nobody waits for that in this commit."""
    disposal = Disposal.objects.select_related("schedule").get(pk=disposal_id)
    if disposal.state != rules.APPROVED:
        return
    paper = store_document(
        None,
        name=f"disposal-{disposal_id}-certificate.pdf",
        media_type="application/pdf",
        content=content,
        stamp=stamp,
    )
    file_certificate(disposal, certificate=paper, stamp=stamp)
