"""The numbers of a ward's week, counted from the rows as they stood when it ended.

Every number carries its definition's code and the screen and filters that list its rows; both
come from one rule. Asks, matters, checks and decisions are counted up to `as_of`, the earlier
of the week's end and the moment of drafting: what happened later changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Max, Min

from wardroom.city.models import BoundarySet, District
from wardroom.directory.queries import liaison_of
from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries import (
    AsksThen,
    AskThen,
    MatterThen,
    asks_at,
    asks_then,
    open_matters_at,
)
from wardroom.matters.rules import AGREED, WITH_AGENCY
from wardroom.problems.models import Decision, Detection
from wardroom.problems.queries import (
    LocationsThen,
    decided_candidates,
    locations_then,
    undecided_candidates,
)
from wardroom.problems.rules import stages_reached
from wardroom.reporting import rules
from wardroom.reporting.rules import Week
from wardroom.service_requests.models import Feed, ImportRun, ServiceRequest
from wardroom.service_requests.queries import RequestFilters, matching

WEEKS_SHOWN = 12


def as_of_for(week: Week, at: datetime) -> datetime:
    """Up to when a week drafted at an instant is counted."""
    return min(at, week.end_at).astimezone(ZoneInfo(settings.TIME_ZONE))


def measured(
    ward_code: str, week: Week, *, as_of: datetime, ranking: Detection | None
) -> dict[str, Any]:
    """All facts of one ward's week as plain values, ready to be frozen."""
    sets = BoundarySet.objects.filter(kind="ward", valid_from__lte=week.ends_on)
    boundary = sets.order_by("-valid_from").first()
    ward = District.objects.filter(boundary_set=boundary, code=ward_code).first()
    run = ImportRun.objects.filter(state=ImportRun.State.DONE).aggregate(m=Max("data_as_of"))
    asks = asks_at(as_of, ward=ward_code)
    return {
        "ward_name": ward.name if ward else f"Ward {ward_code}",
        "liaison": liaison_of(ward_code, on=_day(as_of)),
        "starts_on": week.starts_on.isoformat(),
        "ends_on": week.ends_on.isoformat(),
        "as_of": as_of.isoformat(),
        "data_as_of": min(run["m"], as_of).isoformat() if run["m"] else "",
        "schematic": _is_schematic(boundary),
        "groups": [
            {"title": "Service requests", "figures": request_figures(ward_code, week, as_of)},
            {
                "title": "Persistent locations and asks",
                "figures": office_figures(ward_code, week, as_of, ranking),
            },
        ],
        "needs": needs(ward_code, as_of, asks),
        "locations": standings(ward_code, as_of, asks),
        "weeks": weekly_counts(ward_code, week, as_of),
    }


def sources_of(week: Week, ranking: Detection | None) -> list[dict[str, str]]:
    """What the numbers were read from: feeds, the latest files, boundaries, the ranking."""
    sources = []
    for feed in Feed.objects.order_by("code"):
        run = feed.runs.filter(state=ImportRun.State.DONE).order_by("-started_at").first()
        if run is not None:
            text = f"{run.file_name}, read {_day(run.started_at):%B %-d, %Y}, {run.digest[:12]}"
            sources.append({"name": feed.name, "text": text})
    for kept in BoundarySet.objects.filter(kind="ward", valid_from__lte=week.ends_on).order_by(
        "-valid_from"
    )[:1]:
        text = f"{kept.source}, in force from {kept.valid_from:%B %-d, %Y}, {kept.digest[:12]}"
        sources.append({"name": "Ward boundaries", "text": text})
    if ranking is not None:
        text = f"{ranking.method}, data up to {_day(ranking.data_as_of):%B %-d, %Y}"
        sources.append({"name": "Ranking of candidates", "text": text})
    return sources


