"""Topics, and rules: clocks with their citation and the dates they hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wardroom.directory.models import Service


class Topic(models.Model):
    """A family of trouble that people would call the same thing.

    `severity` runs from 1, a nuisance, to 3, what can hurt somebody. A report within `reach_m`
    metres of one that is still open is the same trouble.
    """

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    recurrence_days = models.PositiveSmallIntegerField(default=30)
    routine = models.BooleanField(default=False)
    severity = models.PositiveSmallIntegerField(default=1)
    reach_m = models.PositiveSmallIntegerField(default=40)

    def __str__(self) -> str:
        return self.name


class TopicService(models.Model):
    """Which services count under a topic. A service has at most one topic."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="topic_services")
    service = models.OneToOneField(Service, models.PROTECT, related_name="topic_service")


class Rule(models.Model):
    """A clock: how long, counted how, from when to when it held, and where it is written.

    `aim` says which day to take where a disputed holiday moves it. A clock that `extends`
    another holds only under its `condition`. `own` marks the office's own default.
    """

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    citation = models.CharField(max_length=200)
    clock = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    calendar_code = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    aim = models.CharField(max_length=10, default="plain")
    extends = models.CharField(max_length=40, blank=True, default="")
    condition = models.CharField(max_length=200, blank=True, default="")
    own = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_rule_a_code_and_day"),
            models.CheckConstraint(
                name="longer_clock_says_when", condition=Q(extends="") | ~Q(condition="")
            ),
        ]


class Exemption(models.Model):
    """A ground for keeping a part of a record back, with its place in the law and its days."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    meaning = models.CharField(max_length=300)
    citation = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], name="one_exemption_a_code_and_day"
            )
        ]


class ServicePromise(models.Model):
    """How soon an agency promises a service, under which rule, for how long."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="promises")
    days = models.PositiveSmallIntegerField()
    rule_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)


class TopicPromise(models.Model):
    """How soon a topic is to be dealt with by an agency, or any, and where that is written.

    `agency_code` is empty where it holds for any agency. `own` marks the office's own value.
    """

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="promises")
    agency_code = models.CharField(max_length=20, blank=True, default="")
    days = models.PositiveSmallIntegerField()
    clock = models.CharField(max_length=30)
    citation = models.CharField(max_length=200)
    own = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["topic", "agency_code", "valid_from"], name="one_topic_promise_a_day"
            ),
            models.UniqueConstraint(
                fields=["topic", "agency_code"],
                condition=Q(valid_until=None),
                name="one_topic_promise_in_force",
            ),
            models.CheckConstraint(name="topic_promise_says_where", condition=~Q(citation="")),
        ]
