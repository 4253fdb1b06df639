"""What was written to and fro about one thing, and whose thread a message in belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils.timezone import localdate

from wardroom.access.actor import APART
from wardroom.kernel.facts import HIRING
from wardroom.notices.gateways import is_recognised, token_digest
from wardroom.notices.models import Message, Received
from wardroom.notices.rules.receiving import (
    LIKE_WITHIN,
    NOBODY,
    Looked,
    Mail,
    same_subject,
    speaks_of,
    tag_of,
    without_tag,
)

MOST_EARLIER = 20
GONE_OUT = (Message.State.QUEUED, Message.State.SENT, Message.State.BOUNCED)


def earlier_ids(thread: str, address: str) -> tuple[str, ...]:
    """The Message-IDs of a thread to and from one address, oldest first; for the next header."""
    if not thread:
        return ()
    out = Message.objects.filter(thread=thread, to_address__iexact=address, state__in=GONE_OUT)
    back = Received.objects.filter(thread=thread, from_address__iexact=address)
    back = back.filter(message_id__startswith="<")
    first = out.order_by("queued_at", "pk").values_list("queued_at", "message_id")[:1]
    rows = {
        *first,
        *out.order_by("-queued_at", "-pk").values_list("queued_at", "message_id")[:MOST_EARLIER],
        *back.order_by("-received_at", "-pk").values_list("received_at", "message_id")[
            :MOST_EARLIER
        ],
    }
    return tuple(message_id for _, message_id in sorted(rows))


def own_addresses() -> frozenset[str]:
    """The addresses that the house itself writes from, in small letters."""
    named = (settings.DEFAULT_FROM_EMAIL, settings.INBOUND_ADDRESS)
    return frozenset(without_tag(a) for words in named if (a := parseaddr(words)[1]))


def answered_message(mail: Mail) -> Message | None:
    """Our own message that a message in answers, by its headers.

    An answer to what is kept apart is known without them too: by who writes, and by the
    subject or the title of what we wrote to them. What was destroyed is not answered any more:
    a person says what follows.
    """
    rows = Message.objects.filter(message_id__in=mail.answers).exclude(to_address=NOBODY)
    found = {m.message_id: m for m in rows}
    named = next((found[name] for name in mail.answers if name in found), None)
    return named if named is not None or mail.is_bounce else _apart_letter(mail)


def _apart_letter(mail: Mail) -> Message | None:
    if not mail.from_address:
        return None
    rows = Message.objects.filter(
        to_address__iexact=mail.from_address, entry__audience=HIRING, state__in=GONE_OUT
    )
    said = f"{mail.subject}\n{mail.text}"
    newest = rows.order_by("-queued_at", "-pk")[:MOST_EARLIER]
    return next((m for m in newest if speaks_of(m.subject, mail.subject, said)), None)


def apart_message(mail: Mail) -> Message | None:
    """Our message about what is kept apart that an earlier mail answered, and now this one does."""
    rows = Received.objects.filter(message_id__in=mail.answers)
    rows = rows.filter(answers__entry__audience__in=list(APART)).select_related("answers")
    earlier = rows.order_by("-pk").first()
    return earlier.answers if earlier is not None else None


def looked_up(mail: Mail, answered: Message | None, *, at: datetime) -> Looked:
    """Everything the house knows that decides whose thread a message belongs to."""
    hinted = _thread_of_token(mail.to_addresses) or _thread_of_earlier(mail)
    return Looked(
        own=own_addresses(),
        answers_ours=answered is not None,
        by_header=answered.thread if answered is not None else "",
        by_token=hinted,
        knows_sender=bool(hinted) and _knows(mail.from_address, hinted, at),
        same=_thread_like(mail, at),
    )


def ward_of_thread(thread: str) -> str:
    """The ward of what a thread is about, by the newest line that was told in it."""
    rows = Message.objects.filter(thread=thread).order_by("-pk")
    return str(rows.values_list("entry__ward_code", flat=True).first() or "") if thread else ""


def wrote_lately(address: str, *, kind: str, since: datetime, but: int) -> bool:
    """Whether an address was written to because of such a line, but for this one."""
    rows = Message.objects.filter(to_address__iexact=address, entry__kind=kind)
    rows = rows.filter(queued_at__gte=since).exclude(entry_id=but)
    return rows.exclude(state=Message.State.RECALLED).exists()


def _thread_of_token(addresses: Iterable[str]) -> str:
    inbound = parseaddr(settings.INBOUND_ADDRESS)[1]
    tags = [tag for address in addresses if (tag := tag_of(address, inbound))]
    rows = Message.objects.filter(reply_digest__in=[token_digest(tag) for tag in tags[:10]])
    rows = rows.exclude(to_address=NOBODY)
    return str(rows.order_by("pk").values_list("thread", flat=True).first() or "")


def _thread_of_earlier(mail: Mail) -> str:
    """The thread of somebody's earlier message in that this one answers."""
    rows = Received.objects.filter(message_id__in=mail.answers, state=Received.State.THREADED)
    rows = rows.exclude(from_address="")  # its words were taken out with what it was about
    return str(rows.order_by("-pk").values_list("thread", flat=True).first() or "")


def _knows(address: str, thread: str, at: datetime) -> bool:
    if not address:
        return False
    out = Message.objects.filter(thread=thread, to_address__iexact=address, state__in=GONE_OUT)
    back = Received.objects.filter(
        thread=thread, from_address__iexact=address, state=Received.State.THREADED
    )
    return out.exists() or back.exists() or is_recognised(address, thread, on=localdate(at))


def _thread_like(mail: Mail, at: datetime) -> str:
    if not mail.from_address:
        return ""
    since = at - LIKE_WITHIN
    back = Received.objects.filter(
        from_address__iexact=mail.from_address, received_at__gte=since, state="threaded"
    )
    out = Message.objects.filter(
        to_address__iexact=mail.from_address, queued_at__gte=since, state__in=GONE_OUT
    ).exclude(thread="")
    rows = [
        *back.order_by("-received_at").values_list("received_at", "subject", "thread")[:20],
        *out.order_by("-queued_at").values_list("queued_at", "subject", "thread")[:20],
    ]
    rows.sort(reverse=True)
    return next((thread for _, subject, thread in rows if same_subject(subject, mail.subject)), "")
