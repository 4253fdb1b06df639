"""Deciding about a place that was put forward: watch, refuse, or designate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.city.models import District, Place
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import open_matter
from wardroom.problems import facts, policy, rules
from wardroom.problems.actions.reopening import take_up, widen
from wardroom.problems.actions.waiting import settle_nominations
from wardroom.problems.models import Candidate, Decision, Nomination, PersistentLocation, Spell
from wardroom.problems.queries.evidence import numbers_of_candidate, rule_now
from wardroom.problems.queries.standing import get_file_at, same_ground
from wardroom.problems.rules.files import DESIGNATED
from wardroom.problems.rules.locations import Test, entry_test

TWICE = timedelta(minutes=1)
FIRST_STEP = "Write the work plan"


@dataclass(frozen=True)
class PutForward:
    """A place as it was put forward: by a ranking or by somebody, with the test of that day."""

    place: Place
    ward: District | None
    ward_code: str
    topics: Sequence[Any]
    place_keys: Sequence[int]
    radius_m: int
    test: Test
    candidate: Candidate | None = None
    nomination: Nomination | None = None


@dataclass(frozen=True)
class Verdict:
    """What is decided and why, with the day that it names."""

    verdict: str
    reason: str
    look_again_on: date | None
    next_on: date | None


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

    Designating opens the matter with you as its owner and makes the persistent location, all
    in one commit; a place that had a file gets that file opened again, never a second one.
    Refuses: a place whose location is open; the same decision twice within a minute; no
    reason; a watch without a day to look again; a designation without a next date.
    Records: `CandidateWatched`, `CandidateRefused`, or `LocationDesignated` after
    `MatterOpened`, or after `LocationRelapsed` or `LocationReopened`, with `LocationWidened`
    where more counts as the place from then on.
    """
    keys = candidate.numbers.get("place_keys") or [candidate.place.key]
    rule = rule_now()
    put_forward = PutForward(
        place=candidate.place,
        ward=candidate.ward,
        ward_code=candidate.ward_code,
        topics=candidate.topics,
        place_keys=keys,
        radius_m=candidate.radius_m,
        test=entry_test(numbers_of_candidate(candidate, stamp.actor, rule=rule), rule),
        candidate=candidate,
    )
    return _decide(put_forward, Verdict(verdict, reason, look_again_on, next_on), stamp)


@action(policy.may_decide)
def decide_nomination(
    nomination: Nomination,
    *,
    verdict: str,
    reason: str,
    look_again_on: date | None = None,
    next_on: date | None = None,
    stamp: Stamp,
) -> Decision:
    """Decide about a place that somebody nominated, and say why; as about a candidate.

    Refuses: what `decide_candidate` refuses. Records: what it records.
    """
    test = Test.from_plain(nomination.test)
    if test is None:
        raise LookupError("a nomination keeps its entry test")
    put_forward = PutForward(
        place=nomination.place,
        ward=nomination.ward,
        ward_code=nomination.ward_code,
        topics=nomination.topics,
        place_keys=nomination.place_keys,
        radius_m=nomination.radius_m,
        test=test,
        nomination=nomination,
    )
    return _decide(put_forward, Verdict(verdict, reason, look_again_on, next_on), stamp)


def _decide(put: PutForward, given: Verdict, stamp: Stamp) -> Decision:
    today = localdate(stamp.at)
    reason = rules.check_decision(
        given.verdict,
        given.reason,
        look_again_on=given.look_again_on,
        next_on=given.next_on,
        today=today,
    )
    place = _hold_ground(put.place)
    file = get_file_at(place)
    if file is not None and file.matter.state == "open":
        raise Refused(
            "already_designated",
            "This place is a persistent location already. Open its file instead.",
        )
    party = _decider(stamp)
    _check_once(place, party, given.verdict, reason, stamp)
    decision = Decision.objects.create(
        place=place,
        candidate=put.candidate,
        nomination=put.nomination,
        test=put.test.to_plain(),
        ward_code=put.ward_code,
        verdict=given.verdict,
        reason=reason,
        look_again_on=given.look_again_on if given.verdict == rules.WATCH else None,
        decided_by=party,
        decided_at=stamp.at,
    )
    settle_nominations(place, stamp=stamp)
    about: dict[str, Any] = {
        "candidate_id": put.candidate.pk if put.candidate else None,
        "nomination_id": put.nomination.pk if put.nomination else None,
        "place_id": place.pk,
        "label": place.label,
        "ward_code": put.ward_code,
        "reason": reason,
    }
    if given.verdict == rules.WATCH and given.look_again_on is not None:
        fact = facts.CandidateWatched(**about, look_again_on=given.look_again_on)
        record(fact, stamp=stamp)
    elif given.verdict == rules.REFUSE:
        record(facts.CandidateRefused(**about), stamp=stamp)
    elif given.next_on is not None:
        matter_id = _designate(put, place, decision, file, given.next_on, stamp)
        designated = facts.LocationDesignated(**about, matter_id=matter_id, next_on=given.next_on)
        record(designated, stamp=stamp)
    return decision


def _designate(
    put: PutForward,
    place: Place,
    decision: Decision,
    file: PersistentLocation | None,
    next_on: date,
    stamp: Stamp,
) -> int:
    """Open a new file, or the one the place had; gives the number of its matter."""
    if file is not None:
        widen(
            file,
            topics=put.topics,
            place_keys=put.place_keys,
            radius_m=put.radius_m,
            stamp=stamp,
        )
        take_up(
            file,
            reason=decision.reason,
            next_on=next_on,
            next_step=FIRST_STEP,
            decision=decision,
            stamp=stamp,
        )
        return file.matter_id
    matter = open_matter(
        place,
        kind="persistent_location",
        title=place.label,
        owner=decision.decided_by,
        next_on=next_on,
        next_step=FIRST_STEP,
        ward=put.ward,
        stamp=stamp,
    )
    location = PersistentLocation.objects.create(
        matter=matter,
        place=place,
        decision=decision,
        topics=list(put.topics),
        place_keys=list(put.place_keys),
        radius_m=put.radius_m,
    )
    Spell.objects.create(
        location=location,
        number=1,
        entry=DESIGNATED,
        entered_at=stamp.at,
        entry_reason=decision.reason,
        entered_by=stamp.actor.name[:120],
        decision=decision,
    )
    return matter.pk


def _hold_ground(place: Place) -> Place:
    """The place as it is, held with those next to it: only one of them may have a file."""
    rows = Place.objects.select_for_update(no_key=True).filter(same_ground(place)).order_by("pk")
    return next(row for row in rows if row.pk == place.pk)


def _decider(stamp: Stamp) -> Party:
    try:
        return get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None


def _check_once(place: Place, party: Party, verdict: str, reason: str, stamp: Stamp) -> None:
    latest = Decision.objects.filter(place=place).order_by("-decided_at", "-pk").first()
    if (
        latest is not None
        and (latest.decided_by_id, latest.verdict, latest.reason) == (party.pk, verdict, reason)
        and stamp.at - latest.decided_at < TWICE
    ):
        raise Refused("already_decided", "This was already saved a moment ago.")
