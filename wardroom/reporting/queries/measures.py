"""The numbers of a ward's week, counted from the rows as they stand.

Every number carries its definition's code and the screen and filters that list its rows.
Asks, checks and decisions are counted up to `as_of`, the earlier of the week's end and the
moment of drafting.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, Max, Min, Q

from wardroom.city.models import BoundarySet, District
from wardroom.directory.queries import liaison_of
from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Ask
from wardroom.matters.rules import AGREED
from wardroom.problems.models import Decision, Detection, PersistentLocation
from wardroom.problems.queries import undecided_candidates
from wardroom.problems.rules import stages_reached
from wardroom.reporting import rules
from wardroom.reporting.rules import Week
from wardroom.service_requests.models import Feed, ImportRun, ServiceRequest, Status

DUPLICATES = (Status.DUPLICATE_OPEN, Status.DUPLICATE_CLOSED)
NOT_COUNTED = (*DUPLICATES, Status.TRANSFERRED, Status.CANCELLED)
ANSWERABLE = ("requested", "countered", "accepted")
NO_ANSWER_YET = ("requested",)
WEEKS_SHOWN = 12


def measured(ward_code: str, week: Week, *, at: datetime) -> dict[str, Any]:
    """All facts of one ward's week as plain values, ready to be frozen."""
    as_of = min(at, week.end_at)
    sets = BoundarySet.objects.filter(kind="ward", valid_from__lte=week.ends_on)
    boundary = sets.order_by("-valid_from").first()
    ward = District.objects.filter(boundary_set=boundary, code=ward_code).first()
    run = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(m=Max("data_as_of"))
    locations = _open_locations(ward_code, as_of)
    return {
        "ward_name": ward.name if ward else f"Ward {ward_code}",
        "liaison": liaison_of(ward_code, on=_day(as_of)),
        "starts_on": week.starts_on.isoformat(),
        "ends_on": week.ends_on.isoformat(),
        "as_of": as_of.isoformat(),
        "data_as_of": run["m"].isoformat() if run["m"] else "",
        "schematic": _is_schematic(boundary),
        "groups": [
            {"title": "Service requests", "figures": request_figures(ward_code, week, as_of)},
            {
                "title": "Persistent locations and asks",
                "figures": office_figures(ward_code, week, as_of, len(locations)),
            },
        ],
        "needs": needs(ward_code, as_of),
        "locations": [_standing(location, as_of) for location in locations],
        "weeks": weekly_counts(ward_code, week),
    }


def sources_of(week: Week) -> list[dict[str, str]]:
    """What the numbers were read from: feeds, the latest files, boundaries, the ranking."""
    sources = []
    for feed in Feed.objects.order_by("code"):
        run = feed.runs.filter(state=ImportRun.State.DONE).order_by("-started_at").first()
        if run is not None:
            text = f"{run.file_name}, read {_day(run.started_at):%-d %B %Y}, {run.digest[:12]}"
            sources.append({"name": feed.name, "text": text})
    for kept in BoundarySet.objects.filter(kind="ward", valid_from__lte=week.ends_on).order_by(
        "-valid_from"
    )[:1]:
        text = f"{kept.source}, in force from {kept.valid_from:%-d %B %Y}, {kept.digest[:12]}"
        sources.append({"name": "Ward boundaries", "text": text})
    detection = _ranking_before(week)
    if detection is not None:
        text = f"{detection.method}, data up to {_day(detection.data_as_of):%-d %B %Y}"
        sources.append({"name": "Ranking of candidates", "text": text})
    return sources


