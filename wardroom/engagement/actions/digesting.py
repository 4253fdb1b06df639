"""Writing one digest: once a period, only of what became public since the last, or none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.links import queue_news, standing_link
from wardroom.engagement.models import Digest, Subscriber, Subscription
from wardroom.engagement.queries.consenting import hindrances
from wardroom.engagement.queries.naming import words_of
from wardroom.engagement.rules import subscriptions as rules
from wardroom.engagement.rules.digests import Covered, digest_mail, fresh, shared_out
from wardroom.engagement.rules.tongues import Tongue, tongue_of
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.rules.news import PublicNews

REMEMBERED = 12


@action(policy.may_send_news)
def write_digest(
    subscriber: Subscriber, *, frequency: str, news: Collection[PublicNews], stamp: Stamp
) -> Digest:
    """Write what is new to a subscriber into one mail, in the language they chose.

    ``news`` is what became public lately. Where nothing of it is new in the areas they chose
    there is no mail, and the receipt says so. What is too much for one mail comes in the next.
    Refuses: `already_written` for this period; one
    who may not be written to; one with no area of this frequency. Records: `DigestMade`.
    """
    today = localdate(stamp.at)
    period = rules.period_of(frequency, today)
    digests = subscriber.digests.filter(frequency=frequency)
    if digests.filter(period=period).exists():
        raise Refused("already_written", f"The digest for {period} was written.")
    why = hindrances([subscriber])[subscriber.pk]
    if why:
        raise Refused("not_wanted", why)
    rows = _live(subscriber, frequency)
    if not rows:
        raise Refused("no_area", "They get no news of this frequency.")
    tongue = tongue_of(subscriber.language)
    areas = [covered(tongue, row) for row in rows]
    last = list(digests.order_by("-until_at")[:REMEMBERED])
    told = {key for digest in last for key in digest.told}
    new = fresh(news, areas, last_at=last[0].until_at if last else None, told=told)
    found, rest = shared_out(new)
    made: Digest = Digest.objects.create(
        subscriber=subscriber,
        frequency=frequency,
        period=period,
        until_at=min((piece.at for piece in rest), default=stamp.at),
        told=[piece.key for piece in found],
    )
    entry = record(
        facts.DigestMade(
            subscriber=subscriber.pk,
            party_id=subscriber.party_id,
            digest=made.pk,
            frequency=frequency,
            period=period,
            pieces=len(found),
        ),
        stamp=stamp,
    )
    if found:
        _send(made, tongue, found, areas, entry_id=entry.pk, stamp=stamp)
    return made


def _send(
    made: Digest,
    tongue: Tongue,
    found: Collection[PublicNews],
    areas: Collection[Covered],
    *,
    entry_id: int,
    stamp: Stamp,
) -> None:
    mail = digest_mail(
        tongue,
        found,
        areas,
        today=localdate(stamp.at),
        asked_on=localdate(min(area.since_at for area in areas)),
        link=standing_link(made.subscriber, stamp=stamp),
    )
    key = f"digest:{made.subscriber_id}:{made.frequency}:{made.period}"
    made.message = queue_news(made.subscriber, mail, entry_id=entry_id, key=key, stamp=stamp)
    made.save(update_fields=["message"])


def covered(tongue: Tongue, row: Subscription) -> Covered:
    """The area of one subscription, in words of this language."""
    since: datetime | None = row.confirmed_at
    assert since is not None
    return Covered(
        area=row.area,
        words=words_of(tongue, row),
        since_at=since,
        kind=row.kind,
        code=row.district.code if row.district else "",
        ward_code=row.ward_code,
        district_id=row.district_id,
        latitude=row.latitude,
        longitude=row.longitude,
        metres=row.metres,
        topics=frozenset(row.topics),
    )


def _live(subscriber: Subscriber, frequency: str) -> list[Subscription]:
    rows = subscriber.subscriptions.filter(
        frequency=frequency, confirmed_at__isnull=False, ended_at=None, lost_at=None
    )
    return list(rows.select_related("district").order_by("pk"))
