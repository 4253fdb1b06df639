"""Standing down, the follow-ups after it, and the review whose steps become asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.directory.models import Party
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.actions.reporting import keep_report_due
from wardroom.incidents.actions.standing import say_what_follows
from wardroom.incidents.actions.wording import incident_words
from wardroom.incidents.models import AfterAction, CorrectiveStep, Incident
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions import add_task, propose_ask
from wardroom.matters.rules import check_text

MOST_STEPS = 20


@action(policy.may_run_incident)
def stand_down(incident: Incident, *, text: str, sure: bool = True, stamp: Stamp) -> Incident:
    """Say that nothing more is done at the scene; what follows goes onto the owner's list.

    That is a look after 24 and after 72 hours, and the review within ten days.
    Refuses: an incident that nobody has; one without a situation report; one from which the
    office stood down; no word of how it stands; open lines of the checklist, where nobody is
    ``sure`` yet. Records: `IncidentStoodDown`, `TaskAdded`.
    """
    if incident.taken_at is None:
        raise Refused("not_taken", "Somebody has to take this incident first.")
    if incident.stood_down_at is not None or incident.matter.state != "open":
        raise Refused("already_over", "The office stood down already.")
    if not incident.reports.exists():
        raise Refused(
            "no_report", "Write a situation report first: the last one says how it ended."
        )
    said = check_text(
        text, code="text_missing", sentence="Say how it stands.", field="text", most=500
    )
    left = list(incident.checklist.filter(state="open").order_by("position"))
    if left and not sure:
        lines = "; ".join(line.text for line in left)
        many = "1 line of the checklist is" if len(left) == 1 else f"{len(left)} lines are"
        raise Refused(
            "lines_open",
            f"{many} open: {lines}. See to them, or say that you stand down all the same.",
            field="sure",
        )
    incident.stood_down_at, incident.next_update_at = stamp.at, None
    incident.save(update_fields=["stood_down_at", "next_update_at"])
    incident.duties.filter(until_at=None).update(until_at=stamp.at)
    fact = facts.IncidentStoodDown(**incident_words(incident), text=said, open_lines=len(left))
    record(fact, stamp=stamp)
    keep_report_due(incident, stamp=stamp)
    say_what_follows(incident, stamp=stamp)
    for wording, after in (
        *(
            (f"{words} after: does each household have what it needs? Ask its agency", hours // 24)
            for hours, words in rules.FOLLOW_UPS.items()
        ),
        ("Write the after-action review", rules.REVIEW_WITHIN_DAYS),
    ):
        add_task(
            incident.matter,
            party=incident.matter.owner,
            wording=f"{incident.matter.title}: {wording}"[:300],
            due_on=localdate(stamp.at) + timedelta(days=after),
            ward_code=incident.ward_code,
            stamp=replace(stamp, actor=SYSTEM),
        )
    return incident


@action(policy.may_run_incident)
def write_after_action(
    incident: Incident,
    *,
    expected: str = "",
    happened: str,
    why: str = "",
    strengths: str = "",
    ratings: Mapping[str, str],
    stamp: Stamp,
) -> AfterAction:
    """Write down what was expected, what happened and why, and how each capability did.

    Refuses: before the office stood down; a review that is finished; nothing said of what
    happened; a rating that is none. Records: `AfterActionWritten`.
    """
    if incident.stood_down_at is None:
        raise Refused("not_stood_down", "Stand down first; then write the review.")
    review = AfterAction.objects.filter(incident=incident).first()
    if review is not None:
        _check_open(review)
        review.version += 1
    else:
        review = AfterAction(incident=incident)
    review.happened = check_text(
        happened, code="happened_missing", sentence="Say what happened.", field="happened",
        most=4_000,
    )  # fmt: skip
    review.expected, review.why = expected.strip()[:4_000], why.strip()[:4_000]
    review.strengths, review.ratings = strengths.strip()[:4_000], rules.check_ratings(ratings)
    review.written_at, review.written_by = stamp.at, stamp.actor.name[:120]
    review.save()
    fact = facts.AfterActionWritten(**incident_words(incident), version=review.version)
    record(fact, stamp=stamp)
    return review


@action(policy.may_run_incident)
def add_corrective_step(
    incident: Incident,
    *,
    wording: str,
    capability: str,
    party: Party,
    starts_on: date,
    due_on: date,
    stamp: Stamp,
) -> CorrectiveStep:
    """Write down one thing to do better: by an agency, or by somebody of the office.

    Refuses: no review yet, or one that is finished; no words; a capability that is none; days
    that run backward, or are over; more than twenty steps. Records: `CorrectiveStepAdded`.
    """
    review = _review_of(incident)
    _check_open(review)
    if capability not in rules.CAPABILITIES:
        raise Refused("unknown_capability", "Choose a capability.", field="capability")
    if not localdate(stamp.at) < due_on or due_on < starts_on:
        raise Refused("bad_days", "It ends after today, and after it starts.", field="due_on")
    if review.steps.count() >= MOST_STEPS:
        raise Refused("too_many", f"Keep at most {MOST_STEPS} steps: choose the ones that count.")
    step: CorrectiveStep = CorrectiveStep.objects.create(
        review=review,
        wording=check_text(
            wording, code="wording_missing", sentence="Say what is to be done better.",
            field="wording", most=300,
        ),
        capability=capability,
        party=party,
        starts_on=starts_on,
        due_on=due_on,
    )  # fmt: skip
    fact = facts.CorrectiveStepAdded(
        **incident_words(incident), wording=step.wording, party_name=party.name
    )
    record(fact, stamp=stamp)
    return step


@action(policy.may_run_incident)
def leave_step_out(incident: Incident, *, step_id: int, stamp: Stamp) -> Incident:
    """Take a step out of a review before it is finished; written anew it is another step.

    Refuses: no review, or one that is finished; a step of another review, or one that is out.
    Records: `CorrectiveStepTakenOut`.
    """
    review = _review_of(incident)
    _check_open(review)
    step = review.steps.select_related("party").filter(pk=step_id).first()
    if step is None:
        raise Refused("no_such_step", "Choose a step of this review.", field="step")
    step.taken_out_at = stamp.at
    step.save(update_fields=["taken_out_at"])
    fact = facts.CorrectiveStepTakenOut(**incident_words(incident), wording=step.wording)
    record(fact, stamp=stamp)
    return incident


@action(policy.may_finish_review)
def finish_after_action(incident: Incident, *, stamp: Stamp) -> AfterAction:
    """Finish a review: each step becomes an ask of its agency, or a to-do of a colleague.

    Refuses: no review, or one that is finished; a capability without a rating; a matter that is
    closed. Records: `AfterActionFinished`, and `AskProposed` or `TaskAdded` for each step.
    """
    review = _review_of(incident)
    _check_open(review)
    if set(review.ratings) != set(rules.CAPABILITIES):
        raise Refused("not_rated", "Rate every capability first.")
    steps = list(review.steps.select_related("party").order_by("pk"))
    for step in steps:
        if step.party.agency:
            step.ask = propose_ask(
                incident.matter,
                party=step.party,
                wording=step.wording,
                authority=f"After-action review of W-{incident.matter_id}",
                due_on=step.due_on,
                stamp=stamp,
            )
        else:
            step.ask = add_task(
                incident.matter,
                party=step.party,
                wording=step.wording,
                due_on=step.due_on,
                ward_code=incident.ward_code,
                stamp=stamp,
            )
        step.save(update_fields=["ask"])
    review.finished_at, review.finished_by = stamp.at, stamp.actor.name[:120]
    review.save(update_fields=["finished_at", "finished_by"])
    record(facts.AfterActionFinished(**incident_words(incident), steps=len(steps)), stamp=stamp)
    return review


def _review_of(incident: Incident) -> AfterAction:
    review: AfterAction | None = AfterAction.objects.filter(incident=incident).first()
    if review is None:
        raise Refused("no_review", "Write the review first.")
    return review


def _check_open(review: AfterAction) -> None:
    if review.finished_at is not None:
        raise Refused("already_finished", "This review is finished.")
