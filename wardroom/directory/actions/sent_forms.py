"""Forms that may come twice: each is done once, however often and however fast it is sent.

A double click sends a form twice, and a lost answer makes people send it again. Which form it is
stands at the start of the commit of what it does: whoever comes second waits for the first.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wardroom.access.gate import at_start, guard_pass
from wardroom.access.models import SentForm

BOOKKEEPING = "a form that was sent"
KEPT_FOR = timedelta(days=1)


class SentBefore(Exception):
    """This form was sent before as it is, and what it asks for is done."""


@dataclass
class Sending:
    """One time that a form is sent; ``did`` something as soon as it was written down."""

    digest: str
    at: datetime
    mark: str = field(default_factory=lambda: secrets.token_hex(8))
    did: bool = False


_sending: ContextVar[Sending | None] = ContextVar("sending", default=None)


@contextmanager
def sent_once(digest: str, *, at: datetime) -> Iterator[Sending]:
    """All that is done meanwhile is done by one form; the second of its like does nothing.

    Raises `SentBefore` where it was done already. Records nothing.
    """
    if was_sent(digest):
        raise SentBefore
    sending = Sending(digest, at)
    token = _sending.set(sending)
    try:
        yield sending
    finally:
        _sending.reset(token)


def was_sent(digest: str) -> bool:
    """Whether this form did something already; by the start of its hash alone, whoever sent it.

    Records nothing.
    """
    # No digit of a hash comes after "f".
    return SentForm.objects.filter(digest__gte=digest, digest__lt=f"{digest}g").exists()


def forget_sent_forms(*, at: datetime) -> int:
    """Forget the forms of yesterday; how many. What they did stays. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        gone, _ = SentForm.objects.filter(sent_at__lt=at - KEPT_FOR).delete()
    return gone


def _write_down() -> None:
    """Write down which form this is, before anything is done; once, whatever else it does."""
    sending = _sending.get()
    if sending is None:
        return
    own = SentForm.objects.filter(digest=sending.digest, sending=sending.mark)
    if sending.did and own.exists():
        return
    try:
        with guard_pass(BOOKKEEPING):
            SentForm.objects.create(digest=sending.digest, sending=sending.mark, sent_at=sending.at)
    except IntegrityError:
        raise SentBefore from None
    sending.did = True


def write_form_down() -> None:
    """Write down that the form which is being sent did what it asks for, where no action does.

    Raises `SentBefore` where it was done already. Records nothing: it is part of signing in.
    """
    with transaction.atomic():
        _write_down()


at_start(_write_down)
