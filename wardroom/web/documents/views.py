"""Files handed out: by what they belong to, to be saved and never run."""

from __future__ import annotations

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardroom.documents.queries import Served, served_document
from wardroom.web.edge import actor_of

SHOWN = {"public", "thumbnail"}
SANDBOX = "default-src 'none'; sandbox"


@login_not_required
@require_safe
def document(request: HttpRequest, document_id: int, variant: str) -> HttpResponse:
    """One file, as far as the asker reaches it; pictures made anew may stand in a page."""
    found = served_document(document_id, variant, actor_of(request))
    return handed_out(found, inline=variant in SHOWN)


def handed_out(found: Served, *, inline: bool = False) -> HttpResponse:
    """A file as an answer that no browser runs, sniffs, or keeps for others."""
    answer = HttpResponse(found.content, content_type=_content_type(found.media_type))
    how = "inline" if inline else "attachment"
    plain = found.name.encode("ascii", "replace").decode().replace('"', "-").replace("\\", "-")
    answer.headers["Content-Disposition"] = (
        f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(found.name, safe='')}"
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = SANDBOX
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _content_type(media_type: str) -> str:
    return "text/plain; charset=utf-8" if media_type.startswith("text/") else media_type
