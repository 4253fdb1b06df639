"""A request as whoever asked sees it; the link is the key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from wardroom.documents.gateways import content_pieces
from wardroom.kernel.errors import NotFound
from wardroom.notices.gateways import key_token
from wardroom.notices.queries import open_key
from wardroom.records import rules
from wardroom.records.models import RecordsRequest, Release


@dataclass(frozen=True)
class OwnRequest:
    """Everything of one request that its sender sees."""

    number: int
    language: str
    words: str
    received_on: date
    due_on: date
    state: str
    is_late: bool
    extended_for: str
    outcome: str
    appeal_due_on: date | None
    appeal_words: str
    digest: str


def request_of(token: str, *, at: datetime) -> RecordsRequest:
    """The request behind a link. Refuses: `key_closed` where the link opens nothing any more."""
    held = open_key(token, purpose=rules.PURPOSE, at=at)
    return RecordsRequest.objects.get(pk=int(held.key))


def own_request(token: str, *, at: datetime, today: date) -> OwnRequest:
    """The request behind a link, as its sender sees it."""
    row = request_of(token, at=at)
    release = _filed(row)
    return OwnRequest(
        number=row.pk,
        language=row.language,
        words=row.words,
        received_on=row.received_on,
        due_on=row.due_on,
        state=row.state,
        is_late=row.state == rules.OPEN and row.due_on < today,
        extended_for=row.extended_for,
        outcome=row.outcome,
        appeal_due_on=row.appeal_due_on,
        appeal_words=row.appeal_words,
        digest=release.package.digest if release is not None and release.package else "",
    )


def own_package(token: str, *, at: datetime) -> tuple[str, Iterator[bytes]]:
    """The papers of the last answer by its link: a name, the ZIP in pieces. `NotFound` before."""
    row = request_of(token, at=at)
    release = _filed(row)
    if release is None or release.package is None:
        raise NotFound(f"no papers of records request {row.pk}")
    return release.package.name, content_pieces(release.package.digest)


def link_token(row: RecordsRequest) -> str:
    """The token of the link by which somebody sees how their request stands."""
    link = row.link

    return key_token(link.purpose, link.pk, link.nonce) if link is not None else ""


def _filed(row: RecordsRequest) -> Release | None:
    rows = row.releases.select_related("package").exclude(package=None)
    found: Release | None = rows.order_by("-pk").first()
    return found
