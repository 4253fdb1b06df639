"""What the office made public, for feed readers (Atom, RFC 4287) and for maps (GeoJSON).

Open to everybody and the same for everybody, so any cache may keep it; an unchanged feed is
answered with 304.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from textwrap import shorten
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import compress_string
from django.views.decorators.http import require_safe

from wardroom.api.feeds.atom import Entry, atom
from wardroom.api.feeds.rss import rss
from wardroom.api.feeds.views import stamp_of_feed
from wardroom.city.queries import area_row
from wardroom.city.rules import ward_of_area
from wardroom.engagement.queries.public_news import public_news, public_places
from wardroom.engagement.rules.digests import HEADINGS, Covered, is_for, piece_words
from wardroom.engagement.rules.subscriptions import CITY, DISTRICTS, NAMED
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.kernel.errors import NotFound
from wardroom.library.queries import topics
from wardroom.matters.rules.news import KEPT, PROMISE, PublicNews

KEPT_FOR = 300
BACK = timedelta(days=90)
MOST = 100
SINCE = "2026"
ENGLISH = tongue_of("en")
ATOM, RSS = "atom", "rss"
WRITTEN: Mapping[str, str] = {
    ATOM: "application/atom+xml; charset=utf-8",
    RSS: "application/rss+xml; charset=utf-8",
}


class OfKind(NamedTuple):
    """A feed of one kind of news: its title, and which news it holds."""

    title: str
    holds: Callable[[PublicNews], bool]


OF_KIND: Mapping[str, OfKind] = {
    "commitments": OfKind("Commitments made in public", lambda n: n.kind in (PROMISE, KEPT)),
    "events": OfKind("Public events", lambda n: n.key.startswith("event/")),
    "notices": OfKind("Notices of open meetings", lambda n: n.key.startswith("notice/")),
}


@login_not_required
@require_safe
def news(request: HttpRequest, kind: str = "", code: str = "", form: str = ATOM) -> HttpResponse:
    """The news of an area or a topic of the last 90 days, the newest first."""
    area = _area(request, kind, code)
    name = f"news/{kind or 'city'}/{code}"
    return _feed(request, f"News about {area.words}", name, form, lambda n: is_for(n, area))


@login_not_required
@require_safe
def of_kind(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """The public commitments, events or notices of meetings, of the last 90 days."""
    chosen = OF_KIND.get(what)
    if chosen is None or form not in WRITTEN:
        raise Http404
    return _feed(request, chosen.title, what, form, chosen.holds)


def _feed(
    request: HttpRequest, title: str, name: str, form: str, holds: Callable[[PublicNews], bool]
) -> HttpResponse:
    """What became public and is held by a feed, written in the form that was asked for."""
    stamp = stamp_of_feed(request)
    found = [n for n in public_news(stamp.at - BACK, stamp.at) if holds(n)]
    found.sort(key=lambda n: (n.at, n.key), reverse=True)
    entries = [_entry(n) for n in found[:MOST]]
    address = f"{settings.SITE}{request.path}"
    empty_at = stamp.at.replace(hour=0, minute=0, second=0, microsecond=0)
    if form == RSS:
        content = rss(
            title=title, address=address, site=settings.SITE, entries=entries, empty_at=empty_at
        )
    else:
        content = atom(
            id=tag(name), title=title, address=address, entries=entries, empty_at=empty_at
        )
    return for_any_cache(request, content, WRITTEN[form])


def _entry(n: PublicNews) -> Entry:
    return Entry(
        id=tag(n.key),
        title=f"{HEADINGS[n.kind]}: {n.label or n.who or shorten(n.text, 100)}",
        updated=n.at,
        text=piece_words(ENGLISH, n),
        point=(n.latitude, n.longitude) if n.latitude is not None else None,
    )


@login_not_required
@require_safe
def places(request: HttpRequest, kind: str = "", code: str = "") -> HttpResponse:
    """The places with a text for the public now, in an area or about a topic."""
    area = _area(request, kind, code)
    found = [n for n in public_places() if n.latitude is not None and is_for(n, area)]
    content = json.dumps(
        {"type": "FeatureCollection", "features": [_feature(n) for n in _sorted(found)]},
        ensure_ascii=False,
        separators=(",", ":"),
    ).encode()
    return for_any_cache(request, content, "application/geo+json")


def tag(key: str) -> str:
    """A name for ever, whatever address it is read at (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE).hostname},{SINCE}:{key}"


def _area(request: HttpRequest, kind: str, code: str) -> Covered:
    stamp = stamp_of_feed(request)
    on = timezone.localdate(stamp.at)
    if not kind:
        return Covered(CITY, ENGLISH.city, stamp.at)
    if kind == "topic":
        name = next((topic.name for topic in topics() if topic.code == code), None)
        if name is None:
            raise NotFound(f"no topic {code}")
        return Covered(CITY, name, stamp.at, topics=frozenset({code}))
    if kind not in DISTRICTS:
        raise NotFound(f"no kind of area {kind}")
    row = area_row(kind, code, on=on)
    return Covered(
        NAMED,
        row.label,
        stamp.at,
        kind=kind,
        code=row.code,
        ward_code=ward_of_area(row.code),
        district_id=row.district_id,
    )


def _sorted(found: Iterable[PublicNews]) -> list[PublicNews]:
    return sorted(found, key=lambda n: n.key)


def _feature(found: PublicNews) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": tag(found.key),
        "geometry": {"type": "Point", "coordinates": [found.longitude, found.latitude]},
        "properties": {
            "place": found.label,
            "text": found.text,
            "ward": found.ward_code,
            "topics": sorted(found.topics),
            "approved_at": found.at.isoformat(),
        },
    }


def for_any_cache(request: HttpRequest, content: bytes, media_type: str) -> HttpResponse:
    """An answer that any cache may keep, packed for who unpacks it; 304 where it is known.

    It bears no Last-Modified: what is withdrawn makes a feed older, and has to be seen gone.
    """
    etag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        answer = HttpResponse(
            compress_string(content) if packs else content, content_type=media_type
        )
        if packs:
            answer.headers["Content-Encoding"] = "gzip"
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Vary"] = "Accept-Encoding"
    return answer
