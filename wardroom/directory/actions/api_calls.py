"""Calls of programs that may come twice: each is done once, and its answer told anew.

This is bookkeeping of the call, kept in the commit of what the call does.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from wardroom.access.gate import guard_pass
from wardroom.access.models import ApiCall
from wardroom.kernel.errors import Refused

BOOKKEEPING = "a call of a program"
LONGEST_NAME = 200
KEPT_FOR = timedelta(days=1)


def begin_call(key_id: int, *, call: str, digest: str, at: datetime) -> ApiCall:
    """Begin a call, or find what came of it before; a second one waits for the first.

    Refuses: a name that is too long; one that stood for something else. Records nothing.
    """
    if len(call) > LONGEST_NAME:
        raise Refused("call_name_too_long", f"Name a call in {LONGEST_NAME} characters at most.")
    try:
        with transaction.atomic(), guard_pass(BOOKKEEPING):
            return ApiCall.objects.create(key_id=key_id, call=call, digest=digest, made_at=at)
    except IntegrityError:
        known = ApiCall.objects.get(key_id=key_id, call=call)
    if known.digest != digest:
        raise Refused("call_name_reused", "A call with this name sent something else before.")
    return known


def end_call(call: ApiCall, *, status: int, made: str) -> None:
    """Keep what came of a call, by its numbers alone. Refuses and records nothing."""
    call.status, call.made = status, made[:60]
    with guard_pass(BOOKKEEPING):
        call.save(update_fields=["status", "made"])


def forget_calls(*, at: datetime) -> int:
    """Forget the names of calls that are a day old; what they did stays. Records nothing."""
    with transaction.atomic(), guard_pass(BOOKKEEPING):
        gone, _ = ApiCall.objects.filter(made_at__lt=at - KEPT_FOR).delete()
    return gone
