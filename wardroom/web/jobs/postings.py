"""The public pages of jobs: the list, and one posting, with what programs read of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import linebreaks
from django.views.decorators.http import require_safe

from wardroom.hiring.queries.public import PublicPosting, public_posting, public_postings
from wardroom.hiring.rules.tongues import JobTongue, tongue_of
from wardroom.web.edge import today_of
from wardroom.web.everybody import for_everybody
from wardroom.web.near.data import NAME, SCHEMA
from wardroom.web.speaking import speaking
from wardroom.web.ui.page import page


@for_everybody
@require_safe
def job_list(request: HttpRequest) -> HttpResponse:
    """The postings that are open now or soon."""
    show = speaking(request)
    words = tongue_of(show.tongue.code)
    rows = [
        (row, stands(row, words), pay(row, words))
        for row in public_postings(today=today_of(request))
    ]
    return page(
        request,
        "jobs/list.html",
        title=words.posting.title,
        tongue=show.tongue,
        words=words.posting,
        lang=show.lang,
        rows=rows,
    )


@for_everybody
@require_safe
def job(request: HttpRequest, slug: str) -> HttpResponse:
    """One posting, as it was published."""
    show = speaking(request)
    words, found = tongue_of(show.tongue.code), public_posting(slug, today=today_of(request))
    return page(
        request,
        "jobs/posting.html",
        title=found.title,
        tongue=show.tongue,
        words=words.posting,
        lang=show.lang,
        found=found,
        stands=stands(found, words),
        opens=words.day(found.opens_on),
        closes=words.day(found.closes_on) if found.closes_on else words.posting.until_filled,
        pay=pay(found, words),
        parts=_parts(found, words),
        data=posting_data(found) if found.takes else None,
    )


def stands(found: PublicPosting, words: JobTongue) -> str:
    """Until when one may apply, in words."""
    if found.takes and found.closes_on is not None:
        return words.posting.until.format(day=words.day(found.closes_on))
    if found.takes:
        return words.posting.until_filled
    if found.state == "open":
        return words.posting.opens.format(day=words.day(found.opens_on))
    return words.posting.over


def pay(found: PublicPosting, words: JobTongue) -> str:
    """The salary of a year: one amount, or from one to another."""
    ends = [found.salary_from, *([found.salary_to] if found.salary_to else [])]
    amount = " - ".join(dollars(cents) for cents in dict.fromkeys(ends))
    return words.posting.a_year.format(amount=amount)


def dollars(cents: int) -> str:
    """An amount as people write it; cents only where there are some."""
    whole, rest = divmod(cents, 100)
    return f"${whole:,}.{rest:02d}" if rest else f"${whole:,}"


def posting_data(found: PublicPosting) -> dict[str, Any]:
    """What job searches read of a posting: JobPosting of schema.org."""
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": "YEAR"}
    if found.salary_to and found.salary_to != found.salary_from:
        value |= {"minValue": found.salary_from / 100, "maxValue": found.salary_to / 100}
    else:
        value["value"] = found.salary_from / 100
    data: dict[str, Any] = {
        "@context": SCHEMA,
        "@type": "JobPosting",
        "title": found.title,
        "description": "".join(
            linebreaks(text, autoescape=True)
            for text in (found.special, found.about, found.duties, found.requirements)
            if text
        ),
        "identifier": {"@type": "PropertyValue", "name": NAME, "value": found.slug},
        "datePosted": found.published_on.isoformat(),
        "employmentType": "FULL_TIME",
        "hiringOrganization": {
            "@type": "GovernmentOrganization",
            "name": found.office_name,
            "sameAs": settings.SITE,
        },
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressLocality": "Washington",
                "addressRegion": "DC",
                "addressCountry": "US",
            },
        },
        "baseSalary": {"@type": "MonetaryAmount", "currency": "USD", "value": value},
        "directApply": True,
        "url": f"{settings.SITE}{reverse('job', args=[found.slug])}",
    }
    if found.closes_on is not None:
        data["validThrough"] = f"{found.closes_on.isoformat()}T23:59:59"
    return data


def _parts(found: PublicPosting, words: JobTongue) -> list[tuple[str, str]]:
    """The texts of a posting under their headings; what it does not say is left out."""
    say = words.posting
    parts = [
        (say.special, found.special),
        (say.about, found.about),
        (say.duties, found.duties),
        (say.requirements, found.requirements),
        (say.preference, found.preference_words),
        (say.security, found.security_note),
        (say.residency, found.residency),
    ]
    return [(heading, text) for heading, text in parts if text.strip()]
