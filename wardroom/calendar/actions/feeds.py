"""Calendar feeds: a secret address for one person, made, shown once, and closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy
from wardroom.calendar.queries.feeds import FEED, FEED_NOUN
from wardroom.calendar.rules.feeds import DUTY, MINE, WARD, feed_key
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.notices.actions import issue_key, revoke_keys
from wardroom.notices.gateways import key_token

GOOD_FOR = timedelta(days=2 * 365)


@action(policy.may_open_feed)
def open_feed(party: Party, *, ward_code: str = "", duty: bool = False, stamp: Stamp) -> str:
    """Make a secret address for a calendar program: your events, a ward's, or all shifts.

    Returns its token, which is kept nowhere and is shown this once; one that was made before
    for the same feed opens nothing from now on. What the feed tells is what its holder may
    see on the day on which it is read.
    Refuses: a ward out of reach. Records: `FeedOpened`, `KeyIssued`.
    """
    if ward_code and not policy.may_see_team(stamp.actor, ward_code):
        raise Refused("other_ward", "You cannot see this ward's calendar.", field="ward_code")
    key = _key(party, ward_code, duty=duty)
    try:
        revoke_keys(None, noun=FEED_NOUN, key=key, purpose=FEED, stamp=stamp)
    except Refused as no:
        if no.code != "no_keys":
            raise
    made = issue_key(
        None,
        purpose=FEED,
        noun=FEED_NOUN,
        key=key,
        holder=party.name,
        expires_at=stamp.at + GOOD_FOR,
        stamp=stamp,
    )
    record(facts.FeedOpened(**_words(party, ward_code, duty=duty)), stamp=stamp)
    return key_token(made.purpose, made.pk, made.nonce)


@action(policy.may_open_feed)
def close_feed(party: Party, *, ward_code: str = "", duty: bool = False, stamp: Stamp) -> None:
    """Close the secret address of a calendar feed, such as when a phone is lost.

    Refuses: `no_keys` where none is open. Records: `KeysRevoked`, `FeedClosed`.
    """
    key = _key(party, ward_code, duty=duty)
    revoke_keys(None, noun=FEED_NOUN, key=key, purpose=FEED, stamp=stamp)
    record(facts.FeedClosed(**_words(party, ward_code, duty=duty)), stamp=stamp)


def _key(party: Party, ward_code: str, *, duty: bool) -> str:
    assert party.user_id is not None
    return feed_key(party.user_id, DUTY if duty else WARD if ward_code else MINE, ward_code)


def _words(party: Party, ward_code: str, *, duty: bool) -> dict[str, Any]:
    of = f"Ward {ward_code}" if ward_code else "their own events"
    of = "the shifts of the office" if duty else of
    return {"party_id": party.pk, "party_name": party.name, "of": of}
