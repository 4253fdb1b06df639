"""What follows in the work with the community, later and in a worker."""

from __future__ import annotations

from wardroom.engagement.reactions.bodies import (
    call_off_body_meeting,
    file_published_minutes,
    move_body_clocks,
    send_body_notice,
    tell_body_cancelled,
)
from wardroom.engagement.reactions.groups import write_group_notice
from wardroom.engagement.reactions.news import (
    end_bounced_news,
    send_confirmation,
    tell_moved_back,
    welcome_subscriber,
)
from wardroom.engagement.reactions.referrals import (
    send_referral,
    stop_asking,
    stop_asking_the_answered,
)
from wardroom.engagement.reactions.visits import call_off_request

__all__ = [
    "call_off_body_meeting",
    "call_off_request",
    "end_bounced_news",
    "file_published_minutes",
    "move_body_clocks",
    "send_body_notice",
    "send_confirmation",
    "send_referral",
    "stop_asking",
    "stop_asking_the_answered",
    "tell_body_cancelled",
    "tell_moved_back",
    "welcome_subscriber",
    "write_group_notice",
]
