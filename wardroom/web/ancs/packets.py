"""The packet of a commission's meeting: to read, to print, to take along, and to send."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from wardroom.kernel.errors import NotFound
from wardroom.reporting.actions import send_packet
from wardroom.reporting.queries import get_meeting_of_commission, packet_page, packet_paper
from wardroom.web.ancs import forms
from wardroom.web.edge import actor_of, stamp_of, takes_form
from wardroom.web.meetings.showing import clock
from wardroom.web.ui import filters
from wardroom.web.ui.forms import Form, submit
from wardroom.web.ui.page import Crumb, go_on, page

SECTIONS = (
    ("places", "Places we work on", "None with words for the public."),
    ("commitments", "Promised to them", "No promise is open."),
    ("papers", "Their papers and clocks", "None is open."),
    ("notices", "Notices that agencies owe them", "None is pending."),
    ("walks", "Walks since the last meeting", "There was none."),
)


@require_safe
def packet(request: HttpRequest, event_id: int) -> HttpResponse:
    """The packet of a meeting: as it was sent, or as it stands; whole, or of one SMD."""
    return _page(request, event_id)


@require_safe
def pdf(request: HttpRequest, event_id: int) -> HttpResponse:
    """The packet as a PDF to take along."""
    name, content = packet_paper(
        event_id,
        actor_of(request),
        at=stamp_of(request).at,
        version=_version(request),
        smd=request.GET.get("smd", ""),
    )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


@takes_form()
def send(request: HttpRequest, event_id: int) -> HttpResponse:
    """Freeze the packet as it stands, and send it to the commission."""
    event, _ = get_meeting_of_commission(event_id, actor_of(request))
    form = forms.SendForm(request.POST)
    if submit(form, lambda given: send_packet(event, **given, stamp=stamp_of(request))) is None:
        return _page(request, event_id, form)
    return go_on(
        request, reverse("packet", args=[event_id]), "The packet is frozen and on its way."
    )


def _version(request: HttpRequest) -> int | None:
    """The version that is asked for: 0 is the packet as it stands; none, the last one sent."""
    asked = request.GET.get("version", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) <= 4):
        raise Http404
    return int(asked)


def _page(request: HttpRequest, event_id: int, failed: Form | None = None) -> HttpResponse:
    stamp = stamp_of(request)
    event, _ = get_meeting_of_commission(event_id, stamp.actor)
    version = 0 if failed is not None else _version(request)
    try:
        found = packet_page(
            event_id, stamp.actor, at=stamp.at, version=version, smd=request.GET.get("smd", "")
        )
    except NotFound:
        raise Http404 from None
    smds = [("", "The whole commission"), *((code, f"SMD {code}") for code in found.smds)]
    versions = [
        *((str(one.version), f"Version {one.version}") for one in found.versions),
        ("0", "As it stands"),
    ]
    items = (
        filters.choice(request.GET, "smd", "For", smds),
        filters.choice(request.GET, "version", "Version", versions, default=str(found.version)),
    )
    return page(
        request,
        "ancs/packet.html",
        title=f"Packet for {found.name}",
        crumbs=(
            Crumb("ANC meetings", reverse("ancs")),
            Crumb(found.name, reverse("anc", args=[found.commission_id])),
            Crumb("Packet"),
        ),
        status=failed.status if failed else 200,
        found=found,
        facts=found.facts,
        as_of=date.fromisoformat(found.facts["as_of"][:10]),
        when=clock(event.starts_at),
        filters=filters.bar(request.GET, *items),
        query=request.GET.urlencode(),
        sections=[(title, found.facts[code], empty) for code, title, empty in SECTIONS],
        form=(failed or forms.SendForm()) if "send_packet" in found.allowed else None,
        failed=failed,
    )
