"""What the map of silence reads: the outlines of districts, each with how it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from wardroom.api.feeds.views import as_geojson, stamp_of_feed
from wardroom.city.queries import district_outlines
from wardroom.engagement.queries.outreach import plans_in_force
from wardroom.engagement.queries.silence import Lens, SilenceRow, silence_rows
from wardroom.engagement.queries.touches import silence_words
from wardroom.engagement.rules.outreach import SMD, WARD
from wardroom.engagement.rules.silence import STATES
from wardroom.kernel.errors import NotAllowed


@require_safe
def silence(request: HttpRequest) -> JsonResponse:
    """The districts or wards within reach, with the filters of the page."""
    stamp = stamp_of_feed(request)
    if not stamp.actor.is_staff:
        raise NotAllowed
    on = timezone.localdate(stamp.at)
    by = request.GET.get("by", SMD)
    lens = Lens(
        by=by if by in (SMD, WARD) else SMD,
        ward=request.GET.get("ward", ""),
        language=request.GET.get("language", ""),
        group_kind=request.GET.get("group", ""),
    )
    plans = plans_in_force(stamp.actor, on=on)
    rows = {row.key: row for row in silence_rows(stamp.actor, lens, plans, on=on)}
    drawn = district_outlines(lens.by, on)
    features = [
        {**feature, "properties": _said(rows[feature["properties"]["code"]])}
        for feature in drawn["features"]
        if feature["properties"]["code"] in rows
    ]
    return as_geojson({"type": "FeatureCollection", "features": features}, keep_for=0)


def _said(row: SilenceRow) -> dict[str, Any]:
    """What a click on a district tells, and where it leads."""
    query = urlencode({row.by: row.key})
    return {
        "code": row.key,
        "shade": row.state,
        "label": row.label,
        "summary": f"{STATES[row.state]}. {silence_words(row)}.",
        "href": f"{reverse('touches')}?{query}",
    }