def request_figures(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """Requests opened, closed, still open, and closed on time."""
    rows = ServiceRequest.objects.filter(ward_code=ward_code)
    first, last = week.starts_on.isoformat(), week.ends_on.isoformat()
    opened = rows.filter(opened_at__gte=week.start_at, opened_at__lt=as_of).count()
    closed = rows.filter(closed_at__gte=week.start_at, closed_at__lt=as_of).count()
    still = (
        rows.filter(opened_at__lt=as_of)
        .filter(Q(closed_at=None) | Q(closed_at__gte=as_of))
        .filter(status__in=[Status.OPEN, Status.IN_PROGRESS, Status.CLOSED])
        .count()
    )
    due = rows.filter(due_at__gte=week.start_at, due_at__lt=as_of).exclude(status__in=NOT_COUNTED)
    late = due.filter(Q(closed_at=None) | Q(closed_at__gt=F("due_at"))).count()
    n = due.count()
    return [
        _figure(
            "opened",
            "Requests opened",
            f"{opened:,}",
            screen="requests",
            ward=ward_code,
            opened_from=first,
            opened_until=last,
        ),
        _figure(
            "closed",
            "Requests closed by the city",
            f"{closed:,}",
            screen="requests",
            ward=ward_code,
            closed_from=first,
            closed_until=last,
        ),
        _figure(
            "still_open",
            "Still open",
            f"{still:,}",
            screen="requests",
            ward=ward_code,
            status="open",
        ),
        _figure(
            "on_time",
            "Closed on time",
            _share(n - late, n),
            note=_interval(n - late, n, "fell due"),
            screen="requests",
            ward=ward_code,
            due_from=first,
            due_until=last,
        ),
    ]


def office_figures(
    ward_code: str, week: Week, as_of: datetime, locations: int
) -> list[dict[str, Any]]:
    """Candidates, decisions, locations, asks, promises and checks."""
    asks = Ask.objects.filter(matter__ward_code=ward_code, asked_at__lt=as_of)
    unanswered = Q(answered_at=None) | Q(answered_at__gte=as_of)
    waiting = asks.exclude(state="withdrawn").filter(unanswered).count()
    late = sum(1 for _ in late_asks(ward_code, as_of))
    kept, promised = _promises(ward_code, week, as_of)
    decided = Decision.objects.filter(
        ward_code=ward_code, decided_at__gte=week.start_at, decided_at__lt=as_of
    )
    verdicts = Counter(decided.values_list("verdict", flat=True))
    checks = ConditionCheck.objects.filter(
        matter__ward_code=ward_code, seen_at__gte=week.start_at, seen_at__lt=as_of
    ).count()
    return [
        _figure(
            "undecided",
            "Candidates not decided",
            f"{_undecided(ward_code, as_of):,}",
            screen="candidates",
            ward=ward_code,
        ),
        _figure(
            "decided",
            "Decided this week",
            f"{sum(verdicts.values()):,}",
            note=", ".join(
                f"{verdicts[v]} {word}"
                for v, word in (
                    ("designate", "designated"),
                    ("watch", "watched"),
                    ("refuse", "refused"),
                )
                if verdicts[v]
            ),
            screen="candidates",
            ward=ward_code,
            decided="all",
        ),
        _figure(
            "locations",
            "Persistent locations open",
            f"{locations:,}",
            screen="locations",
            ward=ward_code,
        ),
        _figure(
            "asks_waiting",
            "Asks without an answer",
            f"{waiting:,}",
            screen="asks",
            ward=ward_code,
            state="requested",
        ),
        _figure(
            "asks_late",
            "Asks past their date",
            f"{late:,}",
            screen="asks",
            ward=ward_code,
            overdue="1",
        ),
        _figure(
            "promises_kept",
            "Promises kept on the first date",
            _share(kept, promised),
            note=_interval(kept, promised, "were promised"),
            screen="asks",
            ward=ward_code,
        ),
        _figure("checks", "Condition checks", f"{checks:,}", screen="locations", ward=ward_code),
    ]


def late_asks(ward_code: str, as_of: datetime) -> list[Ask]:
    """The ward's asks past their promised or due date and not reported done."""
    today = _day(as_of)
    not_done = Q(state__in=ANSWERABLE) | Q(state="done", done_at__gte=as_of)
    asks = (
        Ask.objects.filter(not_done, matter__ward_code=ward_code, asked_at__lt=as_of)
        .select_related("party", "matter")
        .order_by("due_on", "pk")
    )
    return [a for a in asks if (a.promised_on or a.due_on) < today]


def needs(ward_code: str, as_of: datetime) -> list[dict[str, Any]]:
    """What waits for a decision: asks declined, other dates offered, promises late."""
    lines = []
    for ask in late_asks(ward_code, as_of):
        days = (_day(as_of) - (ask.promised_on or ask.due_on)).days
        what = "has not answered" if ask.state in NO_ANSWER_YET else "is late"
        lines.append(
            {
                "sentence": f"{ask.party.code or ask.party.name} {what}: {ask.wording}"
                f" ({ask.matter.title}), {days} {'day' if days == 1 else 'days'} past its date.",
                "ask_id": ask.pk,
            }
        )
    refused = Ask.objects.filter(
        matter__ward_code=ward_code, matter__state="open", state="declined", asked_at__lt=as_of
    )
    lines += [
        {
            "sentence": f"{ask.party.code or ask.party.name} declined: {ask.wording}"
            f" ({ask.matter.title}).",
            "ask_id": ask.pk,
        }
        for ask in refused.select_related("party", "matter").order_by("due_on", "pk")
    ]
    return lines


def weekly_counts(ward_code: str, week: Week) -> list[dict[str, Any]]:
    """Requests opened in each of the last weeks, the oldest first."""
    counts = []
    for back in range(WEEKS_SHOWN - 1, -1, -1):
        one = rules.week_of(week.starts_on - timedelta(weeks=back), zone=settings.TIME_ZONE)
        opened = ServiceRequest.objects.filter(
            ward_code=ward_code, opened_at__gte=one.start_at, opened_at__lt=one.end_at
        ).count()
        counts.append({"week": one.name, "starts_on": one.starts_on.isoformat(), "opened": opened})
    return counts


def _open_locations(ward_code: str, as_of: datetime) -> list[PersistentLocation]:
    rows = PersistentLocation.objects.filter(
        matter__ward_code=ward_code, matter__opened_at__lte=as_of
    ).filter(Q(matter__closed_at=None) | Q(matter__closed_at__gte=as_of))
    return list(rows.select_related("matter").order_by("matter__next_on", "pk"))


def _standing(location: PersistentLocation, as_of: datetime) -> dict[str, Any]:
    matter = location.matter
    asks = Ask.objects.filter(matter=matter)
    by_state = dict(asks.values_list("state").annotate(n=Count("pk")).order_by("state"))
    today = _day(as_of)
    late = [
        a.party.code or a.party.name
        for a in asks.filter(state__in=ANSWERABLE).select_related("party").order_by("pk")
        if (a.promised_on or a.due_on) < today
    ]
    check = matter.checks.filter(seen_at__lte=as_of).order_by("-seen_at").first()
    plans = matter.plans.filter(adopted_at__lte=as_of)
    planned_at = plans.aggregate(first=Min("adopted_at"))["first"]
    words = {
        "requested": "waiting",
        "countered": "other date offered",
        "accepted": "accepted",
        "declined": "declined",
        "done": "done, says the agency",
    }
    return {
        "matter_id": matter.pk,
        "title": matter.title,
        "stage": stages_reached(
            planned=planned_at is not None,
            answered=asks.filter(state__in=AGREED, answered_at__lte=as_of).exists(),
            checked=bool(check and planned_at and check.seen_at >= planned_at),
        )[-1],
        "asks": ", ".join(f"{by_state[s]} {word}" for s, word in words.items() if by_state.get(s))
        or "no asks yet",
        "late": ", ".join(late),
        "next_on": matter.next_on.isoformat() if matter.next_on else "",
        "next_step": matter.next_step,
        "last_check": f"{check.rating} of 4 on {_day(check.seen_at):%b %-d, %Y}" if check else "",
    }


def _promises(ward_code: str, week: Week, as_of: datetime) -> tuple[int, int]:
    last = min(week.ends_on, _day(as_of) - timedelta(days=1))
    asks = Ask.objects.filter(
        matter__ward_code=ward_code,
        first_promised_on__gte=week.starts_on,
        first_promised_on__lte=last,
    ).exclude(state="withdrawn")
    rows = list(asks.values_list("first_promised_on", "done_at"))
    kept = sum(1 for promised, done in rows if done is not None and _day(done) <= promised)
    return kept, len(rows)


def _undecided(ward_code: str, as_of: datetime) -> int:
    return undecided_candidates(on=_day(as_of)).filter(ward_code=ward_code).count()


def _ranking_before(week: Week) -> Detection | None:
    known = Detection.objects.filter(data_as_of__lt=week.end_at)
    newest: Detection | None = known.order_by("-data_as_of", "-ran_at").first()
    return newest


def _figure(
    code: str, label: str, shown: str, *, note: str = "", screen: str, **filters: str
) -> dict[str, Any]:
    return {
        "code": code,
        "label": label,
        "shown": shown,
        "note": note,
        "screen": screen,
        "filters": filters,
    }


def _share(hits: int, n: int) -> str:
    return f"{100 * hits / n:.0f} %" if n else "-"


def _interval(hits: int, n: int, what: str) -> str:
    share = rules.share_with_interval(hits, n)
    if share is None:
        return f"none {what}"
    _, low, high = share
    return f"{hits:,} of {n:,} that {what}; likely {100 * low:.0f} to {100 * high:.0f} %"


def _is_schematic(boundary: BoundarySet | None) -> bool:
    return bool(boundary and boundary.schematic) or Feed.objects.filter(schematic=True).exists()


def _day(at: datetime) -> date:
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
