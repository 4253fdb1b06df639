"""What was reported at a place, counted for the entry test and the exit test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Actor
from wardroom.city.models import Place
from wardroom.city.rules import box_around, metres_between
from wardroom.fieldwork.models import ConditionCheck
from wardroom.matters.models import Ask
from wardroom.matters.rules import LIVE
from wardroom.problems.models import Candidate, LocationRule, PersistentLocation
from wardroom.problems.queries.episodes import EpisodeView, episodes_at
from wardroom.problems.queries.told_to_us import told_to_us
from wardroom.problems.rules import files, months_named
from wardroom.problems.rules import locations as rules
from wardroom.service_requests.models import ServiceRequest, Status
from wardroom.service_requests.policy import reach

YEAR, SPAN = timedelta(days=365), timedelta(days=3 * 366)
NEAR_M, YEARS_SHOWN = 40, 3
NUMBERS = tuple(rules.RULE_NAMES)


@dataclass(frozen=True)
class Evidence:
    """The episodes at a place in three years, the newest first."""

    episodes: tuple[EpisodeView, ...]
    until: datetime

    def began_after(self, day: date) -> int:
        """How many began after a day."""
        return len(self.since(day))

    def since(self, day: date) -> tuple[EpisodeView, ...]:
        """Those that began after a day."""
        return tuple(e for e in self.episodes if e.started_on > day)

    @property
    def months(self) -> tuple[tuple[str, int], ...]:
        """How many began in each month of three years, the oldest month first."""
        last = localdate(self.until)
        end = last.year * 12 + last.month - 1
        names = [f"{n // 12}-{n % 12 + 1:02d}" for n in range(end - 12 * YEARS_SHOWN + 1, end + 1)]
        counts = dict.fromkeys(names, 0)
        for episode in self.episodes:
            name = f"{episode.started_on:%Y-%m}"
            if name in counts:
                counts[name] += 1
        return tuple(counts.items())


def rule_now() -> rules.LocationRule:
    """The numbers of both tests that hold now."""
    row = LocationRule.objects.order_by("-set_at", "-pk").first()
    if row is None:
        return rules.LocationRule()
    return rules.LocationRule(**{name: getattr(row, name) for name in NUMBERS})


def evidence_at(
    place_keys: Sequence[int], topics: Sequence[Any], actor: Actor, *, until: datetime
) -> Evidence:
    """The episodes of these kinds of trouble at these addresses, as far as the actor sees."""
    codes = [topic["code"] for topic in topics]
    return Evidence(episodes_at(place_keys, codes, actor, until=until), until)


def evidence_of(location: PersistentLocation, actor: Actor, *, until: datetime) -> Evidence:
    """The episodes that a file counts: its own, and those of files that were joined to it."""
    keys, topics = set(location.place_keys), list(location.topics)
    joined = PersistentLocation.objects.filter(matter__merged_into=location.matter_id)
    for more_topics, more_keys in joined.order_by("pk").values_list("topics", "place_keys"):
        keys |= set(more_keys)
        topics += more_topics
    return evidence_at(sorted(keys), topics, actor, until=until)


def addresses_near(place: Place, *, ward_code: str, until: datetime) -> list[int]:
    """The keys of the addresses within reach of a place from which somebody reported."""
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return [place.key]
    west, south, east, north = box_around(latitude, longitude, NEAR_M)
    rows = ServiceRequest.objects.filter(
        latitude__gte=south,
        latitude__lte=north,
        longitude__gte=west,
        longitude__lte=east,
        place_key__isnull=False,
        opened_at__gt=until - SPAN,
        **({"ward_code": ward_code} if ward_code else {}),
    ).values_list("place_key", "latitude", "longitude")
    near = {k for k, y, x in rows if metres_between(latitude, longitude, y, x) <= NEAR_M}
    return sorted(near | {place.key})


def numbers_of_candidate(
    candidate: Candidate, actor: Actor, *, rule: rules.LocationRule
) -> rules.EntryNumbers:
    """What the entry test reads of a candidate: its own numbers, and how soon it came back."""
    until = candidate.detection.data_as_of
    keys = candidate.numbers.get("place_keys") or [candidate.place.key]
    found = evidence_at(keys, candidate.topics, actor, until=until)
    own = told_to_us(keys, candidate.topics, actor, since=until - YEAR, until=until)
    named = months_named(candidate.numbers["last_month"], candidate.months)
    return rules.EntryNumbers(
        own_episodes=own.episodes,
        own_months=len(own.months - {month for month, count in named if count}),
        own_reporters=own.reporters,
        episodes=candidate.episodes,
        active_months=candidate.active_months,
        reporters=candidate.reporters,
        agencies=len(candidate.agencies),
        returns=_returns(found, rule),
        seen_in_field=_seen(candidate.place_id, until),
    )


def numbers_of_place(
    place: Place,
    place_keys: Sequence[int],
    topics: Sequence[Any],
    actor: Actor,
    *,
    source: str,
    rule: rules.LocationRule,
    until: datetime,
) -> rules.EntryNumbers:
    """What the entry test reads of a place that somebody nominates."""
    found = evidence_at(place_keys, topics, actor, until=until)
    year = localdate(until - YEAR)
    recent = [e for e in found.episodes if e.started_on > year]
    codes = [topic["code"] for topic in topics]
    rows = ServiceRequest.objects.within(reach(actor)).filter(
        place_key__in=place_keys,
        opened_at__gt=until - YEAR,
        opened_at__lte=until,
        service__topic_service__topic__code__in=codes,
        service__test_only=False,
    )
    pairs = set(rows.exclude(status=Status.CANCELLED).values_list("reporter_key", "agency_code"))
    people = {key for key, _ in pairs if key is not None}
    own = told_to_us(place_keys, topics, actor, since=until - YEAR, until=until)
    months = {f"{e.started_on:%Y-%m}" for e in recent}
    return rules.EntryNumbers(
        own_episodes=own.episodes,
        own_months=len(own.months - months),
        own_reporters=own.reporters,
        episodes=len(recent),
        active_months=len(months),
        reporters=len(people) if people or not pairs else None,
        agencies=len({agency for _, agency in pairs if agency}),
        returns=_returns(found, rule),
        seen_in_field=source == rules.FINDING or _seen(place.pk, until),
        nominated=source,
    )


def exit_numbers(
    location: PersistentLocation,
    found: Evidence,
    *,
    since: datetime | None,
    rule: rules.LocationRule,
    expected: float | None,
) -> rules.ExitNumbers:
    """What the exit test reads of a location; clean looks count since it was last left."""
    seen = ConditionCheck.objects.filter(matter=location.matter_id)
    checks = list(seen.order_by("-seen_at", "-pk").values_list("seen_at", "finding"))
    open_actions = Ask.objects.filter(matter=location.matter_id, state__in=LIVE).count()
    from_on = localdate(found.until) - timedelta(days=rule.quiet_days)
    return rules.ExitNumbers(
        clean_checks=files.clean_since(checks, since),
        episodes=found.began_after(from_on),
        expected=rules.expected_in(expected, rule.quiet_days),
        open_actions=open_actions,
    )


def expected_a_year(place_id: int) -> float | None:
    """How many episodes an ordinary place like this has in a year, as it was last ranked."""
    rows = Candidate.objects.filter(place=place_id, q_value__isnull=False)
    expected: float | None = (
        rows.order_by("-detection__ran_at", "-pk").values_list("expected", flat=True).first()
    )
    return expected


def exit_test_of(location: PersistentLocation, actor: Actor, *, at: datetime) -> rules.Test:
    """The exit test of a location as it stands."""
    rule, left = rule_now(), location.spells.filter(left_at__isnull=False)
    found = evidence_of(location, actor, until=at)
    expected = expected_a_year(location.place_id)
    since = left.order_by("-number").values_list("left_at", flat=True).first()
    numbers = exit_numbers(location, found, since=since, rule=rule, expected=expected)
    return rules.exit_test(numbers, rule)


def _returns(found: Evidence, rule: rules.LocationRule) -> int:
    since = localdate(found.until) - timedelta(days=rule.return_days)
    return sum(e.returned and e.started_on > since for e in found.episodes)


def _seen(place_id: int, until: datetime) -> bool:
    seen = ConditionCheck.objects.filter(place=place_id, finding__in=files.NOT_CLEAN)
    return seen.filter(seen_at__gt=until - YEAR, seen_at__lte=until).exists()
