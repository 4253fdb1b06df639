"""Writing what keeps the trouble at a location going, and the numbers of its tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused, Stale
from wardroom.kernel.facts import Change
from wardroom.kernel.versions import moved_since, version_of
from wardroom.ledger.actions import record
from wardroom.matters.actions.words import words_of
from wardroom.problems import facts, policy
from wardroom.problems.models import Analysis, LocationRule, PersistentLocation
from wardroom.problems.queries.evidence import rule_now
from wardroom.problems.rules import files, locations


@action(policy.may_run_location)
def write_analysis(
    location: PersistentLocation, *, answers: Mapping[str, str], seen: str = "", stamp: Stamp
) -> Analysis:
    """Write what you make of the trouble: what, when, who is harmed, and what brings it back.

    The earlier text stays in the history. ``answers`` are those of `files.QUESTIONS`, by name.
    Refuses: a location that is closed; an answer that is too long; nothing written; nothing
    changed; a page that was open while somebody else wrote. Records: `LocationAnalyzed`.
    """
    if location.matter.state != "open":
        raise Refused("wrong_state", "This location is closed. Take it up again first.")
    latest = location.analyses.select_related("written_by").order_by("-version").first()
    now = {name: getattr(latest, name) if latest else "" for name in files.QUESTIONS}
    if seen and moved_since(seen, now):
        raise Stale(
            seen=version_of(now),
            theirs=tuple((files.QUESTIONS[name][0], text) for name, text in now.items() if text),
            by=latest.written_by.name if latest else "",
            at=latest.written_at if latest else None,
        )
    given = files.check_answers(answers, now=now)
    made: Analysis = Analysis.objects.create(
        location=location,
        version=latest.version + 1 if latest else 1,
        **given,
        written_by=_writer(stamp),
        written_at=stamp.at,
    )
    changes = tuple(
        Change(name, files.QUESTIONS[name][0], now[name], text)
        for name, text in given.items()
        if text != now[name]
    )
    about: dict[str, Any] = words_of(location.matter)
    record(facts.LocationAnalyzed(**about, version=made.version, changes=changes), stamp=stamp)
    return made


@action(policy.may_set_location_rule)
def set_location_rule(
    subject: None, *, rule: locations.LocationRule, reason: str, seen: str = "", stamp: Stamp
) -> LocationRule:
    """Set the numbers of the entry test, the exit test and the watch, and say why.

    What was tested before stays as it stood.
    Refuses: a number out of bounds; numbers that hold already; no reason; a page that was open
    while somebody else set them. Records: `LocationRuleSet`.
    """
    holds = rule_now()
    now = {name: str(value) for name, value in vars(holds).items()}
    if seen and moved_since(seen, now):
        names = locations.RULE_NAMES
        theirs = tuple((names[name], value) for name, value in now.items())
        raise Stale(seen=version_of(now), theirs=theirs, by="", at=None)
    reason = locations.check_rule(rule, reason, now=holds)
    made: LocationRule = LocationRule.objects.create(
        **vars(rule), reason=reason, set_by=_writer(stamp), set_at=stamp.at
    )
    told = ", ".join(f"{locations.RULE_NAMES[n].lower()} {v}" for n, v in vars(rule).items())
    record(facts.LocationRuleSet(numbers=told, reason=reason), stamp=stamp)
    return made


def _writer(stamp: Stamp) -> Any:
    try:
        return get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
