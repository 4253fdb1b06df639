"""What a hiring wants of its keeper and its panel, each in their own list.

A list names the posting alone.
"""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import hold
from wardroom.directory.models import Party
from wardroom.hiring.models import Posting
from wardroom.hiring.queries.filling import has_loose_ends, lacks_panel
from wardroom.hiring.queries.panels import applied_in, points_due
from wardroom.hiring.rules.postings import CLOSED, ENDED, LOOK_AT_HIRING
from wardroom.matters.actions.waiting import wait_for
from wardroom.matters.rules import PANEL_NOUN, Wait, points_wait, seat_waits

APPLIED = "Somebody applied with this address"
NOT_THEY = "If it was not they, they withdraw it by the link that was mailed to them."


def keep_hiring_waiting(posting: Posting, stamp: Stamp) -> None:
    """Put a hiring into its keeper's list while something in it is for them to decide.

    That is an application that gives an address of the panel, a panel that lost all its members,
    and, once all are appointed who were to be, a posting that is still open or somebody who was
    told nothing. The list says
    that there is something to decide, and no more: others read lists too. Called by every
    change that may begin or end it; two of them at once follow each other, each by what the
    other left.
    """
    hold(posting)
    posting = Posting.objects.get(pk=posting.pk)
    decides = bool(applied_in(posting)) or has_loose_ends(posting) or lacks_panel(posting)
    wait_for(
        LOOK_AT_HIRING,
        str(posting.pk),
        Wait("hiring_look", localdate(stamp.at)) if decides else None,
        party=Party.objects.filter(user=posting.keeper_id).first(),
        title=f"Hiring: {posting.title}",
        stamp=stamp,
    )
    _keep_panel_waiting(posting, stamp)


def _keep_panel_waiting(posting: Posting, stamp: Stamp) -> None:
    """Tell each member that they sit there, and when something waits for their points.

    They alone see it, for who sits on a panel is nobody else's business.
    """
    over, due = posting.state in ENDED, points_due(posting)
    begun = posting.applications.filter(number__isnull=False).exists()
    seat = (
        None
        if over or begun or posting.state == CLOSED
        else seat_waits(posting.opens_on, posting.closes_on)
    )
    panel, members = posting.panel, set(posting.members.values_list("user_id", flat=True))
    parties = {party.user_id: party for party in Party.objects.filter(user__in=members)}
    for user_id in sorted(members):
        waits = points_wait(due[user_id]) if user_id in due and not over else seat
        wait_for(
            PANEL_NOUN,
            f"{posting.pk}-{user_id}",
            waits if user_id in panel else None,
            party=parties.get(user_id),
            title=f"Panel: {posting.title}",
            stamp=stamp,
        )