def request_figures(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """Requests opened, closed, still open, and closed on time."""
    span = {"from": week.starts_on, "until": week.ends_on}

    def rows(**words: Any) -> Any:
        filters = RequestFilters(ward=ward_code, as_of=as_of, **words)
        return matching(ServiceRequest.objects.all(), filters)

    def figure(
        code: str, label: str, shown: str, words: Mapping[str, Any], note: str = ""
    ) -> dict[str, Any]:
        plain = {name: _plain(value) for name, value in {**words, "as_of": as_of}.items()}
        return _figure(code, label, shown, note=note, screen="requests", ward=ward_code, **plain)

    opened = {f"opened_{edge}": day for edge, day in span.items()}
    closed = {f"closed_{edge}": day for edge, day in span.items()}
    due = {**{f"due_{edge}": day for edge, day in span.items()}, "standing": "measured"}
    still = {"standing": "unfinished"}
    fell_due = rows(**due)
    n = fell_due.count()
    hits = fell_due.filter(closed_at__lte=F("due_at")).count()
    return [
        figure("opened", "Requests opened", f"{rows(**opened).count():,}", opened),
        figure("closed", "Requests closed by the city", f"{rows(**closed).count():,}", closed),
        figure("still_open", "Still open", f"{rows(**still).count():,}", still),
        figure("on_time", "Closed on time", _share(hits, n), due, _interval(hits, n, "fell due")),
    ]


def office_figures(
    ward_code: str, week: Week, as_of: datetime, ranking: Detection | None
) -> list[dict[str, Any]]:
    """Candidates, decisions, locations, asks, promises and checks."""
    ward = {"ward": ward_code, "as_of": _plain(as_of)}
    days = {"promised_from": week.starts_on, "promised_until": _last_promise(week, as_of)}
    monday = week.starts_on
    undecided = undecided_candidates(on=_day(as_of), detection=ranking, at=as_of)
    decided = decided_candidates(since=week.start_at, at=as_of).filter(ward_code=ward_code)
    promised = asks_then(AsksThen("promised", as_of, **days), ward=ward_code)
    kept = sum(ask.kept for ask in promised)
    checked = locations_then(LocationsThen(as_of, monday), ward=ward_code)
    places = locations_then(LocationsThen(as_of), ward=ward_code).count()
    waiting = len(asks_then(AsksThen("waiting", as_of), ward=ward_code))
    late = len(asks_then(AsksThen("late", as_of), ward=ward_code))
    return [
        _figure(
            "undecided",
            "Candidates not decided",
            f"{undecided.filter(ward_code=ward_code).count() if ranking else 0:,}",
            screen="candidates",
            decided="undecided",
            **ward,
        ),
        _figure(
            "decided",
            "Decided this week",
            f"{decided.count():,}",
            note=_verdicts(decided, as_of),
            screen="candidates",
            decided_from=_plain(monday),
            **ward,
        ),
        _figure(
            "locations",
            "Persistent locations open",
            f"{places:,}",
            screen="locations",
            **ward,
        ),
        _figure(
            "asks_waiting",
            "Asks without an answer",
            f"{waiting:,}",
            screen="asks",
            was="waiting",
            **ward,
        ),
        _figure(
            "asks_late",
            "Asks past their date",
            f"{late:,}",
            screen="asks",
            was="late",
            **ward,
        ),
        _figure(
            "promises_kept",
            "Promises kept on the first date",
            _share(kept, len(promised)),
            note=_interval(kept, len(promised), "were promised"),
            screen="asks",
            was="promised",
            **{name: _plain(day) for name, day in days.items()},
            **ward,
        ),
        _figure(
            "checks",
            "Locations checked",
            f"{checked.count():,}",
            note=_checks(checked, week, as_of),
            screen="locations",
            checked_from=_plain(monday),
            **ward,
        ),
    ]


def needs(ward_code: str, as_of: datetime, asks: Mapping[int, AskThen]) -> list[dict[str, Any]]:
    """What waits for a decision: promises late, other dates offered, asks declined."""
    rows = Ask.objects.filter(pk__in=asks).select_related("party", "matter")
    by_due = sorted(rows, key=lambda ask: (asks[ask.pk].due_on, ask.pk))
    still = open_matters_at(as_of, ward=ward_code)
    today = _day(as_of)
    late, offered, declined = [], [], []
    for ask in by_due:
        then = asks[ask.pk]
        agency, thing = ask.party.code or ask.party.name, f"{ask.wording} ({ask.matter.title})"
        if then.state == "countered":
            day = f"{then.counter_on:%b %-d, %Y}"
            instead = f"{then.due_on:%b %-d, %Y}"
            offered.append((f"{agency} offers {day} instead of {instead}: {thing}.", ask.pk))
        if then.state in WITH_AGENCY and then.expected_on < today:
            days = (today - then.expected_on).days
            what = "has not answered" if then.state == "requested" else "is late"
            many = "day" if days == 1 else "days"
            late.append((f"{agency} {what}: {thing}, {days} {many} past its date.", ask.pk))
        if then.state == "declined" and then.matter_id in still:
            declined.append((f"{agency} declined: {thing}.", ask.pk))
    return [{"sentence": words, "ask_id": key} for words, key in late + offered + declined]


def weekly_counts(ward_code: str, week: Week, as_of: datetime) -> list[dict[str, Any]]:
    """Requests opened in each of the last weeks up to ``as_of``, the oldest first."""
    counts = []
    for back in range(WEEKS_SHOWN - 1, -1, -1):
        one = rules.week_of(week.starts_on - timedelta(weeks=back), zone=settings.TIME_ZONE)
        opened = ServiceRequest.objects.filter(
            ward_code=ward_code,
            opened_at__gte=one.start_at,
            opened_at__lt=min(one.end_at, as_of),
        ).count()
        counts.append({"week": one.name, "starts_on": one.starts_on.isoformat(), "opened": opened})
    return counts


def standings(ward_code: str, as_of: datetime, asks: Mapping[int, AskThen]) -> list[dict[str, Any]]:
    """Where each location that was open stood, the soonest next date first."""
    still = open_matters_at(as_of, ward=ward_code)
    rows = locations_then(LocationsThen(as_of), ward=ward_code).select_related("matter")
    by_next = sorted(rows, key=lambda row: (still[row.matter_id].next_on or date.max, row.pk))
    return [_standing(row.matter, still[row.matter_id], as_of, asks) for row in by_next]


def _standing(
    matter: Matter, then: MatterThen, as_of: datetime, asks: Mapping[int, AskThen]
) -> dict[str, Any]:
    mine = [ask for ask in asks.values() if ask.matter_id == matter.pk]
    by_state = Counter(ask.state for ask in mine)
    today = _day(as_of)
    late = [a.ask_id for a in mine if a.state in WITH_AGENCY and a.expected_on < today]
    named = Ask.objects.filter(pk__in=late).select_related("party").order_by("pk")
    check = matter.checks.filter(seen_at__lt=as_of).order_by("-seen_at", "-pk").first()
    plans = matter.plans.filter(adopted_at__lt=as_of)
    planned_at = plans.aggregate(first=Min("adopted_at"))["first"]
    words = {
        "requested": "waiting",
        "countered": "other date offered",
        "accepted": "accepted",
        "declined": "declined",
        "done": "reported done by the agency",
    }
    return {
        "matter_id": matter.pk,
        "title": matter.title,
        "stage": stages_reached(
            planned=planned_at is not None,
            answered=any(ask.state in AGREED for ask in mine),
            checked=bool(check and planned_at and check.seen_at >= planned_at),
        )[-1],
        "asks": ", ".join(f"{by_state[s]} {word}" for s, word in words.items() if by_state.get(s))
        or "no asks yet",
        "late": ", ".join(ask.party.code or ask.party.name for ask in named),
        "next_on": then.next_on.isoformat() if then.next_on else "",
        "next_step": then.next_step,
        "last_check": f"{check.rating} of 4 on {_day(check.seen_at):%b %-d, %Y}"
        if check and check.rating
        else "",
    }


def _last_promise(week: Week, as_of: datetime) -> date:
    return min(week.ends_on, _day(as_of) - timedelta(days=1))


def _verdicts(decided: Any, as_of: datetime) -> str:
    made = Decision.objects.filter(candidate__in=decided, decided_at__lt=as_of)
    last = {d.place_id: d.verdict for d in made.order_by("decided_at", "pk")}
    counts = Counter(last.values())
    words = (("designate", "designated"), ("watch", "watched"), ("refuse", "refused"))
    return ", ".join(f"{counts[v]} {word}" for v, word in words if counts[v])


def _checks(checked: Any, week: Week, as_of: datetime) -> str:
    rows = ConditionCheck.objects.filter(matter__in=checked.values("matter"))
    n = rows.filter(seen_at__gte=week.start_at, seen_at__lt=as_of).count()
    return f"{n:,} {'check' if n == 1 else 'checks'}" if n else ""


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


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
