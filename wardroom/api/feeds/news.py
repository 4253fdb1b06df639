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
from typing import Any
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
from wardroom.engagement.rules.digests import Covered, is_for, piece_words
from wardroom.engagement.rules.subscriptions import CITY, DISTRICTS, NAMED
from wardroom.engagement.rules.tongues import Tongue, tongue_of, topic_in
from wardroom.engagement.rules.tongues.everybody import EVERYBODY
from wardroom.engagement.rules.tongues.frames import FRAMES
from wardroom.kernel.errors import NotFound
from wardroom.library.queries import topics
from wardroom.matters.rules.news import KEPT, PROMISE, PublicNews

KEPT_FOR = 300
BACK = timedelta(days=90)
MOST = 100
SINCE = "2026"
ATOM, RSS = "atom", "rss"
WRITTEN: Mapping[str, str] = {
    ATOM: "application/atom+xml; charset=utf-8",
    RSS: "application/rss+xml; charset=utf-8",
}


OF_KIND: Mapping[str, Callable[[PublicNews], bool]] = {
    "commitments": lambda n: n.kind in (PROMISE, KEPT),
    "events": lambda n: n.key.startswith("event/"),
    "notices": lambda n: n.key.startswith("notice/"),
}


@login_not_required
@require_safe
def news(request: HttpRequest, kind: str = "", code: str = "", form: str = ATOM) -> HttpResponse:
    """The news of an area or a topic of the last 90 days, the newest first."""
    tongue = _read_in(request)
    area = _area(request, kind, code, tongue)
    name = f"news/{kind or 'city'}/{code}"
    title = EVERYBODY[tongue.code].feeds.news_of.format(area=area.words)
    return _feed(request, title, name, form, lambda n: is_for(n, area))


@login_not_required
@require_safe
def of_kind(request: HttpRequest, what: str, form: str) -> HttpResponse:
    """The public commitments, events or notices of meetings, of the last 90 days."""
    holds = OF_KIND.get(what)
    if holds is None or form not in WRITTEN:
        raise Http404
    title = EVERYBODY[_read_in(request).code].feeds.titles[what]
    return _feed(request, title, what, form, holds)


def _feed(
    request: HttpRequest, title: str, name: str, form: str, holds: Callable[[PublicNews], bool]
) -> HttpResponse:
    """What became public and is held by a feed, written in the form that was asked for."""
    stamp, tongue = stamp_of_feed(request), _read_in(request)
    found = [n for n in public_news(stamp.at - BACK, stamp.at) if holds(n)]
    found.sort(key=lambda n: (n.at, n.key), reverse=True)
    entries = [_entry(n, tongue) for n in found[:MOST]]
    address = f"{settings.SITE}{request.path}{_kept(tongue)}"
    empty_at = stamp.at.replace(hour=0, minute=0, second=0, microsecond=0)
    if form == RSS:
        content = rss(
            title=title,
            address=address,
            site=settings.SITE,
            entries=entries,
            empty_at=empty_at,
            language=tongue.tag,
        )
    else:
        content = atom(
            id=tag(name) + _kept(tongue),
            title=title,
            address=address,
            entries=entries,
            empty_at=empty_at,
            language=tongue.tag,
            author=FRAMES[tongue.code].office,
        )
    return for_any_cache(request, content, WRITTEN[form])


def _entry(n: PublicNews, tongue: Tongue) -> Entry:
    heading = EVERYBODY[tongue.code].feeds.headings[n.kind]
    return Entry(
        id=tag(n.key) + _kept(tongue),
        title=f"{heading}: {n.label or n.who or shorten(n.text, 100)}",
        updated=n.at,
        text=piece_words(tongue, n),
        point=(n.latitude, n.longitude) if n.latitude is not None else None,
    )


@login_not_required
@require_safe
def places(request: HttpRequest, kind: str = "", code: str = "") -> HttpResponse:
    """The places with a text for the public now, in an area or about a topic."""
    area = _area(request, kind, code, _read_in(request))
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


def _read_in(request: HttpRequest) -> Tongue:
    """The language in the address; a feed asks for no other."""
    return tongue_of(request.GET.get("language", ""))


def _kept(tongue: Tongue) -> str:
    """What tells a feed in another language, and what stands in it, from the English one."""
    return "" if tongue.code == "en" else f"?language={tongue.code}"


def _area(request: HttpRequest, kind: str, code: str, tongue: Tongue) -> Covered:
    stamp = stamp_of_feed(request)
    on = timezone.localdate(stamp.at)
    if not kind:
        return Covered(CITY, tongue.city, stamp.at)
    if kind == "topic":
        name = next((topic.name for topic in topics() if topic.code == code), None)
        if name is None:
            raise NotFound(f"no topic {code}")
        return Covered(CITY, topic_in(tongue.code, name), stamp.at, topics=frozenset({code}))
    if kind not in DISTRICTS:
        raise NotFound(f"no kind of area {kind}")
    row = area_row(kind, code, on=on)
    return Covered(
        NAMED,
        tongue.named[kind].format(code=row.code),
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
