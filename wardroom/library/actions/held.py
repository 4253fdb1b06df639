"""Changes to topics, clocks and calendars."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, time, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import BusinessCalendar, Holiday
from wardroom.directory.models import Party, Service
from wardroom.kernel.business_time import MOST_DAYS, Clock
from wardroom.kernel.errors import Refused
from wardroom.kernel.holidays import legal_holidays
from wardroom.ledger.actions import record
from wardroom.library import facts, policy, rules
from wardroom.library.actions.public import question_columns
from wardroom.library.models import (
    Exemption,
    PublicTopic,
    Question,
    Rule,
    Topic,
    TopicPromise,
    TopicService,
)
from wardroom.library.rules.exemptions import EXEMPTIONS
from wardroom.library.rules.public_topics import PUBLIC_TOPICS, asked_in_all, seed_words

CALENDAR = "dc"
FIRST_YEAR, LAST_YEAR = 2010, 2035
MOST_WORDS = 200


@action(policy.may_keep_library)
def load_reference_data(subject: None, *, stamp: Stamp) -> None:
    """Load the topics, clocks, promises and holidays the office starts with; keep what is there.

    The public may report the topics that `PUBLIC_TOPICS` names, and is asked what stands there.

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
            recurrence_days=t.recurrence_days,
            routine=t.routine,
            severity=t.severity,
            reach_m=t.reach_m,
        )
        for t in (*rules.TOPICS, rules.OTHER)
        if not Topic.objects.filter(code=t.code).exists()
    ]
    new_rules = [
        Rule(**asdict(r), calendar_code=CALENDAR)
        for r in rules.RULES
        if not Rule.objects.filter(code=r.code, valid_from=r.valid_from).exists()
    ]
    new_grounds = [
        Exemption(**asdict(ground))
        for ground in EXEMPTIONS
        if not Exemption.objects.filter(code=ground.code).exists()
    ]
    known = set(Holiday.objects.filter(calendar=calendar).values_list("on", "name"))
    new_days = [
        Holiday(calendar=calendar, **asdict(row))
        for row in legal_holidays(FIRST_YEAR, LAST_YEAR)
        if (row.on, row.name) not in known
    ]
    Topic.objects.bulk_create(new_topics)
    new_promises = _new_promises()
    new_public = _open_to_the_public(stamp)
    if not (new_topics or new_rules or new_days or new_promises or new_public or new_grounds):
        raise Refused("nothing_new", "The reference data are loaded already.")
    TopicPromise.objects.bulk_create(new_promises)
    Rule.objects.bulk_create(new_rules)
    Exemption.objects.bulk_create(new_grounds)
    Holiday.objects.bulk_create(new_days)
    fact = facts.ReferenceDataLoaded(
        topics=len(new_topics),
        rules=len(new_rules),
        holidays=len(new_days),
        promises=len(new_promises),
        public=new_public,
        exemptions=len(new_grounds),
    )
    record(fact, stamp=stamp)


def _new_promises() -> list[TopicPromise]:
    """The office's own starting values, for topics that have no promise at all."""
    return [
        TopicPromise(
            topic=topic,
            days=rules.PROMISES[topic.code],
            clock=Clock.BUSINESS.value,
            citation=rules.OWN_PROMISE,
            own=True,
            valid_from=rules.PROMISES_FROM,
        )
        for topic in Topic.objects.filter(code__in=rules.PROMISES, promises=None).order_by("pk")
    ]


def _open_to_the_public(stamp: Stamp) -> int:
    """Open the topics of the start that nobody opened or closed yet; how many these are."""
    seeds = {seed.code: seed for seed in PUBLIC_TOPICS}
    fresh = {t.code: t for t in Topic.objects.filter(code__in=seeds, public=None, questions=None)}
    PublicTopic.objects.bulk_create(
        PublicTopic(
            topic=topic,
            description=seeds[code].description,
            group=seeds[code].group,
            keywords=seeds[code].keywords,
            translations=seed_words(seeds[code]),
            opened_at=stamp.at,
        )
        for code, topic in fresh.items()
    )
    Question.objects.bulk_create(
        Question(
            topic=topic,
            position=position,
            asked_at=stamp.at,
            **question_columns(asked_in_all(asked)),
        )
        for code, topic in fresh.items()
        for position, asked in enumerate(seeds[code].questions, start=1)
    )
    return len(fresh)


@action(policy.may_keep_library)
def set_topic_promise(
    subject: None,
    *,
    topic_code: str,
    days: int,
    citation: str,
    agency_code: str = "",
    clock: str = Clock.BUSINESS.value,
    valid_from: date | None = None,
    stamp: Stamp,
) -> TopicPromise:
    """Set how soon a topic is to be dealt with, from a day on; the former promise is kept.

    Without an agency it holds for any. The former version ends the day before.
    Refuses: a topic, an agency or a way of counting that is not known; a senseless number of
    days; no citation; a day on or before the first day of the former; what is so already.
    Records: `TopicPromiseSet`.
    """
    topic = _topic(topic_code)
    since = valid_from or localdate(stamp.at)
    citation = _checked_promise(days, clock, citation, agency_code)
    versions = TopicPromise.objects.select_for_update().filter(topic=topic, agency_code=agency_code)
    former = versions.order_by("valid_from").last()
    if former is not None:
        if (former.days, former.clock, former.citation) == (days, clock, citation):
            raise Refused("already_so", "This is already the promise.", field="days")
        if former.valid_from >= since:
            raise Refused(
                "promise_too_early",
                f"The promise in force began on {former.valid_from:%B %-d, %Y}:"
                " choose a later day.",
                field="valid_from",
            )
        former.valid_until = since - timedelta(days=1)
        former.save(update_fields=["valid_until"])
    made = TopicPromise.objects.create(
        topic=topic,
        agency_code=agency_code,
        days=days,
        clock=clock,
        citation=citation,
        valid_from=since,
    )
    fact = facts.TopicPromiseSet(
        topic_code=topic.code,
        topic_name=topic.name,
        agency_code=agency_code,
        days=days,
        clock=clock,
        citation=citation,
        valid_from=since,
        former_days=former.days if former is not None else None,
    )
    record(fact, stamp=stamp)
    return made


def _checked_promise(days: int, clock: str, citation: str, agency_code: str) -> str:
    """The citation without blanks; `Refused` where a promise makes no sense."""
    if not 1 <= days <= MOST_DAYS:
        raise Refused(
            "bad_days", f"Days must be a whole number from 1 to {MOST_DAYS}.", field="days"
        )
    if clock not in (Clock.BUSINESS, Clock.CALENDAR, Clock.PROMISE):
        raise Refused("unknown_clock", "Choose a way of counting from the list.", field="clock")
    citation = citation.strip()
    if not citation:
        raise Refused("citation_missing", "Say where this is written.", field="citation")
    if len(citation) > MOST_WORDS:
        raise Refused("too_long", f"Keep this within {MOST_WORDS} characters.", field="citation")
    if agency_code and not Party.objects.filter(code=agency_code, agency=True).exists():
        raise Refused("not_an_agency", f"{agency_code} is not an agency.", field="agency_code")
    return citation


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
    topic = _topic(topic_code)
    placed, _ = TopicService.objects.update_or_create(service=service, defaults={"topic": topic})
    fact = facts.ServicePlaced(
        service_code=service.code, service_name=service.name, topic_code=topic_code
    )
    record(fact, stamp=stamp)
    return placed


def _topic(code: str) -> Topic:
    topic = Topic.objects.filter(code=code).first()
    if topic is None:
        raise Refused("no_such_topic", f"There is no topic {code}.", field="topic_code")
    return topic
