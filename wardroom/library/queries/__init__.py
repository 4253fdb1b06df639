"""What can be asked of the library: topics, clocks, calendars, promises, usual words."""

from __future__ import annotations

from wardroom.library.queries.held import (
    OFFICE,
    PromiseRow,
    RuleRow,
    TopicRow,
    calendar_named,
    days_in_force,
    due_under,
    office_hours,
    promise_for,
    rule_in_force,
    services_without_topic,
    topic_of_services,
    topics,
)
from wardroom.library.queries.promising import (
    ClockRow,
    ExpectedRow,
    agencies_of_topic,
    clocks_to_start,
    promise_that_applies,
)

__all__ = [
    "OFFICE",
    "ClockRow",
    "ExpectedRow",
    "PromiseRow",
    "RuleRow",
    "TopicRow",
    "agencies_of_topic",
    "calendar_named",
    "clocks_to_start",
    "days_in_force",
    "due_under",
    "office_hours",
    "promise_for",
    "promise_that_applies",
    "rule_in_force",
    "services_without_topic",
    "topic_of_services",
    "topics",
]
