"""Nominating a place that no ranking put forward."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.city.models import District, Place
from wardroom.directory.queries import get_party_of
from wardroom.kernel.errors import NotAllowed, Refused
from wardroom.ledger.actions import record
from wardroom.library.queries import topics
from wardroom.problems import facts, policy
from wardroom.problems.actions.waiting import keep_nomination_waiting
from wardroom.problems.models import Nomination
from wardroom.problems.queries.evidence import (
    NEAR_M,
    addresses_near,
    numbers_of_place,
    rule_now,
)
from wardroom.problems.queries.standing import get_file_at
from wardroom.problems.rules import locations


@action(policy.may_nominate)
def nominate_place(
    place: Place,
    *,
    source: str,
    nominated_by: str,
    topic_code: str,
    reason: str,
    voted_on: date | None = None,
    stamp: Stamp,
) -> Nomination:
    """Put a place forward that no ranking found: who wants it, and why.

    The entry test is counted as of now and kept with it. Somebody decides about it later.
    Refuses: nobody or no reason named; an ANC without the day of its vote; trouble that is not
    known; the director named by somebody else; a place whose location is open.
    Records: `PlaceNominated`.
    """
    today = localdate(stamp.at)
    nominated_by, reason = locations.check_nomination(source, nominated_by, reason)
    voted_on = locations.check_vote(source, voted_on, today=today)
    if source == locations.DIRECTOR and not stamp.actor.has(Role.DIRECTOR):
        raise Refused(
            "not_the_director", "Only the director nominates as the director.", field="source"
        )
    kinds = [t for t in topics() if t.code == topic_code and not t.routine]
    if not kinds:
        raise Refused("topic_unknown", "Choose which trouble it is.", field="topic_code")
    ward = _ward_of(place, today)
    ward_code = ward.code if ward else ""
    if not policy.may_nominate_in(stamp.actor, ward_code):
        raise NotAllowed("You may nominate places of your own ward only.")
    file = get_file_at(place)
    if file is not None and file.matter.state == "open":
        raise Refused(
            "already_designated",
            "This place is a persistent location already. Open its file instead.",
            field="place_text",
        )
    troubles = [{"code": t.code, "name": t.name} for t in kinds]
    keys = addresses_near(place, ward_code=ward_code, until=stamp.at)
    rule = rule_now()
    numbers = numbers_of_place(
        place, keys, troubles, stamp.actor, source=source, rule=rule, until=stamp.at
    )
    test = locations.entry_test(numbers, rule)
    nomination = Nomination.objects.create(
        place=place,
        ward=ward,
        ward_code=ward_code,
        source=source,
        nominated_by=nominated_by,
        voted_on=voted_on,
        reason=reason,
        topics=troubles,
        radius_m=NEAR_M,
        place_keys=keys,
        test=test.to_plain(),
        recorded_by=get_party_of(stamp.actor),
        nominated_at=stamp.at,
    )
    keep_nomination_waiting(nomination, stamp=stamp)
    fact = facts.PlaceNominated(
        nomination_id=nomination.pk,
        place_id=place.pk,
        label=place.label,
        ward_code=ward_code,
        source=source,
        nominated_by=nominated_by,
        voted_on=voted_on,
        reason=reason,
        test_met=test.met,
        told=test.sentence,
    )
    record(fact, stamp=stamp)
    return nomination


def _ward_of(place: Place, on: date) -> District | None:
    held = District.objects.filter(memberships__place=place, boundary_set__kind="ward")
    found = held.filter(boundary_set__valid_from__lte=on).order_by("-boundary_set__valid_from")
    ward: District | None = found.first()
    return ward
