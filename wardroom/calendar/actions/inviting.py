"""Invitations by mail, and the answers that come back by mail or by a link."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.words import participation_words
from wardroom.calendar.models import Invitation, Participation
from wardroom.calendar.queries.inviting import ANSWER, own_address
from wardroom.calendar.rules.inviting import Reply, is_invited
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.notices.actions import spend_key


@action(policy.may_invite)
def invite_participant(
    participation: Participation, *, address: str = "", stamp: Stamp
) -> Invitation:
    """Invite somebody who takes part by mail; their calendar and a link take the answer.

    Without an address it goes to the one that the directory has.
    Refuses: an event that is over or canceled; nobody who could be written to.
    Records: `ParticipantInvited`.
    """
    event = participation.event
    if event.state != rules.PLANNED or event.starts_at <= stamp.at:
        raise Refused("wrong_state", "Nobody can be invited to this any more.")
    address = (address or own_address(participation)).strip()
    if not address:
        raise Refused(
            "no_address", "We have no e-mail address of theirs. Type one.", field="address"
        )
    row, _ = Invitation.objects.update_or_create(
        participation=participation,
        defaults={
            "address": address,
            "version": event.version,
            "invited_at": stamp.at,
            "invited_by": stamp.actor.name,
        },
    )
    _told(row, stamp)
    return row


@action(policy.may_invite)
def invite_again(participation: Participation, *, stamp: Stamp) -> Invitation:
    """Send the invitation out again because the event has another time, or is canceled.

    Refuses: somebody who was not invited; a version that they have already.
    Records: `ParticipantInvited`.
    """
    row = Invitation.objects.filter(participation=participation).first()
    if row is None:
        raise Refused("not_invited", "They were not invited by mail.")
    if row.version >= participation.event.version:
        raise Refused("already_so", "They have the newest time already.")
    row.version = participation.event.version
    row.answered_at, row.answered_how = None, ""
    row.save(update_fields=["version", "answered_at", "answered_how"])
    row.participation = participation
    _told(row, stamp)
    return row


@action(policy.may_take_reply)
def answer_by_mail(
    participation: Participation, *, reply: Reply, sender: str, stamp: Stamp
) -> Participation:
    """Take the answer that a calendar program sent by mail.

    Refuses: `stranger` where it is not from the invited address, or speaks for another;
    `older` where it answers a time that was changed since; an event that is over.
    Records: `InvitationAnswered`.
    """
    row = Invitation.objects.filter(participation=participation).first()
    if row is None or not is_invited(row.address, sender=sender, attendee=reply.attendee):
        raise Refused("stranger", "This answer is not from the address that was invited.")
    if reply.sequence < participation.event.version - 1:
        raise Refused("older", "This answers a time that was changed since.")
    return _answered(row, participation, reply.answer, "mail", stamp)


@action(policy.may_answer_invitation)
def answer_by_key(_: Any, *, token: str, answer: str, stamp: Stamp) -> Participation:
    """Take the answer of somebody who opened the link in an invitation.

    It can be changed by the same link until the event begins.
    Refuses: `key_closed`; an event that is over or canceled. Records: `InvitationAnswered`.
    """
    held = spend_key(None, token=token, purpose=ANSWER, stamp=stamp)
    rows = Invitation.objects.select_related("participation__event", "participation__party")
    row = rows.filter(participation=int(held.key), address__iexact=held.holder).first()
    if row is None:
        raise Refused("key_closed", "You were not invited to this any more.")
    return _answered(row, row.participation, answer, "link", stamp)


def _answered(
    row: Invitation, participation: Participation, answer: str, how: str, stamp: Stamp
) -> Participation:
    event = participation.event
    if answer not in ("yes", "no"):
        raise Refused("unknown_answer", "Choose an answer from the list.", field="answer")
    if event.state != rules.PLANNED or event.ends_at <= stamp.at:
        raise Refused("wrong_state", f"This is {rules.STATES[event.state]} or over.")
    participation.answer = answer
    participation.save(update_fields=["answer"])
    row.answered_at, row.answered_how = stamp.at, how
    row.save(update_fields=["answered_at", "answered_how"])
    words = participation_words(participation)
    record(facts.InvitationAnswered(**words, answer=answer, how=how), stamp=stamp)
    return participation


def _told(row: Invitation, stamp: Stamp) -> None:
    words = participation_words(row.participation)
    fact = facts.ParticipantInvited(**words, address=row.address, version=row.version)
    record(fact, stamp=stamp)
