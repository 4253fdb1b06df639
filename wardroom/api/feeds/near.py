"""What the maps of the public pages of a neighborhood draw, in the language of the page.

Open to everybody and the same for everybody. A point is right to its block and no further.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.http import require_safe

from wardroom.access.actor import NOBODY
from wardroom.api.feeds.news import for_any_cache
from wardroom.api.feeds.views import stamp_of_feed
from wardroom.city.queries import area_outline, area_row
from wardroom.engagement.rules.subscriptions import DISTRICTS
from wardroom.engagement.rules.tongues import Tongue, tongue_of
from wardroom.engagement.rules.tongues.near import NEAR
from wardroom.kernel.errors import NotFound
from wardroom.kernel.languages import LANGUAGES
from wardroom.problems.queries.near import NearPoint, points_near

WORKED, WATCHED = "persistent_location", "refuse"
MOST_LETTERS = 160
ENGLISH = "en-US"


@login_not_required
@require_safe
def near(request: HttpRequest, kind: str = "", code: str = "") -> HttpResponse:
    """The public places of a district with its outline, or of the whole city."""
    tongue = tongue_of(request.GET.get("language", ""))
    features, district = [], None
    if kind:
        if kind not in DISTRICTS:
            raise NotFound(f"no kind of area {kind}")
        row = area_row(kind, code, on=timezone.localdate(stamp_of_feed(request).at))
        name = tongue.named[kind].format(code=row.code)
        features.append(_feature(area_outline(row), {"name": name}))
        district = row.district_id
    keep = f"?language={tongue.code}" if request.GET.get("language") in LANGUAGES else ""
    features += [_point(p, tongue, keep) for p in points_near(NOBODY, district_id=district)]
    drawn = {"type": "FeatureCollection", "features": features}
    content = json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode()
    return for_any_cache(request, content, "application/geo+json")


def _point(row: NearPoint, tongue: Tongue, keep: str) -> dict[str, Any]:
    words = NEAR[tongue.code].places
    latitude, longitude = row.point
    since = words.since.format(day=tongue.day(row.since_on))
    if row.left_on is not None:
        since = words.watched.format(day=tongue.day(row.left_on))
    told = {
        "state": WATCHED if row.left_on else WORKED,
        "label": row.label,
        "text": Truncator(row.text).chars(MOST_LETTERS),
        "summary": since,
        "href": reverse("near_location", args=[row.matter_id]) + keep,
    }
    lang = {} if tongue.code == "en" else {"lang": ENGLISH}
    return _feature({"type": "Point", "coordinates": [longitude, latitude]}, told | lang)


def _feature(geometry: dict[str, Any], properties: dict[str, str]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
