"""Changes to topics, clocks and calendars."""

from __future__ import annotations

from dataclasses import asdict
from datetime import time

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import BusinessCalendar, Holiday
from wardroom.directory.models import Service
from wardroom.kernel.errors import Refused
from wardroom.kernel.holidays import legal_holidays
from wardroom.ledger.actions import record
from wardroom.library import facts, policy, rules
from wardroom.library.models import Rule, Topic, TopicService

CALENDAR = "dc"
FIRST_YEAR, LAST_YEAR = 2010, 2035


@action(policy.may_keep_library)
def load_reference_data(subject: None, *, stamp: Stamp) -> None:
    """Load the topics, clocks and holidays the office starts with; what is there stays as it is.

    Refuses: a library that has them all. Records: `ReferenceDataLoaded`.
    """
    calendar, _ = BusinessCalendar.objects.get_or_create(
        code=CALENDAR,
        defaults={
            "name": "District of Columbia",
            "zone": "America/New_York",
            "opens_at": time(9),
            "closes_at": time(17),
        },
    )
    new_topics = [
        Topic(
            code=t.code,
            name=t.name,
            silent_days=t.silent_days,
            recurrence_days=t.recurrence_days,
            routine=t.routine,
        )
        for t in (*rules.TOPICS, rules.OTHER)
        if not Topic.objects.filter(code=t.code).exists()
    ]
    new_rules = [
        Rule(**asdict(r), calendar_code=CALENDAR)
        for r in rules.RULES
        if not Rule.objects.filter(code=r.code, valid_from=r.valid_from).exists()
    ]
    known = set(Holiday.objects.filter(calendar=calendar).values_list("on", "name"))
    new_days = [
        Holiday(calendar=calendar, **asdict(row))
        for row in legal_holidays(FIRST_YEAR, LAST_YEAR)
        if (row.on, row.name) not in known
    ]
    if not (new_topics or new_rules or new_days):
        raise Refused("nothing_new", "The reference data are loaded already.")
    Topic.objects.bulk_create(new_topics)
    Rule.objects.bulk_create(new_rules)
    Holiday.objects.bulk_create(new_days)
    fact = facts.ReferenceDataLoaded(
        topics=len(new_topics), rules=len(new_rules), holidays=len(new_days)
    )
    record(fact, stamp=stamp)


@action(policy.may_keep_library)
def sort_services(subject: None, *, stamp: Stamp) -> int:
    """Put every service that has no topic yet under the one its code or name says.

    Refuses: nothing to sort; a library without topics. Records: `ServicesSorted`.
    """
    topics = {t.code: t for t in Topic.objects.all()}
    loose = list(Service.objects.filter(topic_service=None).order_by("pk"))
    if not loose:
        raise Refused("nothing_new", "Every service has its topic.")
    if not topics:
        raise Refused("no_topics", "No topics are loaded yet. Run: wardroom setup")
    TopicService.objects.bulk_create(
        TopicService(service=s, topic=topics[rules.topic_code_for(s.code, s.name)]) for s in loose
    )
    record(facts.ServicesSorted(services=len(loose)), stamp=stamp)
    return len(loose)


@action(policy.may_keep_library)
def place_service_under_topic(service: Service, *, topic_code: str, stamp: Stamp) -> TopicService:
    """Say which family of trouble a service counts as.

    Refuses: a topic that does not exist. Records: `ServicePlaced`.
    """
    topic = Topic.objects.filter(code=topic_code).first()
    if topic is None:
        raise Refused("no_such_topic", f"There is no topic {topic_code}.", field="topic_code")
    placed, _ = TopicService.objects.update_or_create(service=service, defaults={"topic": topic})
    fact = facts.ServicePlaced(
        service_code=service.code, service_name=service.name, topic_code=topic_code
    )
    record(fact, stamp=stamp)
    return placed
