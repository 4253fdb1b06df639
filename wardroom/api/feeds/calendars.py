"""Calendars as other programs read them: by a secret address, and the public one."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from wardroom.api.feeds.views import stamp_of_feed
from wardroom.api.limits import few_enough
from wardroom.calendar.queries import Feed, feed_of, public_feed
from wardroom.calendar.queries.events import city_zone
from wardroom.kernel.errors import NotFound, Refused

WRONG = 60
MEDIA = "text/calendar; charset=utf-8"
OPENS_NOTHING = "This address opens no calendar. Make a new one on the page of your feeds.\n"


@login_not_required
@require_safe
def secret(request: HttpRequest, token: str) -> HttpResponseBase:
    """The events of a person or a ward; whoever has the address reads them, until it is closed."""
    try:
        found = feed_of(token, at=stamp_of_feed(request).at)
    except (NotFound, Refused):
        counted = few_enough(request, "wrong_feed", WRONG)
        status = 404 if counted else 429
        return HttpResponse(OPENS_NOTHING, content_type="text/plain", status=status)
    answer = _written(request, found, "private, no-cache")
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@login_not_required
@require_safe
def public(request: HttpRequest) -> HttpResponseBase:
    """The events that everybody may know, of one ward or all."""
    ward = request.GET.get("ward", "")[:10]
    return _written(
        request, public_feed(at=stamp_of_feed(request).at, ward_code=ward), "public, max-age=900"
    )


def _written(request: HttpRequest, found: Feed, keep: str) -> HttpResponseBase:
    """The file, sent as it is written, or that it is the same as before."""
    from wardroom.calendar.gateways.calendar_files import calendar_pieces

    etag = f'"{found.mark}"'
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        pieces = calendar_pieces(found.name, found.events, city_zone())
        made = iter(()) if request.method == "HEAD" else pieces
        answer = StreamingHttpResponse(made, content_type=MEDIA)
        answer.headers["Content-Disposition"] = 'inline; filename="wardroom.ics"'
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = keep
    return answer
