"""What the map of an alert reads: the outline that its newest message draws."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from wardroom.api.feeds.views import as_geojson, stamp_of_feed
from wardroom.incidents.queries import alert_outline


@require_safe
def outline(request: HttpRequest, draft_id: int) -> JsonResponse:
    """Where an alert holds, for whoever may read it."""
    return as_geojson(alert_outline(draft_id, stamp_of_feed(request).actor), keep_for=0)
