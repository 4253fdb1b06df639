"""What reporting does when a report is signed: the PDF is made once and put on file."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.documents.actions import store_document
from wardroom.reporting.actions import file_report
from wardroom.reporting.facts import ReportSigned
from wardroom.reporting.queries import get_edition, report_pdf


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
