"""Recording what was seen in the field."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.models import ConditionCheck
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.following import follow_look
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length


@action(policy.may_record_check)
def record_check(
    matter: Matter,
    *,
    finding: str,
    rating: int | None,
    note: str,
    seen_at: datetime,
    stamp: Stamp,
) -> ConditionCheck:
    """Write down what you saw at the place of a matter, and how bad it is.

    A check observes a place. It verifies no agency's work: whoever asked for the work does
    not verify it, so no ask changes its state here; one that an agency had called done by then
    only waits for a look no longer. A closed matter may be looked at too.
    Refuses: a matter without a place; a time to come or more than 30 days ago; a finding
    or rating that is not on the scale; a rating that contradicts the finding.
    Records: `ConditionChecked`.
    """
    if matter.place is None:
        raise Refused("no_place", "This matter has no place to look at.")
    rules.check_rating(finding, rating)
    rules.check_seen(seen_at, now=stamp.at)
    observer = get_party_of(stamp.actor)
    check = ConditionCheck.objects.create(
        matter=matter,
        place=matter.place,
        observer=observer,
        seen_at=seen_at,
        finding=finding,
        rating=rating,
        note=check_length(note, field="note", most=500),
    )
    fact = facts.ConditionChecked(
        matter_id=matter.pk,
        title=matter.title,
        place_id=matter.place_id,
        ward_code=matter.ward_code,
        check_id=check.pk,
        observer_id=observer.pk,
        observer_name=observer.name,
        finding=finding,
        finding_label=rules.FINDINGS[finding],
        rating=rating,
        rating_label=rules.RATINGS[rating] if rating else "",
        note=check.note,
        seen_at=seen_at,
        seen_on=localdate(seen_at),
    )
    record(fact, stamp=stamp)
    if finding != "cannot_determine":
        follow_look(matter, gone=finding == "clean", seen_at=seen_at, stamp=stamp)
    return check
