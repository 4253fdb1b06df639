"""A notice to the members of a group, in plain text, each with its own link to leave."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.calendar.models import Event
from wardroom.engagement import facts, policy
from wardroom.engagement.actions.groups import group_words
from wardroom.engagement.models import Group, GroupNotice
from wardroom.engagement.queries.members import addresses_of_members
from wardroom.engagement.rules import groups as rules
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record


@action(policy.may_keep_group)
def send_group_notice(
    group: Group, *, subject: str, text: str, event: Event | None = None, stamp: Stamp
) -> GroupNotice:
    """Send a notice to the members of a group who said that they may be invited.

    Refuses: no subject or words; a meeting of somebody else; nobody who may be written to;
    the same words twice on a day. Records: `GroupNoticeSent`.
    """
    subject, text = rules.check_notice(subject, text)
    if event is not None and event.host_id != group.party_id:
        raise Refused("other_meeting", "This is not a meeting of this group.", field="event")
    today = localdate(stamp.at)
    if group.notices.filter(text=text, subject=subject, sent_at__date=today).exists():
        raise Refused("already_sent", "These words went out today already.", field="text")
    reached = addresses_of_members(group.party_id, on=today)
    if not reached:
        raise Refused(
            "nobody_to_write_to",
            "No member has an e-mail address that may be used for invitations.",
        )
    made: GroupNotice = GroupNotice.objects.create(
        group=group,
        event=event,
        subject=subject,
        text=text,
        addresses=len(reached),
        sent_at=stamp.at,
        sent_by=stamp.actor.name,
    )
    fact = facts.GroupNoticeSent(
        **group_words(group), notice_id=made.pk, subject=subject, addresses=len(reached)
    )
    record(fact, stamp=stamp)
    return made
