"""The receipt of an application on paper."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime

from wardroom.hiring.queries.own import own_application
from wardroom.hiring.rules.tongues import tongue_of
from wardroom.kernel.errors import NotFound


def receipt_paper(token: str, *, at: datetime, today: date) -> tuple[str, bytes]:
    """The receipt by its link: a file name and the PDF. `NotFound` before it was sent."""
    from wardroom.hiring.gateways.paper import typeset_receipt

    found = own_application(token, at=at, today=today)
    if found.sent_at is None:
        raise NotFound("no receipt of a draft")
    tongue = tongue_of(found.language)
    say = tongue.receipt
    values = {
        "language": tongue.code,
        "title": say.sent,
        "lead": say.sent_lead,
        "posting": found.title,
        "office": found.office_name,
        "pairs": [
            [say.number, str(found.number)],
            [say.when, tongue.instant(localtime(found.sent_at))],
            [tongue.form.name, found.name],
            [tongue.form.email, found.email],
        ],
        "parts_lead": say.parts_lead,
        "parts": [[say.parts[name], digest] for name, digest in found.parts],
    }
    return f"receipt-{found.number}.pdf", typeset_receipt(values)
