"""Editions of reports."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.access.models import ScopedQuerySet
from wardroom.calendar.models import Event
from wardroom.directory.models import Party
from wardroom.documents.models import Document
from wardroom.matters.models import Matter


class Edition(models.Model):
    """One version of one report. Signed, it never changes; a correction is a new version.

    `facts` is what was drafted, told by `method` from the frozen rows; `edits` what a person
    made of its items. `area` is the ANC that a monthly report is for, and `week` its month;
    a roll-up of all wards has no ward.
    """

    report = models.CharField(max_length=20)
    ward_code = models.CharField(max_length=10, blank=True, default="")
    area = models.CharField(max_length=30, blank=True, default="")
    week = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, default="draft")
    facts = models.JSONField()
    narrative = models.JSONField(default=dict)
    edits = models.JSONField(default=dict)
    method = models.CharField(max_length=20, blank=True, default="")
    definitions = models.JSONField()
    sources = models.JSONField()
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, default="")
    pdf = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["report", "ward_code", "area", "week", "version"],
                name="one_edition_a_version",
            ),
            models.CheckConstraint(
                name="signed_edition_is_whole",
                condition=~Q(state="signed")
                | (Q(signed_at__isnull=False) & Q(signed_by__isnull=False) & ~Q(digest="")),
            ),
        ]


class FrozenRows(models.Model):
    """The rows that an edition was told from: JSON, compressed; `sha256` is of the plain text."""

    edition = models.OneToOneField(Edition, models.PROTECT, related_name="frozen")
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)


class Rebuild(models.Model):
    """A signed edition told again from its frozen rows, and compared in every number."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="rebuilds")
    at = models.DateTimeField()
    identical = models.BooleanField()
    numbers = models.PositiveIntegerField()
    differences = models.JSONField(default=list)


class WordTemplate(models.Model):
    """What the office's Word files of one kind of report are made with from an instant on.

    The newest version counts. One without a `document` says that the house's own counts again;
    putting a former one back is a new version with the same document.
    """

    report = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    put_back = models.BooleanField(default=False)
    put_at = models.DateTimeField()
    put_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "version"], name="one_template_a_version")
        ]


class Measurement(models.Model):
    """What was measured about all requests up to an instant, with its definitions, frozen.

    `funnels` compares wards, and agencies, with what their mix of kinds leads one to expect.
    `rows_taken_in` says how far the readings had come.
    """

    data_as_of = models.DateTimeField()
    ran_at = models.DateTimeField()
    since_on = models.DateField()
    flow_on = models.DateField()
    method = models.CharField(max_length=60)
    requests = models.PositiveIntegerField()
    rows_taken_in = models.PositiveBigIntegerField(default=0)
    definitions = models.JSONField()
    funnels = models.JSONField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["data_as_of"], name="measurements_by_data")]


class MeasuredCell(models.Model):
    """The figures of an agency, of a kind of trouble, or of both, in a ward or the whole city.

    An empty code stands for all. `pictures` are a curve, a weekly chart and what was closed in
    bulk, for the page of one agency or kind alone.
    """

    measurement = models.ForeignKey(Measurement, models.PROTECT, related_name="cells")
    ward_code = models.CharField(max_length=10, blank=True, default="")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    topic_code = models.CharField(max_length=40, blank=True, default="")
    figures = models.JSONField()
    pictures = models.JSONField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["measurement", "ward_code", "agency_code", "topic_code"],
                name="one_cell_a_measurement",
            ),
        ]


class KeptSheet(models.Model):
    """A memo or a note as a person edited and kept it; a later one is a new version.

    It is of an event, or of a matter: a policy that is watched.
    """

    kind = models.CharField(max_length=10)
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="sheets")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="sheets")
    version = models.PositiveSmallIntegerField()
    parts = models.JSONField()
    kept_at = models.DateTimeField()
    kept_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "event", "version"], name="one_kept_sheet_a_version"
            ),
            models.UniqueConstraint(
                fields=["kind", "matter", "version"], name="one_kept_memo_a_version"
            ),
            models.CheckConstraint(
                name="kept_sheet_is_of_one_thing",
                condition=Q(event__isnull=False, matter__isnull=True)
                | Q(event__isnull=True, matter__isnull=False),
            ),
        ]


class Packet(models.Model):
    """What went to a commission before its meeting, frozen; a later one is a new version.

    `content` is the whole packet as it was told, and `note` the words that a person added.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="packets")
    commission = models.ForeignKey(Party, models.PROTECT, related_name="packets")
    ward_code = models.CharField(max_length=10)
    version = models.PositiveSmallIntegerField()
    content = models.JSONField()
    note = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=120)
    pdf = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "version"], name="one_packet_a_version")
        ]
        indexes: ClassVar = [
            models.Index(fields=["commission", "-sent_at"], name="packets_of_a_commission")
        ]


class NamedMatter(models.Model):
    """That an edition or a packet tells of a matter by its title, which therefore stays."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="+")
    edition = models.ForeignKey(Edition, models.PROTECT, null=True, related_name="names")
    packet = models.ForeignKey(Packet, models.PROTECT, null=True, related_name="names")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="matter_is_named_by_one_thing",
                condition=Q(edition__isnull=False, packet__isnull=True)
                | Q(edition__isnull=True, packet__isnull=False),
            ),
        ]


class MeasureTarget(models.Model):
    """What the office wants of one of its measures from a day on.

    Of those for one day the last one counts; one without a value says that none holds any more.
    """

    code = models.CharField(max_length=20)
    value = models.FloatField(null=True)
    from_on = models.DateField()
    why = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="target_is_above_nothing", condition=Q(value__isnull=True) | Q(value__gt=0)
            )
        ]
        indexes: ClassVar = [models.Index(fields=["code", "from_on"], name="targets_of_a_measure")]
