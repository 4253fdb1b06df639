"""What a packet for a commission's meeting is told from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils.timezone import localdate, localtime

from wardroom.access.actor import SYSTEM
from wardroom.access.models import Seal
from wardroom.calendar.models import Event
from wardroom.calendar.queries.asks import heard, in_order
from wardroom.calendar.queries.events import event_row
from wardroom.city.models import District, Membership
from wardroom.city.queries import AreaRow, area_row, is_schematic
from wardroom.city.rules import ward_of_area
from wardroom.directory.models import Party
from wardroom.directory.queries import commissioners_of, liaison_of
from wardroom.engagement.models import CommissionPaper, Commitment
from wardroom.engagement.queries.meetings import meeting_before
from wardroom.engagement.queries.notices import notices_pending
from wardroom.engagement.queries.papers import paper_page
from wardroom.engagement.rules.commitments import ENDS, HEARD, STAGES, stage_of
from wardroom.engagement.rules.notices import STANDINGS
from wardroom.engagement.rules.papers import PAPERS, kind_words
from wardroom.kernel.addresses import block_of
from wardroom.kernel.errors import NotFound
from wardroom.matters.models import Ask, Matter
from wardroom.matters.rules import REFERRAL
from wardroom.matters.rules.kinds import KINDS, kind_of
from wardroom.reporting.queries.gathering.around import walks_told
from wardroom.reporting.queries.gathering.monthly import locations_told, smds_of
from wardroom.reporting.queries.residents import names_of_residents_in
from wardroom.reporting.rules.naming import Names
from wardroom.service_requests.models import ImportRun

SINCE_WITHOUT_A_MEETING = timedelta(days=35)
MOST_ASKS = 500


def packet_rows(
    event: Event, commission: Party, *, at: datetime, tracked: Collection[str] = ()
) -> dict[str, Any]:
    """The rows behind a packet; ``tracked`` are the keys that the packet before followed."""
    today = localdate(at)
    code = commission.area_code
    area = _area(code, today)
    smds = smds_of(code, on=today)
    smd_of = _smd_of_places(smds)
    names = names_of_residents_in("")
    last = meeting_before(commission, at)
    since = last or today - SINCE_WITHOUT_A_MEETING
    ward = ward_of_area(code)
    held = commissioners_of(commission.pk, on=today)
    places = locations_told(area, ward, at) if area else []
    return {
        "head": _head(event, code, last, at),
        "smds": [{"code": smd.code, "holder": held.get(smd.code, "")} for smd in smds],
        "matters": _matters(smd_of, names, today),
        "locations": places,
        "smd_of": _smd_of_matters([row["matter_id"] for row in places], smd_of),
        "commitments": _commitments(commission, since, names),
        "papers": _papers(code, since, names),
        "notices": _notices(code, names, today),
        "walks": walks_told(ward, since, at),
        "ended": _ended(tracked),
    }


def _area(code: str, on: date) -> AreaRow | None:
    """Where the commission is, as long as its boundary is loaded."""
    try:
        return area_row("anc", code, on=on)
    except NotFound:
        return None


def _head(event: Event, code: str, last: date | None, at: datetime) -> dict[str, Any]:
    run = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(m=Max("data_as_of"))
    starts = localtime(event.starts_at)
    ward = ward_of_area(code)
    return {
        "anc": code,
        "event_id": event.pk,
        "meets_at": starts.isoformat(),
        "meets_on": starts.date().isoformat(),
        "place": event_row(event).place_label,
        "ward": ward,
        "liaison": liaison_of(ward, on=localdate(at)),
        "as_of": localtime(at).isoformat(),
        "data_as_of": localtime(run["m"]).isoformat() if run["m"] else "",
        "last_meeting_on": last.isoformat() if last else "",
        "schematic": settings.DEMONSTRATION or is_schematic(),
    }


def _smd_of_places(smds: Iterable[District]) -> Mapping[int, str]:
    """The single-member district of each place in the commission's area."""
    rows = Membership.objects.filter(district__in=[smd.pk for smd in smds])
    return dict(rows.order_by("pk").values_list("place", "district__code"))


def _smd_of_matters(matters: list[int], smd_of: Mapping[int, str]) -> dict[str, str]:
    rows = Matter.objects.filter(pk__in=matters).values_list("pk", "place")
    return {str(pk): smd_of.get(place, "") for pk, place in rows if place is not None}


