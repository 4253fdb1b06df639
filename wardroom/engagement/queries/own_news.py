"""What somebody without an account sees by the link in the own mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardroom.engagement.models import Subscriber, Subscription
from wardroom.engagement.queries.naming import words_of
from wardroom.engagement.rules.subscriptions import CONFIRM, NEWS_LINK
from wardroom.engagement.rules.tongues import Tongue, tongue_of
from wardroom.notices.queries import open_key


@dataclass(frozen=True)
class OwnWish:
    """One area somebody gets news about; ``lost`` says that they have to choose again."""

    id: int
    area: str
    frequency: str
    often: str
    topics: tuple[str, ...]
    lost: bool


@dataclass(frozen=True)
class OwnNews:
    """Everything that goes to one mailbox, in the language its owner chose."""

    address: str
    tongue: Tongue
    rows: tuple[OwnWish, ...]
    stopped: bool


@dataclass(frozen=True)
class WishToConfirm:
    """What waits for the owner of a mailbox to say yes to it."""

    address: str
    tongue: Tongue
    wish: OwnWish
    shown: str


def own_news(token: str, *, at: datetime) -> OwnNews:
    """What the bearer of a standing link gets. Refuses: `key_closed`."""
    held = open_key(token, purpose=NEWS_LINK, at=at)
    one = Subscriber.objects.get(pk=int(held.key))
    tongue = tongue_of(one.language)
    rows = one.subscriptions.filter(confirmed_at__isnull=False, ended_at=None)
    return OwnNews(
        address=one.address,
        tongue=tongue,
        rows=tuple(_wish(row, tongue) for row in rows.select_related("district").order_by("pk")),
        stopped=one.stopped_at is not None,
    )


def wish_to_confirm(token: str, *, at: datetime) -> WishToConfirm:
    """What a link in a mailbox asks to be confirmed. Refuses: `key_closed`."""
    held = open_key(token, purpose=CONFIRM, at=at)
    row = Subscription.objects.select_related("subscriber", "district").get(pk=int(held.key))
    tongue = tongue_of(row.language or row.subscriber.language)
    return WishToConfirm(row.subscriber.address, tongue, _wish(row, tongue), row.shown)


def _wish(row: Subscription, tongue: Tongue) -> OwnWish:
    return OwnWish(
        id=row.pk,
        area=words_of(tongue, row),
        frequency=row.frequency,
        often=tongue.pages.frequencies[row.frequency],
        topics=tuple(row.topics),
        lost=row.lost_at is not None,
    )
