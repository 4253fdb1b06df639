"""Sending somebody to services, asking whether it helped, and counting where nothing fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.access.gate import action
from wardroom.city.models import District
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.models import Party
from wardroom.directory.rules import check_language
from wardroom.engagement import facts, policy
from wardroom.engagement.models import ReferredService, ServiceReferral
from wardroom.engagement.rules import referrals as rules
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.library.models import ListedService, Need
from wardroom.matters.actions import close_matter, open_matter, set_next_step
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter
from wardroom.matters.rules import check_length
from wardroom.notices.actions import spend_key


@action(policy.may_make_referral)
def make_referral(
    need: Need | None,
    *,
    services: Sequence[ListedService],
    way: str,
    language: str = "en",
    address: str = "",
    may_ask: bool = False,
    need_text: str = "",
    owner: Party,
    ward: District | None = None,
    stamp: Stamp,
) -> ServiceReferral:
    """Send somebody to services; who they are is kept nowhere.

    In five days the owner is reminded to ask whether it helped; whoever agreed to it is asked
    by mail. Refuses: no need; no service, or more than fit on a sheet; mail without a good
    address; what `open_matter` refuses. Records: `MatterOpened` and `ReferralMade`.
    """
    rules.check_services(len(services))
    address = rules.check_way(way, address, may_ask=may_ask)
    if address:
        check_email(address, field="address")
    row = _opened(need, need_text, way, language, owner, ward, stamp)
    row.address, row.may_ask = address, may_ask
    row.save(update_fields=["address", "may_ask"])
    _add(row, services, stamp)
    return row


@action(policy.may_make_referral)
def note_gap(
    need: Need | None,
    *,
    need_text: str = "",
    language: str = "en",
    owner: Party,
    ward: District | None = None,
    stamp: Stamp,
) -> Matter:
    """Say that nothing we know fits a need, so that planning sees it.

    Refuses: no need; a colleague's ward; what `open_matter` refuses. Records: `MatterOpened`,
    `ReferralEnded` and `MatterClosed`.
    """
    row = _opened(need, need_text, rules.TOLD, language, owner, ward, stamp)
    return _end(row, rules.NOTHING_FITS, "", stamp, closer=replace(stamp, actor=SYSTEM))


@action(policy.may_carry_referral)
def refer_elsewhere(
    matter: Matter, *, services: Sequence[ListedService], stamp: Stamp
) -> ServiceReferral:
    """Send the same person to another service, because the first did not help.

    Refuses: a referral that is over; a service they were sent to already; more than fit on a
    sheet. Records: `ReferralMade` and `NextStepSet`.
    """
    row = _open(matter)
    there = set(row.lines.values_list("service", flat=True))
    rules.check_services(len(services), already=len(there))
    if there & {service.pk for service in services}:
        raise Refused("already_there", "They were sent there already.", field="services")
    row.ask_on = localdate(stamp.at) + rules.ASK_AFTER
    row.save(update_fields=["ask_on"])
    _add(row, services, stamp)
    set_next_step(matter, next_on=row.ask_on, next_step=rules.ASK_STEP, stamp=stamp)
    return row


@action(policy.may_carry_referral)
def note_answers(
    matter: Matter, *, answers: Mapping[int, str], by_link: bool = False, stamp: Stamp
) -> ServiceReferral:
    """Write down whether the services helped; what helped ends the referral.

    ``answers`` are by the number of the line. Where nothing helped, the owner is to suggest
    another service or count a gap. Refuses: a referral that is over; no answer; one that is
    none. Records: `ReferralAnswered`, and `MatterClosed` or `NextStepSet`.
    """
    row = _open(matter)
    lines = [line for line in row.lines.select_related("service") if answers.get(line.pk)]
    if not lines:
        raise Refused("nothing_said", "Say of one service at least whether it helped.")
    for line in lines:
        line.answer = rules.check_help(answers[line.pk])
        line.answered_on = localdate(stamp.at)
        line.save(update_fields=["answer", "answered_on"])
    row.answered_at, row.answered_by_link = stamp.at, by_link
    row.save(update_fields=["answered_at", "answered_by_link"])
    said = tuple(f"{line.service.name}: {rules.HELP_ANSWERS[line.answer]}" for line in lines)
    fact = facts.ReferralAnswered(**matter_words(matter), answers=said, by_link=by_link)
    record(fact, stamp=stamp)
    end = rules.ends_with(row.lines.values_list("answer", flat=True))
    if end:
        _end(row, end, "; ".join(said), stamp)
    elif not row.lines.filter(answer="").exists():
        today = localdate(stamp.at)
        set_next_step(matter, next_on=today, next_step=rules.AGAIN_STEP, stamp=stamp)
    return row


@action(policy.may_answer_referral_by_link)
def answer_referral_by_link(
    _: None, *, token: str, answers: Mapping[int, str], stamp: Stamp
) -> ServiceReferral:
    """Say by the mailed link whether the services helped; the link is good for one answer.

    Refuses: `key_closed` where the link opens nothing any more; what `note_answers` refuses.
    Records: `KeySpent`, and the answer.
    """
    key = spend_key(None, token=token, purpose=rules.HELPED_LINK, stamp=stamp)
    matter = Matter.objects.filter(pk=int(key.key), kind=rules.SERVICE_REFERRAL).first()
    if key.noun != "matter" or matter is None:
        raise NotFound(f"no referral {key.key}")
    own = replace(stamp, actor=SYSTEM)
    return note_answers(matter, answers=answers, by_link=True, stamp=own)


@action(policy.may_carry_referral)
def end_referral(matter: Matter, *, outcome: str, text: str = "", stamp: Stamp) -> Matter:
    """End a referral without help: nothing fits, nobody to ask, or nothing more is wanted.

    Refuses: a referral that is over; an end that an answer gives. Records: `ReferralEnded` and
    `MatterClosed`.
    """
    if outcome not in rules.CLOSES:
        raise Refused("unknown_outcome", "Choose how it ended.", field="outcome")
    return _end(_open(matter), outcome, check_length(text, field="text", most=300), stamp)


def _opened(
    need: Need | None,
    need_text: str,
    way: str,
    language: str,
    owner: Party,
    ward: District | None,
    stamp: Stamp,
) -> ServiceReferral:
    said = need.name if need is not None else " ".join(need_text.split())[:120]
    if not said:
        raise Refused("need_missing", "Say what they need.", field="need")
    today = localdate(stamp.at)
    matter = open_matter(
        None,
        kind=rules.SERVICE_REFERRAL,
        title=rules.title_for(said),
        owner=owner,
        next_on=today + rules.ASK_AFTER,
        next_step=rules.ASK_STEP,
        ward=ward,
        stamp=stamp,
    )
    made: ServiceReferral = ServiceReferral.objects.create(
        matter=matter,
        need=need,
        need_text="" if need is not None else said,
        language=check_language(language),
        way=way,
        made_on=today,
        ask_on=today + rules.ASK_AFTER,
    )
    return made


def _add(row: ServiceReferral, services: Sequence[ListedService], stamp: Stamp) -> None:
    first = row.lines.count() + 1
    ReferredService.objects.bulk_create(
        ReferredService(referral=row, service=service, position=position)
        for position, service in enumerate(services, first)
    )
    fact = facts.ReferralMade(
        **matter_words(row.matter),
        need=row.need_name,
        services=tuple(service.name for service in services),
        service_ids=tuple(str(service.pk) for service in services),
        way_words=rules.WAYS[row.way],
    )
    record(fact, stamp=stamp)


def _end(
    row: ServiceReferral, outcome: str, text: str, stamp: Stamp, closer: Stamp | None = None
) -> Matter:
    """Close the matter; the address is needed no more and goes."""
    row.address = ""
    row.save(update_fields=["address"])
    words: Mapping[str, Any] = matter_words(row.matter)
    fact = facts.ReferralEnded(**words, outcome=rules.REFERRAL_ENDS[outcome], need=row.need_name)
    record(fact, stamp=stamp)
    return close_matter(row.matter, outcome=outcome, text=text, stamp=closer or stamp)


def _open(matter: Matter) -> ServiceReferral:
    if matter.state != "open":
        raise Refused("wrong_state", "This referral is over.")
    rows = ServiceReferral.objects.select_for_update(of=("self",), no_key=True)
    row: ServiceReferral = rows.get(matter=matter)
    row.matter = matter
    return row
