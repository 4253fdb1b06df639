"""An invented Open311 server beside the city's: what was sent to it, and where it disagrees.

It rests, so that the demonstration calls nobody.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.casework.actions import send_matter_on
from wardroom.demonstration.catalogue import SERVICES
from wardroom.demonstration.loader import FEED, Plan, stamp_of
from wardroom.matters.models import Matter
from wardroom.service_requests.actions import (
    add_endpoint,
    claim_submission,
    compare_submission,
    keep_services,
    note_status_there,
    note_taken,
    note_unclear,
    note_vanished,
    pause_endpoint,
)
from wardroom.service_requests.models import Endpoint, ServiceRequest, Submission
from wardroom.service_requests.rules import EndpointDraft
from wardroom.service_requests.rules.drift import Seen
from wardroom.service_requests.rules.told import TheirService

DIRECTOR = "director@wardroom.example"


def show_endpoints(plan: Plan) -> int:
    """Add the city's Open311 server, and send two issues to it; returns how many were sent."""
    if Endpoint.objects.exists():
        return Submission.objects.count()
    begun = plan.now - timedelta(days=6)
    draft = EndpointDraft(
        code="city-311",
        name="City 311 by Open311",
        url="https://311.city.example/open311/v2",
        mode="both",
        feed_code=FEED,
        own_codes=False,
        since_on=plan.end - timedelta(days=30),
    )
    endpoint = add_endpoint(None, draft=draft, stamp=stamp_of(DIRECTOR, begun))
    services = [TheirService(s.code, s.name) for s in SERVICES[:8]]
    keep_services(endpoint, services=services, stamp=_worker(begun))
    _send(plan, endpoint)
    _vanish(plan, endpoint)
    pause_endpoint(endpoint, stamp=stamp_of(DIRECTOR, plan.now - timedelta(days=1)))
    return Submission.objects.count()


def _send(plan: Plan, endpoint: Endpoint) -> None:
    issues = Matter.objects.filter(
        kind="issue", state="open", restricted=False, place__isnull=False
    )
    sent_at = plan.now - timedelta(days=4)
    for ward, arrived in (("5", True), ("7", False)):
        matter = issues.filter(ward_code=ward).order_by("pk").first()
        if matter is None:
            continue
        row = send_matter_on(
            matter,
            endpoint=endpoint,
            service_code=SERVICES[0].code,
            description="It is there again every week. Please clear it and look for the cause.",
            stamp=stamp_of(f"liaison{ward}@wardroom.example", sent_at),
        )
        house = _worker(sent_at + timedelta(minutes=1))
        claim_submission(row.pk, stamp=house)
        row.refresh_from_db()
        if arrived:
            row = note_taken(row, number="26-00417", notice="Within nine days.", stamp=house)
            _follow(row, plan)
        else:
            note_unclear(row, reason="it was sent, and no answer came.", stamp=house)


def _follow(row: Submission, plan: Plan) -> None:
    """They call it done, and nobody here has seen that."""
    stamp = _worker(plan.now - timedelta(days=2))
    row = note_status_there(
        row,
        status="closed",
        closed=True,
        notes="Crew was there.",
        due_at=plan.now + timedelta(days=5),
        point=None,
        stamp=stamp,
    )
    now = Seen(is_open=False, due_at=row.there_due_at)
    compare_submission(row, now=now, open_here=True, stamp=stamp)


def _vanish(plan: Plan, endpoint: Endpoint) -> None:
    gone = []
    for ward in ("5", "7"):
        rows = ServiceRequest.objects.filter(feed__code=FEED, ward_code=ward, status="open")
        gone += list(rows.order_by("-opened_at", "-pk").values_list("pk", flat=True)[:2])
    stamp = _worker(plan.now - timedelta(hours=9))
    note_vanished(endpoint, request_ids=gone, back=(), stamp=stamp)


def _worker(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.WORKER)
