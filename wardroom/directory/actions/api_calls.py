"""Calls of programs that may come twice: each is done once, and answered the same again.

This is bookkeeping of the call, kept in the commit of what the call does.
"""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from wardroom.access.gate import guard_pass
from wardroom.access.models import ApiAnswer
from wardroom.kernel.errors import Refused

BOOKKEEPING = "the answer to a call of a program"
LONGEST_NAME = 200


def begin_call(key_id: int, *, call: str, digest: str, at: datetime) -> ApiAnswer:
    """Begin a call, or find what it was answered before; a second one waits for the first.

    Refuses: a name that is too long; one that stood for something else. Records nothing.
    """
    if len(call) > LONGEST_NAME:
        raise Refused("call_name_too_long", f"Name a call in {LONGEST_NAME} characters at most.")
    try:
        with transaction.atomic(), guard_pass(BOOKKEEPING):
            return ApiAnswer.objects.create(key_id=key_id, call=call, digest=digest, made_at=at)
    except IntegrityError:
        known = ApiAnswer.objects.get(key_id=key_id, call=call)
    if known.digest != digest:
        raise Refused("call_name_reused", "A call with this name sent something else before.")
    return known


def keep_answer(call: ApiAnswer, *, status: int, body: str) -> None:
    """Keep what a call was answered. Refuses and records nothing."""
    call.status, call.body = status, body
    with guard_pass(BOOKKEEPING):
        call.save(update_fields=["status", "body"])
