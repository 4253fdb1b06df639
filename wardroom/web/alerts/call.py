"""The link of a call-out: "I have it" or "I cannot", on a page that any phone on any line opens."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardroom.incidents.actions import answer_call_out
from wardroom.incidents.queries import call_page
from wardroom.kernel.errors import Refused, is_conflict
from wardroom.web.answers.views import by_link
from wardroom.web.edge import stamp_of

CLOSED = "alerts/call_closed.html"


@require_http_methods(["GET", "HEAD", "POST"])
def _call(request: HttpRequest, token: str) -> HttpResponse:
    """What happened, and the two answers. Looking changes nothing: mail scanners look too."""
    at = stamp_of(request).at
    if request.method != "POST":
        return _page(request, token)
    call_page(token, at=at)
    try:
        answer = request.POST.get("answer", "")
        answer_call_out(None, token=token, answer=answer, stamp=stamp_of(request))
    except Refused as no:
        if no.code == "key_closed":
            raise
        return _page(request, token, sentence=no.sentence, status=409 if is_conflict(no) else 422)
    return HttpResponseRedirect(reverse("call", args=[token]))


def _page(
    request: HttpRequest, token: str, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    found = call_page(token, at=stamp_of(request).at)
    context = {"title": found.title, "found": found, "sentence": sentence}
    return render(request, "alerts/call.html", context, status=status)


call = by_link(_call, closed=CLOSED)
