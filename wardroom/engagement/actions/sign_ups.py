"""Asking to join a group without an account, being taken in, and leaving by a link."""

from __future__ import annotations

from django.db.models import Q
from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.directory.actions import (
    fill_seat,
    note_consent,
    note_contact_point,
    note_person,
    vacate_seat,
)
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.models import ContactPoint, Party, Seat, Tenure
from wardroom.directory.queries.consents import matches_refused
from wardroom.directory.rules import INVITATIONS, check_language, check_phone, match_key
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.groups import group_words
from wardroom.engagement.actions.waiting import keep_sign_up_waiting
from wardroom.engagement.models import Group, SignUp
from wardroom.engagement.rules import groups as rules
from wardroom.engagement.rules.tongues import check_tongue
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules import check_text
from wardroom.notices.actions import spend_key


@action(policy.may_sign_up)
def sign_up(
    group: Group,
    *,
    called: str,
    email: str = "",
    phone: str = "",
    language: str = "en",
    read_in: str = "en",
    agreed: bool,
    stamp: Stamp,
) -> None:
    """Ask to join a group through its link; somebody of the office takes them in or not.

    Whoever asks twice is told the same, and waits once; nobody learns who is a member. What
    they agree to is kept in the language that they ``read_in``.
    Refuses: a link that is closed; no name; neither address nor telephone, or one that is
    none; a language that is not in the list; not agreed; far too many who wait.
    Records: `SignUpReceived`.
    """
    if not group.sign_up_open:
        raise Refused("sign_up_closed", "This group takes nobody in by link at the moment.")
    name = rules.check_stranger(called)
    match = reached_by(email, phone)
    check_language(language)
    check_tongue(read_in)
    rules.check_agreed(agreed)
    waiting = SignUp.objects.filter(group=group, state=rules.WAITING)
    again = waiting.filter(match=match).exists()
    if not again and waiting.count() >= rules.MOST_WAITING:
        raise Refused("too_many", "Too many wait for an answer now. Call the office instead.")
    if not again:
        row = SignUp.objects.create(
            group=group,
            name=name,
            email=email.strip(),
            phone=phone.strip(),
            match=match,
            language=language,
            consent_text=rules.consent_words(group.party.name, read_in),
            read_in=read_in,
            asked_at=stamp.at,
        )
        keep_sign_up_waiting(row, stamp=stamp)
    fact = facts.SignUpReceived(**group_words(group), name=name, language=language, again=again)
    record(fact, stamp=stamp)


@action(policy.may_decide_sign_up)
def accept_sign_up(sign_up: SignUp, *, person: Party | None, stamp: Stamp) -> SignUp:
    """Take somebody in who asked to join: as a new person, or as one the office knows.

    What they agreed to is kept as their consent to be invited. A refusal that stands on an
    address is not lifted by it: who typed that address into a form is not known.
    Refuses: one that was decided; who is a member already; what `note_person` refuses.
    Records: `SignUpAccepted`, and what the directory records.
    """
    _check_waits(sign_up)
    group, how = sign_up.group, f"Signed up for {sign_up.group.party.name}"[:200]
    member = person or note_person(
        None,
        name=sign_up.name,
        phone=sign_up.phone,
        email=sign_up.email,
        language=sign_up.language,
        consent=True,
        consent_how=how,
        stamp=stamp,
    )
    _let_be_invited(sign_up, member, how, stamp)
    seat = Seat.objects.get(organisation=group.party, title=rules.MEMBER, until_on=None)
    fill_seat(seat, since_on=localdate(stamp.at), holder=member, stamp=stamp)
    _decide(sign_up, rules.JOINED, stamp, party=member)
    fact = facts.SignUpAccepted(
        **group_words(group), name=sign_up.name, person_id=member.pk, person_name=member.name
    )
    record(fact, stamp=stamp)
    return sign_up


