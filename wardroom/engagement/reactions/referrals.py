"""What follows when somebody is sent to services: the letter, and the question after five days."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from wardroom.access.actor import SYSTEM, Stamp
from wardroom.engagement.facts import ReferralAnswered, ReferralEnded, ReferralMade
from wardroom.engagement.models import ServiceReferral
from wardroom.engagement.rules import letters, referrals
from wardroom.library.queries import services_briefly
from wardroom.notices.actions import issue_key, queue_message, recall_message
from wardroom.notices.models import Message

TIME_TO_TAKE_BACK = timedelta(seconds=30)


def send_referral(fact: ReferralMade, *, entry_id: int, stamp: Stamp) -> None:
    """Write the services to whoever asked for them, in their language first.

    They wait for it, so it goes out at night, too. Where they agreed to it, a second letter
    waits five days and asks whether it helped.
    """
    row = ServiceReferral.objects.select_related("matter").get(matter=fact.matter_id)
    if not row.address:
        return
    told = services_briefly([UUID(key) for key in fact.service_ids])
    subject, text = letters.referral_letter(told, language=row.language)
    soon = stamp.at + TIME_TO_TAKE_BACK
    _write(row, subject, text, "services", entry_id, soon, stamp, urgent=True)
    if row.may_ask:
        _recall_asking(row, stamp)
        later = stamp.at + referrals.ASK_AFTER
        subject, text = letters.asking_letter(_link(row, later, stamp), language=row.language)
        _write(row, subject, text, "asking", entry_id, later, stamp)


def stop_asking_the_answered(fact: ReferralAnswered, *, entry_id: int, stamp: Stamp) -> None:
    """Nobody is asked by mail what they said already, of each service."""
    row = ServiceReferral.objects.get(matter=fact.matter_id)
    if not row.lines.filter(answer="").exists():
        _recall_asking(row, stamp)


def stop_asking(fact: ReferralEnded, *, entry_id: int, stamp: Stamp) -> None:
    """Nobody is asked whether it helped once the referral is over."""
    _recall_asking(ServiceReferral.objects.get(matter=fact.matter_id), stamp)


def _write(
    row: ServiceReferral,
    subject: str,
    text: str,
    what: str,
    entry_id: int,
    after: datetime,
    stamp: Stamp,
    *,
    urgent: bool = False,
) -> None:
    queue_message(
        None,
        entry_id=entry_id,
        to_name="",
        to_address=row.address,
        subject=subject,
        text=text,
        key=f"{entry_id}:referral {what}:{row.pk}",
        thread=f"matter:{row.matter_id}",
        send_after=after,
        urgent=urgent,
        stamp=stamp,
    )


def _link(row: ServiceReferral, later: datetime, stamp: Stamp) -> str:
    key = issue_key(
        None,
        purpose=referrals.HELPED_LINK,
        noun="matter",
        key=str(row.matter_id),
        holder=row.address,
        expires_at=later + referrals.LINK_FOR,
        single_use=True,
        stamp=stamp,
    )
    path = reverse("helped", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{key.pk}}}}}")
    return f"{settings.SITE}{path}"


def _recall_asking(row: ServiceReferral, stamp: Stamp) -> None:
    waiting = Message.objects.filter(
        thread=f"matter:{row.matter_id}",
        key__endswith=f":referral asking:{row.pk}",
        state=Message.State.QUEUED,
        attempts=0,
    )
    for message in waiting:
        recall_message(message, stamp=replace(stamp, actor=SYSTEM))
