"""Consent: what a telephone number or an address may be used for, and that it was taken back."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Consent, ContactPoint, Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


@action(policy.may_note_person)
def note_consent(
    party: Party, *, point_id: int, purpose: str, given: bool, how: str, stamp: Stamp
) -> Consent:
    """Note what somebody says a number or an address may be used for, or not any more.

    What was said before is kept. Refuses: a contact point of somebody else, or one that is
    not used any more; a purpose that is none; a permission without how it was given.
    Records: `PurposeConsentNoted`.
    """
    point = point_of(party, point_id)
    rules.check_purpose(purpose)
    how = " ".join(how.split())
    if given and not how:
        raise Refused("how_missing", "Say how they allowed it, such as: on the phone.", field="how")
    said = keep_consent(point, purpose=purpose, given=given, how=how, stamp=stamp)
    fact = facts.PurposeConsentNoted(
        party_id=party.pk,
        party_name=party.name,
        channel=point.channel,
        purpose=rules.PURPOSES[purpose].lower(),
        given=given,
        how=said.how,
    )
    record(fact, stamp=stamp)
    return said


@action(policy.may_note_person)
def end_contact_point(party: Party, *, point_id: int, reason: str, stamp: Stamp) -> ContactPoint:
    """Note that a number or an address is not theirs any more; it stays on record.

    Refuses: a contact point of somebody else, or one that ended; no reason.
    Records: `ContactPointEnded`.
    """
    point = point_of(party, point_id)
    if not reason.strip():
        raise Refused("reason_missing", "Say why, such as: moved away.", field="reason")
    point.ended_at = stamp.at
    point.save(update_fields=["ended_at"])
    fact = facts.ContactPointEnded(
        party_id=party.pk, party_name=party.name, channel=point.channel, reason=reason.strip()[:200]
    )
    record(fact, stamp=stamp)
    index_party(party, stamp=stamp)
    return point


def point_of(party: Party, point_id: int) -> ContactPoint:
    """A contact point of a party that is in use. Refuses: `no_such_contact`."""
    point: ContactPoint | None = ContactPoint.objects.filter(
        pk=point_id, party=party, ended_at=None
    ).first()
    if point is None:
        raise Refused("no_such_contact", f"{party.name} has no such number or address.")
    return point


def keep_consent(
    point: ContactPoint, *, purpose: str, given: bool | None, how: str, stamp: Stamp
) -> Consent:
    """Keep what was said; about answers it stands on the contact point too."""
    said: Consent = Consent.objects.create(
        point=point,
        purpose=purpose,
        given=given,
        how=how[:200],
        by=stamp.actor.name[:120],
        at=stamp.at,
    )
    if purpose == rules.ANSWERS:
        point.consent, point.consent_at = bool(given), stamp.at
        point.consent_by, point.consent_how = said.by, said.how
        point.save(update_fields=["consent", "consent_at", "consent_by", "consent_how"])
    return said
