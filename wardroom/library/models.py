"""Topics, and rules: clocks with their citation and the dates they hold."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from wardroom.directory.models import Service


class Topic(models.Model):
    """A family of trouble that people would call the same thing."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    silent_days = models.PositiveSmallIntegerField(default=14)
    recurrence_days = models.PositiveSmallIntegerField(default=30)
    routine = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class TopicService(models.Model):
    """Which services count under a topic. A service has at most one topic."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="topic_services")
    service = models.OneToOneField(Service, models.PROTECT, related_name="topic_service")


class Rule(models.Model):
    """A clock: how long, counted how, from when to when it held, and where it is written."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    citation = models.CharField(max_length=200)
    clock = models.CharField(max_length=30)
    days = models.PositiveSmallIntegerField(null=True, blank=True)
    calendar_code = models.CharField(max_length=30)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_rule_a_code_and_day")
        ]


class ServicePromise(models.Model):
    """How soon an agency promises a service, under which rule, for how long."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="promises")
    days = models.PositiveSmallIntegerField()
    rule_code = models.CharField(max_length=40)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
