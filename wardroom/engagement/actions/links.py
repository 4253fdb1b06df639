"""The links that news carries: confirm once, and the standing one to see, change and stop."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import policy
from wardroom.engagement.models import Subscriber, Subscription
from wardroom.engagement.rules import subscriptions as rules
from wardroom.engagement.rules.digests import Mail
from wardroom.notices.actions import issue_key, queue_message
from wardroom.notices.models import Key, Message


def confirm_link(wish: Subscription, *, stamp: Stamp) -> str:
    """The address at which a wish is confirmed."""
    return _address("news_confirm", confirm_key(wish, stamp=stamp).pk)


def confirm_key(wish: Subscription, *, stamp: Stamp) -> Key:
    """The key of that address, good for a week and once."""
    return issue_key(
        None,
        purpose=rules.CONFIRM,
        noun="subscription",
        key=str(wish.pk),
        holder=wish.subscriber.address,
        expires_at=stamp.at + rules.CONFIRM_FOR,
        single_use=True,
        stamp=stamp,
    )


def standing_link(one: Subscriber, *, page: str = "news_mine", stamp: Stamp) -> str:
    """The address of a subscriber's own page, made when it is needed first."""
    if one.link is None or one.link.revoked_at or one.link.expires_at <= stamp.at:
        one.link = give_link(one, stamp=stamp).link
    assert one.link is not None
    return _address(page, one.link.pk)


@action(policy.may_send_news)
def give_link(subscriber: Subscriber, *, stamp: Stamp) -> Subscriber:
    """Make the link by which a subscriber sees, changes and stops everything.

    Refuses: nothing. Records: `KeyIssued`.
    """
    subscriber.link = issue_key(
        None,
        purpose=rules.NEWS_LINK,
        noun="subscriber",
        key=str(subscriber.pk),
        holder=subscriber.address,
        expires_at=stamp.at + rules.LINK_FOR,
        stamp=stamp,
    )
    subscriber.save(update_fields=["link"])
    return subscriber


def queue_news(
    one: Subscriber,
    mail: Mail,
    *,
    entry_id: int,
    key: str,
    urgent: bool = False,
    stamp: Stamp,
) -> Message:
    """Put a letter to a subscriber into the outbox, with the way to stop it by one click."""
    return queue_message(
        None,
        entry_id=entry_id,
        to_name="",
        to_address=one.address,
        subject=mail.subject,
        text=mail.text,
        key=key,
        urgent=urgent,
        on_list=f"subscriber:{one.pk}",
        unsubscribe=standing_link(one, page="news_stop", stamp=stamp),
        stamp=stamp,
    )


def _address(page: str, key_id: int) -> str:
    path = reverse(page, args=["TOKEN"]).replace("TOKEN", f"{{{{key:{key_id}}}}}")
    return f"{settings.SITE}{path}"
