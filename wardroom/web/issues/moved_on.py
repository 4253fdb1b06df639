"""What is not done because the issue has moved on: said apart from what a role does not allow."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from wardroom.kernel.errors import NotAllowed
from wardroom.matters.queries import MatterHeader
from wardroom.web.ui.page import Crumb, page

TAKES_UP_AGAIN = frozenset({"reopen_matter", "undo_merge"})


def closed_already(request: HttpRequest, matter: MatterHeader) -> HttpResponse:
    """Say that it is closed, with the way back; `NotAllowed` where the role is the reason."""
    if matter.state == "open" or not matter.allowed & TAKES_UP_AGAIN:
        raise NotAllowed
    own = reverse("issue", args=[matter.id])
    return page(
        request,
        "409.html",
        title="This was not done",
        crumbs=(Crumb("Issues", "/issues/"), Crumb(f"W-{matter.id}", own)),
        status=409,
        sentence="This issue is closed already.",
        back=Crumb(f"Back to W-{matter.id}", own),
    )
