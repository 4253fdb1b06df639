"""Feeds: where requests come from."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.service_requests import facts, policy
from wardroom.service_requests.models import Feed


@action(policy.may_import)
def add_feed(
    subject: None, *, code: str, name: str, zone: str, schematic: bool = False, stamp: Stamp
) -> Feed:
    """Note a 311 system whose requests we mirror.

    Refuses: a code that exists. Records: `FeedAdded`.
    """
    if Feed.objects.filter(code=code).exists():
        raise Refused("code_taken", f"The feed {code} exists already.", field="code")
    feed = Feed.objects.create(code=code, name=name, zone=zone, schematic=schematic)
    record(facts.FeedAdded(feed_code=code, feed_name=name), stamp=stamp)
    return feed
