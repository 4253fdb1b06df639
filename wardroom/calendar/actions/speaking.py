"""Who speaks for the Mayor at an event: assigned with written limits, and answered in person."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.taking_part import add_participation
from wardroom.calendar.actions.words import participation_words
from wardroom.calendar.models import Event, Mandate, Participation
from wardroom.calendar.queries.speaking import may_speak
from wardroom.calendar.rules.speaking import check_limits
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text

DECLINED = "Said no: {}"


@action(policy.may_assign_speaker)
def assign_speaker(
    event: Event, *, party: Party, may_promise: str, may_not_promise: str, stamp: Stamp
) -> Mandate:
    """Say who speaks for the Mayor at an event, and how far their word binds the office.

    They are asked at once, and say themselves whether they can.
    Refuses: an event that is over or canceled; somebody who speaks there already; somebody who
    does not run the ward; limits that are not written. Records: `SpeakerAssigned`, and
    `ParticipationAdded` where they did not take part yet.
    """
    if event.state != rules.PLANNED or event.ends_at <= stamp.at:
        raise Refused("wrong_state", "Nobody can be sent to this any more.")
    limits = check_limits(may_promise, may_not_promise)
    if Mandate.objects.filter(event=event, ended_at__isnull=True).exists():
        raise Refused("already_there", "Somebody speaks there already.", field="party")
    if not may_speak(party, event, at=stamp.at):
        raise Refused(
            "not_here", "Choose the director or somebody who runs the ward.", field="party"
        )
    row = _participation(event, party, stamp)
    mandate = Mandate.objects.create(
        event=event,
        participation=row,
        may_promise=limits[0],
        may_not_promise=limits[1],
        assigned_at=stamp.at,
        assigned_by=stamp.actor.name,
    )
    fact = facts.SpeakerAssigned(
        **participation_words(row), may_promise=limits[0], may_not_promise=limits[1]
    )
    record(fact, stamp=stamp)
    return mandate


@action(policy.may_answer_assignment)
def answer_assignment(mandate: Mandate, *, answer: str, why: str = "", stamp: Stamp) -> Mandate:
    """Say yes or no to speaking for the Mayor; with a no, somebody else is chosen.

    Refuses: one that is over, or answered with yes already; a no without a reason.
    Records: `AssignmentAnswered`.
    """
    if mandate.ended_at is not None:
        raise Refused("wrong_state", "You are not asked any more.")
    if answer not in ("yes", "no"):
        raise Refused("unknown_answer", "Choose an answer from the list.", field="answer")
    if answer == "yes" and mandate.accepted_at is not None:
        raise Refused("already_so", "You said yes already.")
    if answer == "no":
        why = check_text(why, code="why_missing", sentence="Say why.", field="why", most=280)
        mandate.ended_at, mandate.ended_why = stamp.at, DECLINED.format(why)
    else:
        mandate.accepted_at = stamp.at
    mandate.save()
    row = mandate.participation
    row.answer = answer
    row.save(update_fields=["answer"])
    fact = facts.AssignmentAnswered(
        **participation_words(row), answer=answer, why=why if answer == "no" else ""
    )
    record(fact, stamp=stamp)
    return mandate


@action(policy.may_release_speaker)
def release_speaker(mandate: Mandate, *, why: str, stamp: Stamp) -> Mandate:
    """Say that somebody does not have to speak for the Mayor there; what was agreed is kept.

    Refuses: one that is over; no reason. Records: `SpeakerReleased`.
    """
    if mandate.ended_at is not None:
        raise Refused("wrong_state", "They do not speak there any more.")
    why = check_text(why, code="why_missing", sentence="Say why.", field="why", most=300)
    mandate.ended_at, mandate.ended_why = stamp.at, why
    mandate.save(update_fields=["ended_at", "ended_why"])
    words = participation_words(mandate.participation)
    record(facts.SpeakerReleased(**words, why=why), stamp=stamp)
    return mandate


def _participation(event: Event, party: Party, stamp: Stamp) -> Participation:
    """Their place among those who take part; one who was a guest speaks now."""
    rows = Participation.objects.filter(event=event, party=party).select_related("party")
    row: Participation | None = rows.first()
    if row is None:
        return add_participation(event, party=party, role=rules.SPEAKER, stamp=stamp)
    row.event, row.role, row.answer = event, rules.SPEAKER, ""
    row.save(update_fields=["role", "answer"])
    return row
