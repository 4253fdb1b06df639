"""What programs read of the public pages: the office and what it announces (schema.org)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from wardroom.engagement.queries.near import NearEvent
from wardroom.engagement.rules.tongues.frames import FRAMES
from wardroom.kernel.languages import LANGUAGES

SCHEMA = "https://schema.org"
NAME = FRAMES["en"].office


def graph(events: Iterable[NearEvent], *, area: str = "") -> dict[str, Any]:
    """The office, and each event or open meeting of an area."""
    return {"@context": SCHEMA, "@graph": [_office(area), *(_event(event) for event in events)]}


def _office(area: str) -> dict[str, Any]:
    languages = [language.tag for language in LANGUAGES.values()]
    found: dict[str, Any] = {
        "@type": "GovernmentOrganization",
        "@id": f"{settings.SITE}/#office",
        "name": NAME,
        "url": f"{settings.SITE}{reverse('near')}",
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "customer service",
            "telephone": "311",
            "availableLanguage": languages,
        },
    }
    return {**found, "areaServed": {"@type": "AdministrativeArea", "name": area}} if area else found


def _event(event: NearEvent) -> dict[str, Any]:
    status = "EventCancelled" if event.cancelled else "EventScheduled"
    found: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{settings.SITE}/#{event.key}",
        "name": event.title,
        "startDate": timezone.localtime(event.starts_at).isoformat(),
        "endDate": timezone.localtime(event.ends_at).isoformat(),
        "eventStatus": f"{SCHEMA}/{status}",
        "eventAttendanceMode": f"{SCHEMA}/OfflineEventAttendanceMode",
        "location": {"@type": "Place", "name": event.where or "-"},
        "organizer": {"@id": f"{settings.SITE}/#office"},
        "inLanguage": "en-US",
    }
    if event.text:
        found["description"] = event.text
    if event.meeting_id is not None:
        found["url"] = f"{settings.SITE}{reverse('open_meeting', args=[event.meeting_id])}"
    return found
