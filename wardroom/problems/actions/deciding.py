"""Deciding about a candidate: watch, refuse, or designate."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import Place
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import open_matter
from wardroom.problems import facts, policy, rules
from wardroom.problems.models import Candidate, Decision, PersistentLocation

TWICE = timedelta(minutes=1)
FIRST_STEP = "Write the work plan"


@action(policy.may_decide)
def decide_candidate(
    candidate: Candidate,
    *,
    verdict: str,
    reason: str,
    look_again_on: date | None = None,
    next_on: date | None = None,
    stamp: Stamp,
) -> Decision:
    """Decide about a place that the ranking put forward, and say why.

    Designating opens the matter with you as its owner and makes the persistent location,
    all in one commit. Refuses: a place whose location is open; the same decision twice within
    a minute; no reason; a watch without
    a day to look again; a designation without a next date.
    Records: `CandidateWatched`, `CandidateRefused`, or `LocationDesignated` after
    `MatterOpened`.
    """
    today = localdate(stamp.at)
    reason = rules.check_decision(
        verdict, reason, look_again_on=look_again_on, next_on=next_on, today=today
    )
    place = Place.objects.select_for_update(no_key=True).get(pk=candidate.place_id)
    if PersistentLocation.objects.filter(place=place, matter__state="open").exists():
        raise Refused(
            "already_designated",
            "This place is a persistent location already. Open its file instead.",
        )
    try:
        party = get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None
    latest = Decision.objects.filter(place=place).order_by("-decided_at", "-pk").first()
    if (
        latest is not None
        and (latest.decided_by_id, latest.verdict, latest.reason) == (party.pk, verdict, reason)
        and stamp.at - latest.decided_at < TWICE
    ):
        raise Refused("already_decided", "This was already saved a moment ago.")
    decision = Decision.objects.create(
        place=place,
        candidate=candidate,
        ward_code=candidate.ward_code,
        verdict=verdict,
        reason=reason,
        look_again_on=look_again_on if verdict == rules.WATCH else None,
        decided_by=party,
        decided_at=stamp.at,
    )
    about: dict[str, Any] = {
        "candidate_id": candidate.pk,
        "place_id": place.pk,
        "label": place.label,
        "ward_code": candidate.ward_code,
        "reason": reason,
    }
    if verdict == rules.WATCH and look_again_on is not None:
        record(facts.CandidateWatched(**about, look_again_on=look_again_on), stamp=stamp)
    elif verdict == rules.REFUSE:
        record(facts.CandidateRefused(**about), stamp=stamp)
    elif next_on is not None:
        matter = open_matter(
            place,
            kind="persistent_location",
            title=place.label,
            owner=party,
            next_on=next_on,
            next_step=FIRST_STEP,
            ward=candidate.ward,
            stamp=stamp,
        )
        PersistentLocation.objects.create(
            matter=matter, place=place, decision=decision, topics=candidate.topics
        )
        fact = facts.LocationDesignated(**about, matter_id=matter.pk, next_on=next_on)
        record(fact, stamp=stamp)
    return decision
