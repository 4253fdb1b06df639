"""Postings as everybody reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.timezone import localdate

from wardroom.hiring.models import Posting
from wardroom.hiring.rules import postings as rules
from wardroom.kernel.errors import NotFound

MOST_LISTED = 100


@dataclass(frozen=True)
class PublicPosting:
    """A posting on the public pages; salaries are cents of a year."""

    id: int
    slug: str
    title: str
    office_name: str
    grade: str
    salary_from: int
    salary_to: int | None
    opens_on: date
    closes_on: date | None
    state: str
    takes: bool
    published_on: date
    special: str
    about: str
    duties: str
    requirements: str
    security_note: str
    residency: str
    preference: str
    preference_words: str


def public_postings(*, today: date) -> tuple[PublicPosting, ...]:
    """The postings that take applications or will, the next to close first."""
    rows = Posting.objects.filter(state=rules.OPEN).exclude(closes_on__lt=today)
    ordered = rows.order_by(F("closes_on").asc(nulls_last=True), "pk")
    return tuple(_shown(row, today) for row in ordered[:MOST_LISTED])


def public_posting(slug: str, *, today: date) -> PublicPosting:
    """One posting; `NotFound` where it was never published, or was withdrawn."""
    return _shown(get_public_posting(slug), today)


def get_public_posting(slug: str) -> Posting:
    """One published posting, to apply for it; `NotFound` where it is not public."""
    hidden = (rules.DRAFT, rules.WITHDRAWN)
    row: Posting | None = Posting.objects.filter(slug=slug).exclude(state__in=hidden).first()
    if row is None:
        raise NotFound(f"no posting {slug}")
    return row


def _shown(row: Posting, today: date) -> PublicPosting:
    assert row.published_at is not None
    return PublicPosting(
        id=row.pk,
        slug=row.slug,
        title=row.title,
        office_name=row.office_name,
        grade=row.grade,
        salary_from=row.salary_from,
        salary_to=row.salary_to,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        state=rules.shown_state(row.state, closes_on=row.closes_on, today=today),
        takes=rules.takes_applications(
            row.state, opens_on=row.opens_on, closes_on=row.closes_on, today=today
        ),
        published_on=max(row.opens_on, localdate(row.published_at)),
        special=row.special,
        about=row.about,
        duties=row.duties,
        requirements=row.requirements,
        security_note=row.security_note,
        residency=row.residency,
        preference=row.preference,
        preference_words=row.preference_words,
    )
