"""An agency disputes what was found, and somebody else of the office settles it."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.fieldwork import facts, policy, rules
from wardroom.fieldwork.actions.dispute_waits import keep_dispute_waiting
from wardroom.fieldwork.actions.spot_checks import observer_of, put_right, tell_of
from wardroom.fieldwork.models import CheckRound, Dispute, SpotCheck
from wardroom.fieldwork.queries.disputes import calendar_around
from wardroom.fieldwork.rules import disputes
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_length


@action(policy.may_dispute_finding)
def dispute_finding(check: SpotCheck, *, wording: str, stamp: Stamp) -> Dispute:
    """Say that what the office found at a stop is wrong, within five business days of the look.

    The office answers; until then the finding stands and its round is not ended.
    Refuses: no words; what was fixed, or where nobody could tell; a finding that was put right
    meanwhile; one that was disputed already; the days that are over.
    Records: `FindingDisputed`.
    """
    stop = check.stop
    CheckRound.objects.select_for_update(no_key=True).get(pk=stop.round_id)
    check.refresh_from_db(fields=["stands"])
    if Dispute.objects.filter(stop=stop).exists():
        raise Refused("disputed_already", "Your agency disputed this already.")
    if not check.stands:
        raise Refused("finding_changed", "This finding was put right meanwhile. Read it again.")
    due = disputes.disputable_until(check.seen_at, calendar_around(check.seen_at, stamp.at))
    disputes.check_dispute(check.finding, now=stamp.at, due=due)
    made = Dispute.objects.create(
        stop=stop,
        check_disputed=check,
        disputed_by=stamp.actor.name[:120],
        disputed_at=stamp.at,
        wording=_words(wording, "wording", "Say what is wrong about this finding."),
    )
    keep_dispute_waiting(made, stamp=stamp)
    words = {"dispute_id": made.pk, "agency": stop.agency, "wording": made.wording}
    tell_of(check, facts.FindingDisputed, stamp, **words)
    return made


@action(policy.may_settle_dispute)
def settle_dispute(
    dispute: Dispute, *, upheld: bool, reason: str, instead: str = "", stamp: Stamp
) -> Dispute:
    """Answer an agency that disputes a finding: it is right, and what is true, or it is not.

    Where it is upheld, another spot check stands in the place of the disputed one. A round that
    is over keeps its figures; what is settled later is shown beside them.
    Refuses: whoever looked there; whoever asked for the work; one that is settled; no reason;
    upheld without a better finding, or dismissed with one.
    Records: `DisputeSettled`.
    """
    person, stop = observer_of(stamp), dispute.stop
    check = SpotCheck.objects.select_for_update(no_key=True).get(pk=dispute.check_disputed_id)
    CheckRound.objects.select_for_update(no_key=True).get(pk=stop.round_id)
    if dispute.settled_at is not None:
        raise Refused("settled_already", "Somebody settled this already.")
    if stop.checks.filter(observer=person).exists():
        raise Refused("own_finding", "You looked here, so somebody else has to settle it.")
    if stop.ask is not None and stop.ask.asked_by_id == person.pk:
        raise Refused("own_ask", "You asked for this work, so somebody else has to settle it.")
    disputes.check_settlement(check.finding, upheld=upheld, instead=instead)
    dispute.settled_why = _words(reason, "reason", "Give the reason. The agency reads it.")
    dispute.settled_by, dispute.settled_at = person.name[:120], stamp.at
    stands = put_right(check, person, instead, None, "", stamp) if upheld else check
    dispute.put_right = stands if upheld else None
    dispute.save()
    keep_dispute_waiting(dispute, stamp=stamp)
    tell_of(
        stands,
        facts.DisputeSettled,
        stamp,
        dispute_id=dispute.pk,
        agency=stop.agency,
        upheld=upheld,
        before_label=rules.SPOT_FINDINGS[check.finding],
        settled_by=dispute.settled_by,
        reason=dispute.settled_why,
    )
    return dispute


def _words(text: str, field: str, missing: str) -> str:
    text = check_length(text, field=field, most=disputes.LONGEST_DISPUTE)
    if not text:
        raise Refused(f"{field}_missing", missing, field=field)
    return text
