"""The public calendar: an event is in it only with words of its own."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar import facts, policy, rules
from wardroom.calendar.actions.words import event_words
from wardroom.calendar.models import Event, PublicWords
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters.actions.outside import check_for_the_public
from wardroom.matters.rules import check_length, check_text


@action(policy.may_publish_event)
def publish_event(event: Event, *, title: str, text: str = "", stamp: Stamp) -> PublicWords:
    """Put an event into the public calendar, in words that everybody may read.

    Where it takes place and when are told as the calendar has them, an address by its block.
    Refuses: an event that was canceled, or is about something restricted; no title; a
    resident, a house, or people who live outside in the words. Records: `EventPublished`.
    """
    if event.state == rules.CANCELLED:
        raise Refused("wrong_state", "This was canceled. It cannot be announced.")
    if event.matter is not None and event.matter.restricted:
        raise Refused("restricted", "This is about a restricted matter. It stays inside.")
    title = check_text(
        title, code="title_missing", sentence="Give it a title.", field="public_title", most=200
    )
    text = check_length(text, field="public_text", most=1000)
    check_for_the_public(title, field="public_title")
    check_for_the_public(text, field="public_text")
    row = PublicWords.objects.filter(event=event).first() or PublicWords(event=event, version=0)
    row.title, row.text, row.version = title, text, row.version + 1
    row.written_at, row.written_by, row.withdrawn_at = stamp.at, stamp.actor.name, None
    row.save()
    fact = facts.EventPublished(
        **event_words(event), public_title=title, text=text, version=row.version
    )
    record(fact, stamp=stamp)
    return row


@action(policy.may_publish_event)
def withdraw_public_words(event: Event, *, stamp: Stamp) -> PublicWords:
    """Take an event out of the public calendar; what stood there stays on record.

    Refuses: one that is not in it. Records: `PublicWordsWithdrawn`.
    """
    row = PublicWords.objects.filter(event=event, withdrawn_at__isnull=True).first()
    if row is None:
        raise Refused("wrong_state", "This is not in the public calendar.")
    row.withdrawn_at = stamp.at
    row.save(update_fields=["withdrawn_at"])
    record(facts.PublicWordsWithdrawn(**event_words(event)), stamp=stamp)
    return row
