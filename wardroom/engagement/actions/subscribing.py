"""News: asked for, confirmed from the own mailbox, changed and stopped by link or by the office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.actions.consents import keep_consent
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.models import ContactPoint, Party
from wardroom.directory.queries.consents import points_allowed
from wardroom.directory.rules import PROGRESS, match_key
from wardroom.engagement import facts, policy
from wardroom.engagement.models import Agreement, Subscriber, Subscription
from wardroom.engagement.queries.areas import located
from wardroom.engagement.queries.naming import words_of
from wardroom.engagement.rules import subscriptions as rules
from wardroom.engagement.rules.tongues import check_tongue, tongue_of
from wardroom.kernel.errors import NotFound, Refused
from wardroom.ledger.actions import record
from wardroom.library.models import Topic
from wardroom.matters.rules import check_text
from wardroom.notices.actions import spend_key

OWN_PAGE = "on the public page"
OWN_LINK = "by the link in the own mailbox"
ENGLISH = tongue_of("en")


@action(policy.may_ask_for_news)
def ask_for_news(
    _: None, *, address: str, language: str, wanted: rules.Wanted, stamp: Stamp
) -> Subscription:
    """Ask for news about an area; nothing is sent until the link in the mailbox is confirmed.

    Refuses: an address that is none; an area, topic or language that is none; `too_many`
    where the same mailbox was asked for again and again today. Records: `NewsWanted`.
    """
    wish = _wish(None, address, language, wanted, how=OWN_PAGE, stamp=stamp)
    _tell(facts.NewsWanted, wish, stamp, how=OWN_PAGE)
    return wish


@action(policy.may_add_subscriber)
def add_subscriber(
    party: Party | None,
    *,
    address: str,
    language: str,
    wanted: rules.Wanted,
    how: str,
    stamp: Stamp,
) -> Subscription:
    """Write down that somebody wants news, and how they said so; their mailbox confirms it.

    Where a person already allowed this address for progress information, it begins at once.
    Refuses: no word of how they said it; one who stopped the news, since only they can start
    it again; what `ask_for_news` refuses. Records: `NewsWanted`, or `NewsConfirmed`.
    """
    how = check_text(
        how,
        code="how_missing",
        sentence="Say how they asked for it, such as: on the sheet at the meeting.",
        field="how",
        most=200,
    )
    before = Subscriber.objects.filter(match=match_key("email", address)).first()
    if before is not None and before.stopped_at is not None:
        raise Refused(
            "already_stopped",
            "This address stopped the news. Only its owner can start it again, on the public page.",
            field="address",
        )
    wish = _wish(party, address, language, wanted, how=how, stamp=stamp)
    if party is not None and _allows(party, address):
        return _confirm(wish, how=how, stamp=stamp)
    _tell(facts.NewsWanted, wish, stamp, how=how)
    return wish


@action(policy.may_answer_for_mailbox)
def confirm_news(_: None, *, token: str, stamp: Stamp) -> Subscription:
    """Confirm from the own mailbox that the news is wanted.

    Refuses: `key_closed` where the link opens nothing any more. Records: `KeySpent` and
    `NewsConfirmed`.
    """
    held = spend_key(None, token=token, purpose=rules.CONFIRM, stamp=stamp)
    rows = Subscription.objects.select_related("subscriber__party", "district")
    return _confirm(rows.get(pk=int(held.key)), how=OWN_LINK, stamp=stamp)


@action(policy.may_answer_for_mailbox)
def add_news(_: None, *, token: str, wanted: rules.Wanted, stamp: Stamp) -> Subscription:
    """Ask for news about one more area, by the link in the own mailbox; it begins at once.

    Refuses: `key_closed`; what `ask_for_news` refuses. Records: `KeySpent`, `NewsConfirmed`.
    """
    one = holder_of(token, stamp=stamp)
    wish = _wish(one.party, one.address, one.language, wanted, how=OWN_LINK, stamp=stamp)
    return _confirm(wish, how=OWN_LINK, stamp=stamp)


@action(policy.may_answer_for_mailbox)
def change_news(
    _: None,
    *,
    token: str,
    subscription_id: int,
    frequency: str,
    topics: tuple[str, ...],
    language: str,
    stamp: Stamp,
) -> Subscription:
    """Change how often somebody gets news, about what, and in which language.

    Refuses: `key_closed`; a frequency, topic or language that is none. Records: `KeySpent`
    and `NewsChanged`.
    """
    one = holder_of(token, stamp=stamp)
    row = _own(one, subscription_id)
    rules.check_often(frequency, topics)
    _check_topics(topics)
    row.frequency, row.topics = frequency, sorted(topics)
    row.save(update_fields=["frequency", "topics"])
    one.language = check_tongue(language)
    one.save(update_fields=["language"])
    _tell(facts.NewsChanged, row, stamp, subscription=None, frequency=frequency)
    return row


@action(policy.may_answer_for_mailbox)
def stop_news(
    _: None, *, token: str, subscription_id: int | None = None, stamp: Stamp
) -> Subscriber:
    """Stop the news of one area, or all of it for good, by the link in the own mailbox.

    Refuses: `key_closed`; `already_stopped`. Records: `KeySpent` and `NewsStopped`.
    """
    one = holder_of(token, stamp=stamp)
    if subscription_id is None:
        return _stop_all(one, how=OWN_LINK, stamp=stamp)
    row = _own(one, subscription_id)
    row.ended_at = stamp.at
    row.save(update_fields=["ended_at"])
    _tell(facts.NewsStopped, row, stamp, subscription=None, how=OWN_LINK)
    return one


@action(policy.may_add_subscriber)
def stop_subscriber(subscriber: Subscriber, *, how: str, stamp: Stamp) -> Subscriber:
    """Stop all news to somebody who told the office that they want no more.

    Refuses: no word of how they said it; `already_stopped`. Records: `NewsStopped`.
    """
    how = check_text(
        how, code="how_missing", sentence="Say how they told us.", field="how", most=200
    )
    return _stop_all(subscriber, how=how, stamp=stamp)


@action(policy.may_send_news)
def mark_subscriber_bounced(subscriber: Subscriber, *, reason: str, stamp: Stamp) -> None:
    """Send nothing more to an address from which mail came back for good.

    Refuses: `already_bounced`. Records: `SubscriberBounced`.
    """
    if subscriber.bounced_at is not None:
        raise Refused("already_bounced", "This address came back before.")
    subscriber.bounced_at = stamp.at
    subscriber.save(update_fields=["bounced_at"])
    fact = facts.SubscriberBounced(
        subscriber=subscriber.pk, party_id=subscriber.party_id, reason=reason[:300]
    )
    record(fact, stamp=stamp)


def holder_of(token: str, *, stamp: Stamp) -> Subscriber:
    """Whose standing link this is, held until the commit ends. Refuses: `key_closed`."""
    held = spend_key(None, token=token, purpose=rules.NEWS_LINK, stamp=stamp)
    rows = Subscriber.objects.select_for_update(of=("self",), no_key=True)
    found: Subscriber = rows.get(pk=int(held.key))
    return found


def _wish(
    party: Party | None,
    address: str,
    language: str,
    wanted: rules.Wanted,
    *,
    how: str,
    stamp: Stamp,
) -> Subscription:
    rules.check_wanted(wanted)
    _check_topics(wanted.topics)
    area = located(wanted, on=localdate(stamp.at))
    one = _subscriber(party, address, check_tongue(language), stamp)
    lately = one.subscriptions.filter(asked_at__gt=stamp.at - timedelta(days=1))
    if lately.count() >= rules.MOST_ASKED_A_DAY:
        raise Refused("too_many", "This was asked for often enough today.")
    made: Subscription = Subscription.objects.create(
        subscriber=one,
        area=wanted.area,
        kind=area.kind,
        district=area.district,
        ward_code=area.ward_code,
        where=area.where,
        latitude=area.latitude,
        longitude=area.longitude,
        metres=wanted.metres if wanted.area == rules.AROUND else 0,
        topics=sorted(wanted.topics),
        frequency=wanted.frequency,
        shown=tongue_of(language).pages.consent,
        language=language,
        how=how,
        asked_at=stamp.at,
        asked_by=stamp.actor.name[:120],
    )
    return made


def _subscriber(party: Party | None, address: str, language: str, stamp: Stamp) -> Subscriber:
    address = address.strip()
    check_email(address, field="address")
    one, made = Subscriber.objects.get_or_create(
        match=match_key("email", address),
        defaults={
            "address": address,
            "language": language,
            "party": party,
            "asked_at": stamp.at,
        },
    )
    if not made and one.party is None and party is not None:
        one.party = party
        one.save(update_fields=["party"])
    return one


def _confirm(row: Subscription, *, how: str, stamp: Stamp) -> Subscription:
    one = row.subscriber
    one.confirmed_at = stamp.at
    one.stopped_at, one.stopped_how, one.bounced_at = None, "", None
    one.language = row.language or one.language
    one.save(update_fields=["confirmed_at", "stopped_at", "stopped_how", "bounced_at", "language"])
    row.confirmed_at, row.ended_at = stamp.at, None
    row.save(update_fields=["confirmed_at", "ended_at"])
    _agree(one, given=True, shown=row.shown, how=how, stamp=stamp)
    _tell(facts.NewsConfirmed, row, stamp, how=how)
    return row


def _stop_all(one: Subscriber, *, how: str, stamp: Stamp) -> Subscriber:
    """Stop everything; what the directory holds of the same address is refused with it."""
    if one.stopped_at is not None:
        raise Refused("already_stopped", "Nothing is sent to this address any more.")
    one.stopped_at, one.stopped_how = stamp.at, how
    one.save(update_fields=["stopped_at", "stopped_how"])
    one.subscriptions.filter(ended_at__isnull=True).update(ended_at=stamp.at)
    _agree(one, given=False, shown="", how=how, stamp=stamp)
    for point in ContactPoint.objects.filter(channel="email", match=one.match, ended_at=None):
        keep_consent(point, purpose=PROGRESS, given=False, how=how, stamp=stamp)
    fact = facts.NewsStopped(subscriber=one.pk, party_id=one.party_id, area="", how=how)
    record(fact, stamp=stamp)
    return one


def _agree(one: Subscriber, *, given: bool, shown: str, how: str, stamp: Stamp) -> None:
    """Keep what was said, and with it the permission of the person whose address this is."""
    Agreement.objects.create(
        subscriber=one,
        given=given,
        shown=shown,
        language=one.language,
        how=how,
        at=stamp.at,
        by=stamp.actor.name[:120],
    )
    if given and one.party is not None:
        points = ContactPoint.objects.filter(
            party=one.party, channel="email", match=one.match, ended_at=None
        )
        for point in points.order_by("pk"):
            keep_consent(point, purpose=PROGRESS, given=True, how=how, stamp=stamp)


def _allows(party: Party, address: str) -> bool:
    allowed = points_allowed([party.pk], purpose=PROGRESS, channel="email").get(party.pk, "")
    return match_key("email", allowed) == match_key("email", address)


def _own(one: Subscriber, subscription_id: int) -> Subscription:
    rows = Subscription.objects.select_related("subscriber", "district")
    row: Subscription | None = rows.filter(
        subscriber=one, pk=subscription_id, confirmed_at__isnull=False, ended_at=None
    ).first()
    if row is None:
        raise NotFound(f"no subscription {subscription_id}")
    return row


def _check_topics(codes: tuple[str, ...]) -> None:
    if Topic.objects.filter(code__in=codes).count() != len(set(codes)):
        raise Refused("unknown_topic", "Choose topics from the list.", field="topics")


def _tell(kind: type[facts.SubscriberFact], row: Subscription, stamp: Stamp, **more: Any) -> None:
    one = row.subscriber
    more.setdefault("subscription", row.pk)
    given = {name: value for name, value in more.items() if value is not None}
    fact = kind(
        subscriber=one.pk,
        party_id=one.party_id,
        ward_code=row.ward_code,
        **{"area": words_of(ENGLISH, row), **given},
    )
    record(fact, stamp=stamp)
