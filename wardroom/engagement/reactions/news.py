"""What follows in the work with the community: links go to mailboxes, bounces end the mail."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.directory.rules import match_key
from wardroom.engagement.actions import mark_subscriber_bounced
from wardroom.engagement.actions.links import confirm_link, queue_news, standing_link
from wardroom.engagement.facts import NewsConfirmed, NewsWanted, SubscriberMovedBack
from wardroom.engagement.models import AreaMove, Subscriber, Subscription
from wardroom.engagement.queries.consenting import hindrances
from wardroom.engagement.queries.naming import words_of
from wardroom.engagement.rules.boundaries import back_mail
from wardroom.engagement.rules.digests import Mail
from wardroom.engagement.rules.subscriptions import CONFIRM_FOR
from wardroom.engagement.rules.tongues import tongue_of
from wardroom.notices.actions import queue_message
from wardroom.notices.facts import AddressBounced
from wardroom.notices.queries import address_of_message


def send_confirmation(fact: NewsWanted, *, entry_id: int, stamp: Stamp) -> None:
    """Send the link by which the owner of a mailbox confirms that the news is wanted."""
    row = _wish(fact.subscription)
    one, tongue = row.subscriber, tongue_of(row.language or row.subscriber.language)
    area = words_of(tongue, row)
    ends_on = localdate(stamp.at + CONFIRM_FOR)
    text = tongue.mail.confirm.format(
        area=area, link=confirm_link(row, stamp=stamp), day=tongue.day(ends_on)
    )
    queue_message(
        None,
        entry_id=entry_id,
        to_name="",
        to_address=one.address,
        subject=tongue.mail.confirm_subject.format(area=area),
        text=text,
        key=f"news-confirm:{row.pk}",
        urgent=True,
        stamp=stamp,
    )


def welcome_subscriber(fact: NewsConfirmed, *, entry_id: int, stamp: Stamp) -> None:
    """Send the standing link by which a subscriber sees, changes and stops everything."""
    row = _wish(fact.subscription)
    one, tongue = row.subscriber, tongue_of(row.subscriber.language)
    area = words_of(tongue, row)
    text = tongue.mail.welcome.format(area=area, link=standing_link(one, stamp=stamp))
    mail = Mail(tongue.mail.welcome_subject.format(area=area), text)
    queue_news(one, mail, entry_id=entry_id, key=f"news-welcome:{row.pk}", urgent=True, stamp=stamp)


def end_bounced_news(fact: AddressBounced, *, entry_id: int, stamp: Stamp) -> None:
    """Send nothing more to a subscriber whose address came back for good."""
    match = match_key("email", address_of_message(fact.message))
    one = Subscriber.objects.filter(match=match, bounced_at=None).first()
    if fact.hard and one is not None:
        mark_subscriber_bounced(one, reason=fact.reason, stamp=stamp)


def tell_moved_back(fact: SubscriberMovedBack, *, entry_id: int, stamp: Stamp) -> None:
    """Tell a subscriber who was told of new boundaries that they were a mistake."""
    move = AreaMove.objects.select_related("subscription__subscriber__link", "before").get(
        pk=fact.move
    )
    row, one = move.subscription, move.subscription.subscriber
    if move.message is None or row.confirmed_at is None or hindrances([one])[one.pk]:
        return
    mail = back_mail(
        tongue_of(one.language),
        kind=row.kind,
        before=move.before.code,
        asked_on=localdate(row.confirmed_at),
        link=standing_link(one, stamp=stamp),
    )
    queue_news(one, mail, entry_id=entry_id, key=f"area-back:{move.pk}", stamp=stamp)


def _wish(subscription_id: int) -> Subscription:
    rows = Subscription.objects.select_related("subscriber__link", "district")
    found: Subscription = rows.get(pk=subscription_id)
    return found
