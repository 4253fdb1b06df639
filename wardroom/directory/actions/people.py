"""People who get in touch: who they are, how to reach them, and whether we may."""

from __future__ import annotations

from datetime import date

from django.utils.timezone import localdate

from wardroom.access.actor import Role, Stamp
from wardroom.access.gate import action
from wardroom.access.models import Grant
from wardroom.directory import facts, policy, rules
from wardroom.directory.actions.consents import keep_consent
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import ContactPoint, Party
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record, resolve_mention
from wardroom.ledger.models import Mention


@action(policy.may_note_person)
def note_person(
    _: None,
    *,
    name: str,
    phone: str = "",
    email: str = "",
    language: str = "en",
    interpreter: bool = False,
    consent: bool = False,
    consent_how: str = "",
    stamp: Stamp,
) -> Party:
    """Note who got in touch, how to reach them, and whether we may write or call.

    Nobody is joined to somebody else by a shared telephone or address: `people_like` shows
    who is known already, and a person chooses. Refuses: no name; a telephone number or an
    address that is none; a language that is not in the list. Records: `PersonNoted`, and
    `ContactPointAdded` for each way to reach them.
    """
    name = " ".join(name.split())
    if not name:
        raise Refused("name_missing", "Give the name, or choose anonymous.", field="name")
    if len(name) > 200:
        raise Refused("too_long", "Keep the name within 200 characters.", field="name")
    rules.check_language(language)
    party = Party.objects.create(
        kind=Party.Kind.PERSON, name=name, language=language, interpreter=interpreter
    )
    fact = facts.PersonNoted(
        party_id=party.pk, party_name=name, language=language, interpreter=interpreter
    )
    record(fact, stamp=stamp)
    points = [
        _add_point(party, channel, value.strip(), consent, consent_how, stamp)
        for channel, value in (("phone", phone), ("email", email))
        if value.strip()
    ]
    index_party(party, points=points, stamp=stamp)
    return party


@action(policy.may_note_person)
def note_person_meant(mention: Mention, *, name: str, stamp: Stamp) -> Party:
    """Note the new person whom a line names, and say that it is who was meant; both or neither.

    Refuses: what `note_person` and `resolve_mention` refuse. Records: what they record.
    """
    person = note_person(None, name=name, stamp=stamp)
    ref = Ref("party", str(person.pk))
    resolve_mention(mention, ref=ref, name=person.name, stamp=stamp)
    return person


@action(policy.may_note_person)
def note_contact_point(
    party: Party, *, channel: str, value: str, consent: bool, how: str, stamp: Stamp
) -> ContactPoint:
    """Note another way to reach somebody, or what they now say about one we have.

    Refuses: a channel, telephone number or address that is none.
    Records: `ContactPointAdded`, or `ConsentNoted` where we had it.
    """
    value = value.strip()
    key = rules.match_key(channel, value)
    known = ContactPoint.objects.filter(
        party=party, channel=channel, match=key, ended_at=None
    ).first()
    if known is None or not key:
        point = _add_point(party, channel, value, consent, how, stamp)
        index_party(party, stamp=stamp)
        return point
    keep_consent(known, purpose=rules.ANSWERS, given=consent, how=how, stamp=stamp)
    fact = facts.ConsentNoted(
        party_id=party.pk, party_name=party.name, channel=channel, consent=consent, how=how
    )
    record(fact, stamp=stamp)
    return known


@action(policy.may_mark_contact)
def mark_bounced(party: Party, *, channel: str, value: str, reason: str, stamp: Stamp) -> None:
    """Mark a way to reach somebody that does not work; the person stays as they are.

    Refuses: a contact point that the party does not have. Records: `ContactPointBounced`.
    """
    key = rules.match_key(channel, value)
    points = ContactPoint.objects.filter(party=party, channel=channel, match=key, ended_at=None)
    if not points.update(bounced_at=stamp.at):
        raise Refused("no_such_contact", f"{party.name} has no such {channel}.")
    fact = facts.ContactPointBounced(
        party_id=party.pk, party_name=party.name, channel=channel, reason=reason[:300]
    )
    record(fact, stamp=stamp)


@action(policy.may_cover_ward)
def cover_ward(
    party: Party, *, ward_code: str, valid_from: date, valid_until: date, stamp: Stamp
) -> Grant:
    """Let a liaison look after a colleague's ward for some days; it ends by itself.

    Refuses: somebody who is no liaison then; the own ward; an end before the start.
    Records: `WardCovered`.
    """
    if party.user_id is None:
        raise Refused("cannot_sign_in", f"{party.name} cannot sign in.", field="party")
    held = Grant.objects.filter(
        user_id=party.user_id, role=Role.LIAISON.value, valid_from__lte=valid_from
    )
    held = held.exclude(valid_until__lt=valid_from)
    if not held.exists():
        raise Refused("not_a_liaison", f"{party.name} is not a liaison then.", field="party")
    if held.filter(ward_code=ward_code).exists():
        raise Refused("own_ward", f"{party.name} has Ward {ward_code} already.", field="ward_code")
    if valid_until < valid_from:
        raise Refused("ends_too_early", "The cover ends before it starts.", field="valid_until")
    grant = Grant.objects.create(
        user_id=party.user_id,
        role=Role.LIAISON.value,
        ward_code=ward_code,
        valid_from=valid_from,
        valid_until=valid_until,
        cover=True,
    )
    fact = facts.WardCovered(
        party_id=party.pk,
        party_name=party.name,
        ward_code=ward_code,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    record(fact, stamp=stamp)
    return grant


@action(policy.may_cover_ward)
def call_off_cover(grant: Grant, *, stamp: Stamp) -> Party:
    """Call off a cover that has not begun: it held on no day, and the ledger keeps both lines.

    Refuses: what is no cover; one that has begun, which ends instead. Records:
    `CoverCalledOff`.
    """
    if not grant.cover or grant.valid_from <= localdate(stamp.at):
        raise Refused(
            "has_begun", "This has already started. Give it a last day instead.", field="grant"
        )
    party = Party.objects.get(user=grant.user)
    fact = facts.CoverCalledOff(
        party_id=party.pk,
        party_name=party.name,
        ward_code=grant.ward_code,
        valid_from=grant.valid_from,
    )
    record(fact, stamp=stamp)
    grant.called_off = True
    grant.save(update_fields=["called_off"])
    return party


def _add_point(
    party: Party, channel: str, value: str, consent: bool, how: str, stamp: Stamp
) -> ContactPoint:
    if channel not in rules.CHANNELS:
        raise Refused("unknown_channel", "Choose e-mail, phone or letter.", field="channel")
    if channel == "phone":
        rules.check_phone(value)
    if channel == "email":
        check_email(value, field="email")
    point = ContactPoint.objects.create(
        party=party,
        channel=channel,
        value=value,
        match=rules.match_key(channel, value),
        consent=consent,
        consent_at=stamp.at,
        consent_by=stamp.actor.name,
        consent_how=how[:200],
    )
    if consent or how.strip():
        keep_consent(point, purpose=rules.ANSWERS, given=consent, how=how, stamp=stamp)
    fact = facts.ContactPointAdded(party_id=party.pk, party_name=party.name, channel=channel)
    record(fact, stamp=stamp)
    return point
