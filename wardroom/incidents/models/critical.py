"""What the office keeps of an incident beside its matter."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.directory.models import Party
from wardroom.matters.models import Matter


class Incident(models.Model):
    """An incident of the office: what it is, how grave, who has it, and since when.

    ``token`` names the form that it came from, so that a second tap opens nothing. Who leads
    at the scene is never ours: ``lead_text`` says who it is. ``exhausted_at`` is when nobody
    was left to be called, ``next_update_at`` when the next report is due. An exercise is
    kept, and left out of lists and measures. ``homes_gone_at`` is when what households needed
    was removed; ``homes_held_for`` says why it must be kept.
    """

    matter = models.OneToOneField(Matter, models.PROTECT, related_name="incident")
    kind_code = models.CharField(max_length=20)
    severity = models.PositiveSmallIntegerField()
    where_text = models.CharField(max_length=200, blank=True, default="")
    words = models.CharField(max_length=1_000, blank=True, default="")
    exercise = models.BooleanField(default=False)
    token = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001
    came_from = models.CharField(max_length=60, blank=True, default="")
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=120, blank=True, default="")
    opener = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    mode = models.CharField(max_length=10, blank=True, default="")
    arrived_at = models.DateTimeField(null=True, blank=True)
    lead_text = models.CharField(max_length=200, blank=True, default="")
    exhausted_at = models.DateTimeField(null=True, blank=True)
    first_report_at = models.DateTimeField(null=True, blank=True)
    next_update_at = models.DateTimeField(null=True, blank=True)
    stood_down_at = models.DateTimeField(null=True, blank=True)
    homes_held_for = models.CharField(max_length=300, blank=True, default="")
    homes_gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="incident_is_taken_by_somebody",
                condition=Q(taken_at=None, taken_by=None)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_is_taken_before_it_ends",
                condition=Q(stood_down_at=None) | Q(taken_at__isnull=False),
            ),
            models.CheckConstraint(
                name="incident_severity_is_known", condition=Q(severity__in=[1, 2, 3])
            ),
            models.CheckConstraint(
                name="incident_mode_is_known", condition=Q(mode__in=["", "go", "remote"])
            ),
        ]

    def __str__(self) -> str:
        return self.matter.title

    @property
    def ward_code(self) -> str:
        """The ward that it is in; empty for the whole city."""
        code: str = self.matter.ward_code
        return code

    @property
    def has_since(self) -> datetime | None:
        """Since when whoever has it has it: since a handover, where there was one."""
        leads = self.duties.filter(role="lead").order_by("-since_at", "-pk")
        since: datetime | None = leads.values_list("since_at", flat=True).first()
        return since or self.taken_at

    @property
    def runners(self) -> frozenset[int]:
        """The users who hold a role in it, whatever ward they look after; then whoever had it."""
        rows = self.duties.filter(until_at=None).exclude(party__user=None)
        held: set[int | None] = set(rows.values_list("party__user_id", flat=True))
        if self.stood_down_at is not None and self.taken_by is not None:
            held.add(self.taken_by.user_id)
        return frozenset(user for user in held if user is not None)

    @property
    def had_by(self) -> int | None:
        """The user who has it now; none where nobody has."""
        user: int | None = self.taken_by.user_id if self.taken_by is not None else None
        return user

    @property
    def called(self) -> frozenset[int]:
        """The users who were called to it, and whoever opened it."""
        rows = self.call_outs.exclude(party__user=None)
        users: set[int | None] = {self.opener_id, *rows.values_list("party__user_id", flat=True)}
        return frozenset(user for user in users if user is not None)
