"""What follows in the work with the community: a notice is written to each member."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.engagement.facts import GroupNoticeSent
from wardroom.engagement.models import GroupNotice
from wardroom.engagement.queries.members import addresses_of_members
from wardroom.engagement.rules import groups as rules
from wardroom.notices.actions import issue_key, queue_message
from wardroom.notices.rules import once_an_address


def write_group_notice(fact: GroupNoticeSent, *, entry_id: int, stamp: Stamp) -> None:
    """Write a notice to every member who may be written to, with the link by which one leaves."""
    notice = GroupNotice.objects.select_related("group").get(pk=fact.notice_id)
    reached = addresses_of_members(notice.group.party_id, on=localdate(notice.sent_at))
    once = once_an_address(reached.items(), lambda reader: reader[1][1])
    for party_id, (name, address) in once:
        key = issue_key(
            None,
            purpose=rules.LEAVE,
            noun="group_member",
            key=f"{notice.group_id}-{party_id}",
            holder=address,
            expires_at=stamp.at + rules.LEAVE_FOR,
            stamp=stamp,
        )
        page = reverse("leave_group", args=["TOKEN"]).replace("TOKEN", f"{{{{key:{key.pk}}}}}")
        queue_message(
            None,
            entry_id=entry_id,
            to_name=name,
            to_address=address,
            subject=notice.subject,
            text=_text(notice, fact.party_name, page),
            thread=f"party:{notice.group.party_id}",
            stamp=stamp,
        )


def _text(notice: GroupNotice, group: str, page: str) -> str:
    return (
        f"{notice.text}\n\n--\n{notice.sent_by}, Mayor's office of community relations\n"
        f"You get this because you joined {group}. Leave it here:\n{settings.SITE}{page}\n"
    )
