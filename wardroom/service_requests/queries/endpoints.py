"""Endpoints: the list, one with its readings, and which of them are due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.service_requests import policy
from wardroom.service_requests.models import Drift, Endpoint, Feed, ImportRun, Submission
from wardroom.service_requests.queries.readings import RunRow, run_row
from wardroom.service_requests.rules.endpoints import LARGE_SKEW, MIRROR, SUBMIT, key_in, keys_of

LAST_RUNS = 20


@dataclass(frozen=True)
class EndpointRow:
    """An endpoint as the list shows it."""

    id: int
    code: str
    name: str
    url: str
    mode: str
    paused: bool
    read_at: datetime | None
    read_until_at: datetime | None
    next_at: datetime | None
    failed_at: datetime | None
    failures: int
    error: str
    drifts: int
    unclear: int


@dataclass(frozen=True)
class EndpointFile:
    """Everything about one endpoint: what is set, how far it was read, and what went wrong."""

    row: EndpointRow
    format: str
    jurisdiction: str
    key_name: str
    has_key: bool
    feed_code: str
    own_codes: bool
    keeps_repeats: bool
    minutes: int
    since_on: date | None
    reads_by: str
    window: timedelta
    skew: timedelta
    gap: str
    services: tuple[tuple[str, str, str], ...]
    checked_at: datetime | None
    check_error: str
    runs: tuple[RunRow, ...]
    allowed: frozenset[str]

    @property
    def skew_is_large(self) -> bool:
        """Whether its clock is so far off that somebody should know."""
        return abs(self.skew) >= LARGE_SKEW


def endpoint_list(actor: Actor) -> tuple[EndpointRow, ...]:
    """Every endpoint by name; nothing for people outside the office."""
    if not policy.may_see_endpoints(actor):
        return ()
    drifts, unclear = _counts(actor)
    return tuple(_row(e, drifts, unclear) for e in Endpoint.objects.order_by("name", "pk"))


def endpoint_file(endpoint_id: int, actor: Actor) -> EndpointFile:
    """One endpoint; `NotFound` for people outside the office."""
    if not policy.may_see_endpoints(actor):
        raise NotFound(f"no endpoint {endpoint_id}")
    row = Endpoint.objects.select_related("feed").filter(pk=endpoint_id).first()
    if row is None:
        raise NotFound(f"no endpoint {endpoint_id}")
    runs = ImportRun.objects.filter(layout="open311", file_name__startswith=f"{row.code} ")
    if row.feed is not None:
        runs = runs.filter(feed=row.feed)
    latest = runs.select_related("feed").order_by("-started_at", "-pk")[:LAST_RUNS]
    return EndpointFile(
        row=_row(row, *_counts(actor)),
        format=row.format,
        jurisdiction=row.jurisdiction,
        key_name=row.key_name,
        has_key=key_in(settings.ENDPOINT_KEYS, row.key_name) is not None,
        feed_code=row.feed.code if row.feed else "",
        own_codes=row.own_codes,
        keeps_repeats=row.keeps_repeats,
        minutes=row.minutes,
        since_on=row.since_on,
        reads_by=row.reads_by,
        window=timedelta(seconds=row.window_seconds),
        skew=timedelta(seconds=row.skew_seconds),
        gap=row.gap,
        services=tuple((s["code"], s["name"], s["group"]) for s in row.services),
        checked_at=row.checked_at,
        check_error=row.check_error,
        runs=tuple(run_row(run) for run in latest) if row.feed else (),
        allowed=_allowed(row, actor),
    )


def get_endpoint(endpoint_id: int, actor: Actor) -> Endpoint:
    """An endpoint to act on; `NotFound` for people outside the office."""
    row: Endpoint | None = Endpoint.objects.filter(pk=endpoint_id).first()
    if row is None or not policy.may_see_endpoints(actor):
        raise NotFound(f"no endpoint {endpoint_id}")
    return row


def may_add_endpoint(actor: Actor) -> bool:
    """Whether somebody may add an endpoint, for the button."""
    return policy.may_keep_endpoint(actor, None)


def endpoints_that_take(actor: Actor) -> tuple[Endpoint, ...]:
    """The endpoints that something can be sent to now."""
    if not policy.may_submit_request(actor, None):
        return ()
    return tuple(_taking().order_by("name", "pk"))


def anything_takes() -> bool:
    """Whether there is any other system that things are sent to, though it may rest now."""
    return bool(_any_taking().exists())


def whether_anything_takes() -> Exists:
    """The same as a column of another question."""
    return Exists(_any_taking())


def _any_taking() -> Any:
    return Endpoint.objects.exclude(mode=MIRROR)


def _taking() -> Any:
    known = ["", *keys_of(settings.ENDPOINT_KEYS)]
    return Endpoint.objects.exclude(mode=MIRROR).filter(paused=False, key_name__in=known)


def feeds_to_choose() -> tuple[tuple[str, str], ...]:
    """The feeds that there are, by code and name."""
    return tuple(Feed.objects.order_by("name", "pk").values_list("code", "name"))


def key_names() -> tuple[str, ...]:
    """The names under which keys are set, never the keys."""
    return tuple(sorted(keys_of(settings.ENDPOINT_KEYS)))


def get_endpoints_to_read(at: datetime) -> tuple[int, ...]:
    """The endpoints whose next reading is due, the longest waiting first."""
    rows = Endpoint.objects.filter(paused=False, next_at__lte=at)
    return tuple(rows.order_by("next_at", "pk").values_list("pk", flat=True))


def get_endpoints_to_check() -> tuple[Endpoint, ...]:
    """The endpoints whose mirrored requests are held to what they say now."""
    rows = Endpoint.objects.exclude(mode=SUBMIT).filter(paused=False)
    return tuple(rows.select_related("feed").order_by("pk"))


def _counts(actor: Actor) -> tuple[Mapping[int, int], Mapping[int, int]]:
    """By endpoint: the drifts within reach nobody looked at, and what is unclear."""
    inside = policy.reach_of_drift(actor)
    drifts = Drift.objects.within(inside).filter(state="open")
    unclear = Submission.objects.within(inside).filter(state="unclear")
    return _by_endpoint(drifts), _by_endpoint(unclear)


def _by_endpoint(rows: Any) -> Mapping[int, int]:
    counted = rows.order_by().values("endpoint_id").annotate(n=Count("pk"))
    return dict(counted.values_list("endpoint_id", "n"))


def _row(e: Endpoint, drifts: Mapping[int, int], unclear: Mapping[int, int]) -> EndpointRow:
    return EndpointRow(
        id=e.pk,
        code=e.code,
        name=e.name,
        url=e.url,
        mode=e.mode,
        paused=e.paused,
        read_at=e.read_at,
        read_until_at=e.read_until_at,
        next_at=None if e.paused else e.next_at,
        failed_at=e.failed_at,
        failures=e.failures,
        error=e.error,
        drifts=drifts.get(e.pk, 0),
        unclear=unclear.get(e.pk, 0),
    )


def _allowed(row: Endpoint, actor: Actor) -> frozenset[str]:
    if not policy.may_keep_endpoint(actor, row):
        return frozenset()
    verbs = {"correct_endpoint", "resume_endpoint" if row.paused else "pause_endpoint"}
    if not row.paused:
        verbs.add("hurry_endpoint")
    return frozenset(verbs)
