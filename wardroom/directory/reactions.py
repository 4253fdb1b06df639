"""What follows in the directory: who was invited gets a link; an address that bounced is marked."""

from __future__ import annotations

from datetime import datetime, time

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import make_aware

from wardroom.access.actor import Stamp
from wardroom.access.gate import hold
from wardroom.directory import rules
from wardroom.directory.actions import mark_bounced
from wardroom.directory.actions.hiring import close_sign_in_links
from wardroom.directory.facts import (
    PasswordChanged,
    PersonInvited,
    RecoveryCodesMade,
    SecondFactorAdded,
    SecondFactorRemoved,
    SecondFactorsReset,
)
from wardroom.directory.models import Party
from wardroom.directory.rules import match_key
from wardroom.kernel.text import long_day
from wardroom.notices.actions import issue_key, queue_message
from wardroom.notices.facts import AddressBounced
from wardroom.notices.queries import address_of_message


def send_invitation(fact: PersonInvited, *, entry_id: int, stamp: Stamp) -> None:
    """Write to somebody who was hired, with the link by which the password is chosen.

    One link is open at a time, however many were ordered: this one closes those before.
    """
    ends_at = make_aware(datetime.combine(fact.until_on, time(23, 59)))
    if ends_at <= stamp.at:
        return  # the worker stood still for a week: a new link has to be sent
    person = Party.objects.get(pk=fact.party_id)
    hold(person)
    close_sign_in_links(person, stamp=stamp)
    key = issue_key(
        None,
        purpose=rules.WELCOME,
        noun="party",
        key=str(fact.party_id),
        holder=fact.email,
        expires_at=ends_at,
        single_use=True,
        stamp=stamp,
    )
    page = reverse("welcome", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{key.pk}}}}}")
    queue_message(
        None,
        entry_id=entry_id,
        to_name=fact.party_name,
        to_address=fact.email,
        subject="Your sign-in to Wardroom",
        text=(
            f"You can sign in to Wardroom as {fact.email}. Choose your password here; the link "
            f"works once, until {long_day(fact.until_on)}:\n\n{settings.SITE}{page}\n\n"
            "If you did not expect this, do nothing and tell the office.\n"
        ),
        urgent=True,
        stamp=stamp,
    )


def tell_of_sign_in(
    fact: SecondFactorAdded
    | SecondFactorRemoved
    | SecondFactorsReset
    | RecoveryCodesMade
    | PasswordChanged,
    *,
    entry_id: int,
    stamp: Stamp,
) -> None:
    """Write to somebody that the way they sign in has changed, in case it was not them."""
    person = Party.objects.select_related("user").get(pk=fact.party_id)
    if person.user is None or not person.user.is_active:
        return
    queue_message(
        None,
        entry_id=entry_id,
        to_name=person.name,
        to_address=person.user.email,
        subject="Your sign-in to Wardroom was changed",
        text=(
            f"{fact.sentence()}.\n\nIf that was you, or was agreed with you, there is nothing to "
            "do. If not, tell the director's office at once: somebody else may be at your "
            "sign-in. Nobody will ask you for a password or a code by mail.\n"
        ),
        urgent=True,
        stamp=stamp,
    )


def mark_address(fact: AddressBounced, *, entry_id: int, stamp: Stamp) -> None:
    """Mark an address that came back for good, at everybody who has it."""
    if not fact.hard:
        return
    key = match_key("email", address_of_message(fact.message))
    holders = Party.objects.filter(
        contact_points__channel="email",
        contact_points__match=key,
        contact_points__bounced_at=None,
        contact_points__ended_at=None,
    )
    for party in holders.distinct().order_by("pk"):
        mark_bounced(party, channel="email", value=key, reason=fact.reason, stamp=stamp)
