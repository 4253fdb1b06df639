"""What is worked through in an incident: its checklist, its call list, and its reports."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from wardroom.directory.models import Party
from wardroom.incidents.models.critical import Incident


class ChecklistLine(models.Model):
    """One line of an incident's checklist, in the words that it began with."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="checklist")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=30)
    text = models.CharField(max_length=200)
    version = models.CharField(max_length=10)
    state = models.CharField(max_length=10, default="open")
    note = models.CharField(max_length=300, blank=True, default="")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "code"], name="one_checklist_line_a_code"),
            models.CheckConstraint(
                name="checklist_line_state_is_known",
                condition=Q(state__in=["open", "done", "left_out"]),
            ),
            models.CheckConstraint(
                name="left_out_line_says_why", condition=~Q(state="left_out") | ~Q(note="")
            ),
        ]


class CallLine(models.Model):
    """Somebody to call about an incident, with the number as it stood when it was opened."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="call_list")
    position = models.PositiveSmallIntegerField()
    role_label = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=60, blank=True, default="")
    outcome = models.CharField(max_length=10, blank=True, default="")
    note = models.CharField(max_length=300, blank=True, default="")
    called_at = models.DateTimeField(null=True, blank=True)
    called_by = models.CharField(max_length=120, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "position"], name="one_call_line_a_place"),
            models.CheckConstraint(
                name="call_outcome_is_known",
                condition=Q(outcome__in=["", "reached", "message", "no_answer"]),
            ),
        ]


class SituationReport(models.Model):
    """What stands at one moment of an incident. Nothing of it changes; a later one says more.

    People are counted, never named. It goes out once somebody who did not write it releases it;
    one that they sent back with words goes out never, and its writer writes a later one.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="reports")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    where_text = models.CharField(max_length=200)
    lead_text = models.CharField(max_length=200, blank=True, default="")
    affected = models.JSONField(default=dict)
    needs = models.TextField(blank=True, default="")
    partners = models.TextField(blank=True, default="")
    next_update_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=120)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=120, blank=True, default="")
    releaser = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    sent_to = models.PositiveIntegerField(default=0)
    returned_at = models.DateTimeField(null=True, blank=True)
    # By the database too: during an upgrade a machine of the former version writes reports.
    returned_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    returned_for = models.CharField(max_length=500, blank=True, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["incident", "number"], name="one_report_a_number"),
            models.CheckConstraint(
                name="writer_does_not_release",
                condition=Q(releaser=None) | ~Q(releaser=models.F("writer")),
            ),
            models.CheckConstraint(
                name="released_report_says_by_whom",
                condition=Q(released_at=None, released_by="")
                | (Q(released_at__isnull=False) & ~Q(released_by="")),
            ),
            models.CheckConstraint(
                name="returned_report_says_why_and_never_goes_out",
                condition=Q(returned_at=None, returned_by="", returned_for="")
                | (Q(released_at=None) & ~Q(returned_by="") & ~Q(returned_for="")),
            ),
        ]
