"""What was written to and fro about one thing."""

from __future__ import annotations

from wardroom.notices.models import Message, Received

MOST_EARLIER = 20
GONE_OUT = (Message.State.QUEUED, Message.State.SENT, Message.State.BOUNCED)


def earlier_ids(thread: str, address: str) -> tuple[str, ...]:
    """The Message-IDs of a thread to and from one address, oldest first; for the next header."""
    if not thread:
        return ()
    out = Message.objects.filter(thread=thread, to_address__iexact=address, state__in=GONE_OUT)
    back = Received.objects.filter(thread=thread, from_address__iexact=address)
    first = out.order_by("queued_at", "pk").values_list("queued_at", "message_id")[:1]
    rows = {
        *first,
        *out.order_by("-queued_at", "-pk").values_list("queued_at", "message_id")[:MOST_EARLIER],
        *back.order_by("-received_at", "-pk").values_list("received_at", "message_id")[
            :MOST_EARLIER
        ],
    }
    return tuple(message_id for _, message_id in sorted(rows))