def public_matters() -> QuerySet[Matter]:
    """The matters of which everybody may hear: what is restricted is not among them."""
    sealed = Seal.objects.filter(noun="matter").values_list("key", flat=True)
    rows: QuerySet[Matter] = Matter.objects.filter(restricted=False)
    return rows.exclude(pk__in=[int(key) for key in sealed])


def _matters(smd_of: Mapping[int, str], names: Names, today: date) -> list[dict[str, Any]]:
    rows = public_matters().filter(kind="issue", state="open", place__in=list(smd_of))
    found = list(rows.select_related("place", "issue__topic").order_by("pk"))
    asks = Ask.objects.filter(kind=REFERRAL, matter__in=found).exclude(
        state__in=("proposed", "withdrawn")
    )
    told: dict[int, list[dict[str, str]]] = {}
    for ask in heard(in_order(asks), on=today):
        row = {"agency": ask.agency_code, "standing": ask.standing, "words": ask.words}
        told.setdefault(ask.matter_id, []).append(row)
    return [
        {
            "matter_id": matter.pk,
            "kind": KINDS[matter.kind].label,
            "smd": smd_of[matter.place.pk],
            "public_text": names.left_out_of(matter.public_text),
            "topic": matter.issue.topic.name if matter.issue.topic else "",
            "place": names.left_out_of(block_of(matter.place.label)),
            "opened_on": localdate(matter.issue.first_reported_at).isoformat(),
            "asks": told.get(matter.pk, []),
        }
        for matter in found
        if matter.place is not None
    ]


def _commitments(commission: Party, since: date, names: Names) -> list[dict[str, Any]]:
    """What was promised to the commission and is open, or ended since its last meeting.

    What was heard and not confirmed is no promise yet, so it is not told to those who hope for it.
    """
    made_to = Q(made_to__icontains=commission.name)
    made_to |= Q(made_to__icontains=f"ANC {commission.area_code}")
    rows = Commitment.objects.filter(made_to, matter__in=public_matters()).filter(_lately(since))
    rows = rows.exclude(stage=HEARD)
    return [
        {
            "matter_id": row.matter_id,
            "wording": names.left_out_of(row.wording),
            "maker_name": row.maker_name,
            "said_on": row.said_on.isoformat(),
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "stage": {**STAGES, **ENDS}[stage_of(row.stage, row.matter.state, row.matter.outcome)],
            "open": row.matter.state == "open",
        }
        for row in rows.select_related("matter").order_by("due_on", "pk")
    ]


def _papers(anc: str, since: date, names: Names) -> list[dict[str, Any]]:
    """The commission's papers that are open, or were closed since its last meeting."""
    wanted = CommissionPaper.objects.filter(anc_code=anc, matter__in=public_matters())
    smd_of = dict(wanted.filter(_lately(since)).values_list("matter", "smd_code"))
    found = paper_page(SYSTEM, anc=anc, state="").rows
    return [
        {
            "matter_id": row.id,
            "title": names.left_out_of(row.title),
            "kind": PAPERS[row.kind].partition(",")[0],
            "received_on": row.received_on.isoformat(),
            "due_on": row.due_on.isoformat() if row.due_on else "",
            "concerns": row.concerns,
            "answered": row.answered,
            "outcome": kind_words(row.kind, row.outcome) if row.outcome else "",
            "smd": smd_of[row.id],
        }
        for row in found
        if row.id in smd_of
    ]


def _notices(anc: str, names: Names, today: date) -> list[dict[str, Any]]:
    """What agencies owe the commission notice of, and how each stands."""
    rows = notices_pending(anc, SYSTEM, on=today)
    public = set(
        public_matters().filter(pk__in=[row.id for row in rows]).values_list("pk", flat=True)
    )
    return [
        {
            "matter_id": row.id,
            "agency": row.agency_code,
            "what": names.left_out_of(row.title),
            "state": STANDINGS[row.standing],
            "decide_on": row.decide_on.isoformat(),
            "earliest_on": row.earliest_on.isoformat() if row.earliest_on else "",
            "smds": list(row.smds),
        }
        for row in rows
        if row.id in public
    ]


def _lately(since: date) -> Q:
    return Q(matter__state="open") | Q(matter__closed_at__date__gte=since)


def _ended(tracked: Collection[str]) -> dict[str, str]:
    """How what the packet before followed ended, by its key there."""
    key_of = {int(key.rpartition("-")[2]): key for key in tracked}
    rows = public_matters().filter(pk__in=list(key_of), state="closed")
    return {
        key_of[pk]: kind_of(kind).outcomes.get(outcome, "closed")
        for pk, kind, outcome in rows.values_list("pk", "kind", "outcome")
    }
