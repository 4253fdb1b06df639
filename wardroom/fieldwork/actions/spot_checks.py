"""Looking at what the lot chose, and ending a round with what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.directory.queries import get_party_of
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.models import CheckRound, Dispute, SpotCheck, Stop
from wardroom.fieldwork.queries.disputes import end_held
from wardroom.fieldwork.rules import disputes
from wardroom.kernel.errors import NotAllowed, NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_length

OVER = "This round is over, and its result stands."


@action(policy.may_record_spot_check)
def record_spot_check(
    stop: Stop, *, finding: str, rating: int | None = None, note: str = "", stamp: Stamp
) -> SpotCheck:
    """Write down what you found at a stop of a round, before you read what the agency says.

    Whoever asked for the work does not verify it, and no partner is let in here. Could not
    tell is an answer of its own, and never counts as fixed.
    Refuses: whoever asked for it; a stop that somebody looked at; a round that is over; a
    finding or rating that is not on the scale, or that contradict each other.
    Records: `SpotChecked`.
    """
    observer = observer_of(stamp)
    keep_open(stop)
    if stop.ask is not None and stop.ask.asked_by_id == observer.pk:
        raise Refused(
            "own_ask", "You asked for this work, so somebody else has to look whether it was done."
        )
    if SpotCheck.objects.filter(stop=stop, stands=True).exists():
        raise Refused("already_checked", "Somebody looked at this stop already.")
    check = _keep(stop, observer, finding, rating, note, stamp)
    tell_of(check, facts.SpotChecked, stamp)
    return check


@action(policy.may_correct_spot_check)
def correct_spot_check(
    check: SpotCheck, *, finding: str, rating: int | None = None, note: str = "", stamp: Stamp
) -> SpotCheck:
    """Put right what you wrote down at a stop; what stood there before stays in the record.

    Refuses: a check that another one replaced, or that its agency disputed; a round that is
    over; a finding or rating that is not on the scale, or that contradict each other.
    Records: `SpotCheckCorrected`.
    """
    keep_open(check.stop)
    if not check.stands:
        raise Refused("already_corrected", "This was corrected already. Open the stop again.")
    _check_undisputed(check.stop)
    made = put_right(check, check.observer, finding, rating, note, stamp)
    before = rules.SPOT_FINDINGS[check.finding]
    tell_of(made, facts.SpotCheckCorrected, stamp, before_label=before)
    return made


@action(policy.may_end_round)
def end_round(row: CheckRound, *, stamp: Stamp) -> CheckRound:
    """End a round and see what it says; nobody looks for it any longer.

    Stops where nobody was stay open in the figures: nothing is said of them.
    Refuses: a round that is over; one in which nobody looked at anything; a finding that is
    disputed and not settled; one to accept or reject, while its agency may dispute a finding.
    Records: `RoundEnded` in each ward.
    """
    from wardroom.fieldwork.gateways.judging import judged, said_of

    if row.ended_at is not None:
        raise Refused("already_ended", OVER)
    held = end_held(row, at=stamp.at)
    if held is not None:
        raise Refused(held.code, held.sentence)
    figures = judged(row)
    if not figures["looked"]:
        raise Refused("nobody_looked", "Nobody has looked at any of it yet.")
    row.ended_at, row.figures = stamp.at, figures
    row.passed = figures["lot"]["passes"] if figures["lot"] else None
    row.save(update_fields=["ended_at", "figures", "passed"])
    for ward in _by_ward(row):
        told = said_of(figures)
        fact = facts.RoundEnded(round_id=row.pk, title=row.title, told=told, **ward)
        record(fact, stamp=stamp)
    return row


def _by_ward(row: CheckRound) -> list[dict[str, Any]]:
    """Each ward of a round, with its stops, and how many were looked at and fixed."""
    stands = Q(checks__stands=True)
    rows = Stop.objects.filter(round=row).order_by("ward_code").values("ward_code")
    return list(
        rows.annotate(
            stops=Count("pk", distinct=True),
            looked=Count("checks", filter=stands),
            fixed=Count("checks", filter=stands & Q(checks__finding="fixed")),
        )
    )


def observer_of(stamp: Stamp) -> Party:
    """The person who looks, or who says what stands."""
    try:
        return get_party_of(stamp.actor)
    except NotFound:
        raise NotAllowed from None


def keep_open(stop: Stop) -> None:
    """The round is not over; it cannot end meanwhile, and no two can look at once."""
    row = CheckRound.objects.select_for_update(no_key=True).get(pk=stop.round_id)
    if row.ended_at is not None:
        raise Refused("already_ended", OVER)


def put_right(
    check: SpotCheck, observer: Party, finding: str, rating: int | None, note: str, stamp: Stamp
) -> SpotCheck:
    """Another spot check that stands from now on; the one before stays in the record."""
    check.stands = False
    check.save(update_fields=["stands"])
    return _keep(check.stop, observer, finding, rating, note, stamp)


def _check_undisputed(stop: Stop) -> None:
    """What its agency disputed is put right by settling it, and by nobody who was there."""
    dispute = Dispute.objects.filter(stop=stop).first()
    if dispute is not None:
        said = disputes.SETTLED if dispute.settled_at is not None else disputes.DISPUTED
        raise Refused("finding_disputed", said)


def _keep(
    stop: Stop, observer: Party, finding: str, rating: int | None, note: str, stamp: Stamp
) -> SpotCheck:
    rules.check_spot_rating(finding, rating)
    return SpotCheck.objects.create(
        stop=stop,
        observer=observer,
        seen_at=stamp.at,
        finding=finding,
        rating=rating,
        note=check_length(note, field="note", most=500),
    )


def tell_of(
    check: SpotCheck, fact: Callable[..., facts.StopFact], stamp: Stamp, **words: Any
) -> None:
    """Record a fact about a stop, with what was found there."""
    stop = check.stop
    line = fact(
        round_id=stop.round_id,
        title=stop.round.title,
        ward_code=stop.ward_code,
        stop_id=stop.pk,
        place_id=stop.place_id,
        place_label=stop.label,
        matter_id=stop.ask.matter_id if stop.ask is not None else None,
        observer_name=check.observer.name,
        finding=check.finding,
        finding_label=rules.SPOT_FINDINGS[check.finding],
        rating=check.rating,
        rating_label=rules.RATINGS[check.rating] if check.rating else "",
        note=check.note,
        seen_at=check.seen_at,
        **words,
    )
    record(line, stamp=stamp)
