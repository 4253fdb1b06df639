"""Feeds, import runs, mirrored requests and the history of their status."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Func, Q

from wardroom.access.models import ScopedQuerySet
from wardroom.city.models import District
from wardroom.directory.models import Service
from wardroom.service_requests.rules import LIVE, NOT_MEASURED, OPEN

# How the public reads the mirror: two words of status, and a grid of about 500 meters.
STILL_OPEN = tuple(sorted(LIVE))
CELLS_A_DEGREE, ROW_STEP = 200, 100_000


class Cell(Func):
    """The cell of the grid in which a point lies, as an index keeps it.

    SQLite cuts and PostgreSQL rounds; who looks for a box takes one cell more on each side.
    """

    arity = 2
    output_field = models.BigIntegerField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        latitude, longitude = (compiler.compile(e)[0] for e in self.get_source_expressions())
        row, column = (f"CAST({x} * {CELLS_A_DEGREE} AS bigint)" for x in (latitude, longitude))
        return f"({row} * {ROW_STEP} + {column})", ()


class Status(models.TextChoices):
    """The city's many status words, folded to these."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    CLOSED = "closed"
    DUPLICATE_OPEN = "duplicate_open"
    DUPLICATE_CLOSED = "duplicate_closed"
    TRANSFERRED = "transferred"
    INCOMPLETE = "incomplete"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


class Feed(models.Model):
    """A source of requests: one city's 311 system."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, default="America/New_York")
    schematic = models.BooleanField(default=False)


class ImportRun(models.Model):
    """One reading of one file."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    feed = models.ForeignKey(Feed, models.PROTECT, related_name="runs")
    layout = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    data_as_of = models.DateTimeField(null=True, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    rows_new = models.PositiveIntegerField(default=0)
    rows_changed = models.PositiveIntegerField(default=0)
    rows_same = models.PositiveIntegerField(default=0)
    rows_rejected = models.PositiveIntegerField(default=0)


class RequestQuerySet(ScopedQuerySet):
    """Adjectives of service requests, to be chained."""

    def standing(self, word: str, *, at: datetime) -> Self:
        """What a measure counts as one of `rules.STANDINGS` before an instant.

        Left out of all of them are duplicates, transfers, tests, and what the city calls
        closed without saying when; only ``watched`` holds what was transferred, until then.
        """
        told = Q(closed_at__isnull=False)
        counted = (told | Q(status__in=OPEN)) & ~Q(status__in=NOT_MEASURED)
        still = Q(closed_at=None) | Q(closed_at__gte=at)
        late = Q(closed_at__gt=F("due_at"))
        due = counted & Q(due_at__lt=at)
        means = {
            "counted": counted,
            "watched": counted | (told & Q(status=Status.TRANSFERRED)),
            "due_by_then": due,
            "on_time": due & ~still & ~late,
            "done_late": due & ~still & late,
            "overdue": due & still,
            "due_later": counted & Q(due_at__gte=at),
            "no_due_date": counted & Q(due_at=None),
            "waiting": counted & still,
        }
        return self.filter(means[word], opened_at__lt=at, service__test_only=False)


class ServiceRequest(models.Model):
    """A request in the city's own system, as we last saw it.

    ``edited_at`` is when the city last changed it, where a file said so; ``shown_at`` the time
    of the newest dated snapshot that held it. What is older than these changes nothing.

    The import settles what a row refers to, and nothing referred to is ever deleted; so no
    database looks six references up for each of a million rows.
    """

    feed = models.ForeignKey(Feed, models.PROTECT, db_index=False)
    external_id = models.CharField(max_length=40)
    service = models.ForeignKey(Service, models.PROTECT, db_index=False, db_constraint=False)
    agency_code = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=20, choices=Status.choices)
    status_given = models.CharField(max_length=60, blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True, default="")
    zip_code = models.CharField(max_length=10, blank=True, default="")
    address_id = models.BigIntegerField(null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place_key = models.BigIntegerField(null=True, blank=True)
    ward = models.ForeignKey(
        District, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    anc = models.ForeignKey(
        District, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    smd = models.ForeignKey(
        District, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    ward_code = models.CharField(max_length=10, blank=True, default="")
    ward_given = models.CharField(max_length=20, blank=True, default="")
    priority = models.CharField(max_length=20, blank=True, default="")
    calls = models.PositiveIntegerField(default=1)
    channel = models.CharField(max_length=20, blank=True, default="")
    reporter_key = models.BigIntegerField(null=True, blank=True)
    parent_id_given = models.CharField(max_length=40, blank=True, default="")
    content_digest = models.BigIntegerField()
    edited_at = models.DateTimeField(null=True, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    first_run = models.ForeignKey(
        ImportRun, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    last_run = models.ForeignKey(
        ImportRun, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )

    objects = RequestQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feed", "external_id"], name="one_request_a_feed_id"),
            models.CheckConstraint(
                name="request_point_is_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["place_key", "opened_at"]),
            models.Index(fields=["ward_code", "opened_at"]),
            models.Index(fields=["opened_at"]),
            models.Index(fields=["last_run"], name="request_by_reading"),
            models.Index(fields=["service", "opened_at"], name="requests_of_a_service"),
            models.Index(
                Cell(F("latitude"), F("longitude")),
                F("opened_at"),
                F("latitude"),
                F("longitude"),
                name="requests_of_a_cell",
            ),
            models.Index(
                fields=["opened_at"],
                name="requests_still_open",
                condition=Q(status__in=STILL_OPEN),
            ),
            # An address with an id of the city's is not found by its key as it is typed.
            models.Index(
                fields=["address"],
                name="request_address_with_id",
                condition=Q(address_id__isnull=False),
            ),
        ]


class StatusChange(models.Model):
    """A request's status moved in the feed between two of our readings."""

    request = models.ForeignKey(ServiceRequest, models.PROTECT, related_name="status_changes")
    before = models.CharField(max_length=20, choices=Status.choices)
    after = models.CharField(max_length=20, choices=Status.choices)
    seen_at = models.DateTimeField()
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="status_changes")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(name="status_really_changed", condition=~Q(before=F("after")))
        ]