@action(policy.may_decide_sign_up)
def decline_sign_up(sign_up: SignUp, *, reason: str, stamp: Stamp) -> SignUp:
    """Do not take somebody in who asked to join; the reason stays with the charter's words.

    Refuses: one that was decided; no reason. Records: `SignUpDeclined`.
    """
    _check_waits(sign_up)
    reason = check_text(
        reason, code="reason_missing", sentence="Say why not.", field="reason", most=200
    )
    _decide(sign_up, rules.NOT_TAKEN_IN, stamp, reason=reason)
    fact = facts.SignUpDeclined(**group_words(sign_up.group), name=sign_up.name, reason=reason)
    record(fact, stamp=stamp)
    return sign_up


@action(policy.may_leave_group)
def leave_group(_: None, *, token: str, stamp: Stamp) -> str:
    """Leave a group by the link of a notice, with every role in it; returns its name.

    Refuses: `key_closed`; somebody who left already. Records: `MemberLeft`, and what the
    directory records.
    """
    held = spend_key(None, token=token, purpose=rules.LEAVE, stamp=stamp)
    group_id, person_id = held.key.split("-")
    group = Group.objects.select_related("party").get(pk=int(group_id))
    whose = Q(party=int(person_id)) | Q(party__merged_into=int(person_id))
    tenures = Tenure.objects.filter(whose, seat__organisation=group.party, until_on=None)
    rows = list(tenures.select_related("seat", "party").order_by("pk"))
    if not rows:
        raise Refused("already_left", f"You left {group.party.name} already.")
    house = Stamp(actor=SYSTEM, at=stamp.at, window=stamp.window)
    for row in rows:
        left_on = max(localdate(stamp.at), row.since_on)
        vacate_seat(
            row.seat, until_on=left_on, tenure_id=row.pk, reason="Left by the link", stamp=house
        )
    fact = facts.MemberLeft(
        **group_words(group), name=rows[0].holder_name, person_id=int(person_id)
    )
    record(fact, stamp=stamp)
    return str(group.party.name)


def reached_by(email: str, phone: str) -> str:
    """The one way to write how somebody is reached, the address first. Refuses: neither."""
    if not email.strip() and not phone.strip():
        raise Refused("no_way_to_reach", "Give an e-mail address or a phone number.", field="email")
    if phone.strip():
        check_phone(phone)
    if not email.strip():
        return match_key("phone", phone)
    check_email(email, field="email")
    return match_key("email", email)


def _let_be_invited(sign_up: SignUp, member: Party, how: str, stamp: Stamp) -> None:
    """Note at each way to reach them what they agreed to, unless it was refused before.

    A refusal holds for the address, on whosever record it stands.
    """
    for channel, value in (("email", sign_up.email), ("phone", sign_up.phone)):
        if not value:
            continue
        point = _point(member, channel, value) or note_contact_point(
            member, channel=channel, value=value, consent=True, how=how, stamp=stamp
        )
        if not matches_refused([point.match], purpose=INVITATIONS, channel=channel):
            note_consent(
                member, point_id=point.pk, purpose=INVITATIONS, given=True, how=how, stamp=stamp
            )


def _point(member: Party, channel: str, value: str) -> ContactPoint | None:
    points = ContactPoint.objects.filter(party=member, channel=channel, ended_at=None)
    found: ContactPoint | None = points.filter(match=match_key(channel, value)).first()
    return found


def _check_waits(sign_up: SignUp) -> None:
    if sign_up.state != rules.WAITING:
        raise Refused("already_decided", f"{sign_up.decided_by} decided this already.")


def _decide(
    sign_up: SignUp, state: str, stamp: Stamp, *, party: Party | None = None, reason: str = ""
) -> None:
    sign_up.state, sign_up.party, sign_up.reason = state, party, reason
    sign_up.decided_at, sign_up.decided_by = stamp.at, stamp.actor.name
    sign_up.save(update_fields=["state", "party", "reason", "decided_at", "decided_by"])
    keep_sign_up_waiting(sign_up, stamp=stamp)
