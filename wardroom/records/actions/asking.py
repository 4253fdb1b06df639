"""A request for records comes, takes longer, or is taken back; its clock is the law's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.timezone import localdate, make_aware

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.kernel.business_time import Due
from wardroom.kernel.errors import Refused
from wardroom.kernel.languages import LANGUAGES
from wardroom.ledger.actions import record
from wardroom.library.queries import due_under, rule_in_force
from wardroom.matters.actions.waiting import end_wait
from wardroom.notices.actions import issue_key, note_mail_read, place_mail
from wardroom.notices.models import Received
from wardroom.notices.policy import may_see_mail
from wardroom.notices.queries.findable import MAIL
from wardroom.records import facts, policy, rules
from wardroom.records.actions.waiting import keep_request_waiting
from wardroom.records.models import RecordsRequest

LINK_FOR = timedelta(days=800)
NOON = time(12)


@action(policy.may_ask_for_records)
def ask_for_records(
    _: None, *, name: str, email: str, words: str, language: str, stamp: Stamp
) -> RecordsRequest:
    """Ask for records on the website; the answer is due by law, and a link shows how it stands.

    Refuses: no name; an address that is none; no words; another language.
    Records: `RecordsAsked`, `KeyIssued`.
    """
    row = _begun(
        name,
        _check_email(email, needed=True),
        words,
        channel="web",
        language=language,
        received_on=localdate(stamp.at),
        stamp=stamp,
    )
    _begin(row, stamp)
    return row


@action(policy.may_take_request)
def take_request(
    _: None,
    *,
    name: str,
    email: str = "",
    post: str = "",
    words: str,
    channel: str,
    language: str = "en",
    received_on: date,
    mail: Received | None = None,
    stamp: Stamp,
) -> RecordsRequest:
    """Write down a request that came by letter, mail, phone or in person, on the day it came.

    The ``mail`` that it came in lies with it from then on, and goes when it goes.
    Refuses: what `ask_for_records` refuses; no way to answer; another channel; a day to come;
    mail that lies elsewhere.
    Records: `RecordsAsked`, `KeyIssued` where it gives an e-mail address, and of its mail
    `MailPlaced` and `MailRead`.
    """
    if channel not in rules.CHANNELS:
        raise Refused("unknown_channel", "Choose how it came.", field="channel")
    email, post = _check_email(email, needed=False), " ".join(post.split())[:300]
    if not (email or post):
        raise Refused("no_way", "Give an e-mail address or a postal address.", field="email")
    received_on = rules.check_received(received_on, today=localdate(stamp.at))
    row = _begun(
        name,
        email,
        words,
        channel=channel,
        language=language,
        received_on=received_on,
        stamp=stamp,
    )
    row.post = post
    _begin(row, stamp)
    if mail is not None:
        _lay_with_it(mail, row, stamp)
    return row


@action(policy.may_answer_request)
def extend_request(request: RecordsRequest, *, reason: str, stamp: Stamp) -> RecordsRequest:
    """Take ten working days longer, once, and say in writing why; the law knows no other way.

    Refuses: no reason; one that took longer already; one that came back from an appeal; one
    whose day is over; one answered.
    Records: `RequestExtended`.
    """
    rules.check_move(request.state, "extend_request")
    reason = rules.check_reason(reason)
    if request.extended_at is not None:
        raise Refused("extended", "It took longer already; the law allows it once.")
    if request.appealed_on is not None:
        sentence = "The appeal set its day; the law gives no more time after one."
        raise Refused("after_appeal", sentence)
    if request.due_on < localdate(stamp.at):
        raise Refused("too_late", "Its day is over: silence counts as a refusal now. Answer it.")
    due = due_of(rules.LONGER_RULE, request.received_on, condition=reason)
    request.due_on, request.why_due = due.due_on, due.to_plain()
    request.extended_at, request.extended_for = stamp.at, reason
    request.save()
    keep_request_waiting(request, stamp)
    fact = facts.RequestExtended(request=request.pk, reason=reason, due_on=request.due_on)
    record(fact, stamp=stamp)
    return request


@action(policy.may_answer_request)
def withdraw_request(request: RecordsRequest, *, stamp: Stamp) -> RecordsRequest:
    """Note that whoever asked no longer wants the records.

    Refuses: one that was answered. Records: `RequestWithdrawn`.
    """
    request.state = rules.check_move(request.state, "withdraw_request")
    request.ended_on = localdate(stamp.at)
    request.save(update_fields=["state", "ended_on"])
    keep_request_waiting(request, stamp)
    record(facts.RequestWithdrawn(request=request.pk), stamp=stamp)
    return request


def due_of(rule_code: str, start: date, *, condition: str = "") -> Due:
    """When something is due under one of the clocks of the records law, and why."""
    rule = rule_in_force(rule_code, start)
    return due_under(rule, make_aware(datetime.combine(start, NOON)), condition=condition)


def _begun(
    name: str,
    email: str,
    words: str,
    *,
    channel: str,
    language: str,
    received_on: date,
    stamp: Stamp,
) -> RecordsRequest:
    if language not in LANGUAGES:
        raise Refused("unknown_language", "Choose a language from the list.", field="language")
    due = due_of(rules.ANSWER_RULE, received_on)
    return RecordsRequest(
        name=rules.check_name(name),
        email=email,
        words=rules.check_words(words),
        channel=channel,
        language=language,
        received_on=received_on,
        noted_at=stamp.at,
        due_on=due.due_on,
        first_due_on=due.due_on,
        why_due=due.to_plain(),
    )


def _begin(row: RecordsRequest, stamp: Stamp) -> None:
    row.save()
    if row.email:
        row.link = issue_key(
            None,
            purpose=rules.PURPOSE,
            noun=rules.NOUN,
            key=str(row.pk),
            holder=row.email,
            expires_at=stamp.at + LINK_FOR,
            stamp=replace(stamp, actor=SYSTEM),
        )
        row.save(update_fields=["link"])
    keep_request_waiting(row, stamp)
    fact = facts.RecordsAsked(
        request=row.pk, channel=row.channel, received_on=row.received_on, due_on=row.due_on
    )
    record(fact, stamp=stamp)


def _lay_with_it(mail: Received, row: RecordsRequest, stamp: Stamp) -> None:
    """The mail stands with the request. Whoever takes a request in may not place mail elsewhere."""
    now = Received.objects.select_for_update(of=("self",), no_key=True).get(pk=mail.pk)
    if not may_see_mail(stamp.actor, now):
        raise Refused("no_such_mail", "There is no such message that you can see.")
    if now.state == Received.State.THREADED:
        raise Refused("already_there", "This message has already been placed. See where it lies.")
    house = replace(stamp, actor=SYSTEM)
    placed = place_mail(now, thread=f"{rules.NOUN}:{row.pk}", ward_code="", stamp=house)
    note_mail_read(placed, stamp=house)
    end_wait(MAIL, str(mail.pk))


def _check_email(email: str, *, needed: bool) -> str:
    email = email.strip()
    if not email and not needed:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise Refused("bad_email", f"{email!r} is no e-mail address.", field="email") from None
    return email[:254]
