"""The door for programs: which key they show, whether it is good for this, and how often."""

from __future__ import annotations

import logging
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError
from django.http import HttpRequest
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp, Window
from wardroom.access.gate import in_a_hurry
from wardroom.access.queries.api_keys import KeyPresented, actor_of_key, key_presented
from wardroom.access.rules import token_digest
from wardroom.api.lots import LOTS
from wardroom.directory.actions import note_key_used, take_turn
from wardroom.kernel.errors import Refused
from wardroom.kernel.rates import Rate

log = logging.getLogger(__name__)
BEARER = "bearer "
HEADER = "X-API-Key"


@dataclass(frozen=True)
class LetIn:
    """A program that was let in: its key, the stamp of what it does, and the calls it has left."""

    key: KeyPresented
    stamp: Stamp
    left: int


class KeyRefused(Exception):
    """A program is not let in. ``status`` is 401 without a good key, 403 or 429 with one."""

    def __init__(self, status: int, code: str, sentence: str, *, wait: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.code = code
        self.sentence = sentence
        self.wait = wait


def token_in(request: HttpRequest) -> str:
    """The token in the headers of a request: as a bearer, or by itself; empty without one."""
    said = request.headers.get("Authorization", "")
    if said[: len(BEARER)].lower() == BEARER:
        return said[len(BEARER) :].strip()
    return request.headers.get(HEADER, "").strip()


def let_in(token: str, *, scope: str, at: datetime, reads: bool = False) -> LetIn:
    """Let a program in that shows a token for one scope; each call counts for its hour.

    One that only ``reads`` waits for nobody who writes meanwhile. Raises `KeyRefused`: no token,
    one that is good for nothing or not for this, or too many calls within the hour.
    """
    if not token:
        raise KeyRefused(401, "key_missing", "Show an API key.")
    key = key_presented(token, at)
    if key is None:
        raise KeyRefused(401, "key_unknown", "There is no such API key, or it was ended.")
    left = _count(key, token_digest(token), at, reads=reads)
    if scope not in key.scopes:
        raise KeyRefused(403, "scope_missing", f"This API key is not for “{scope}”.")
    today = localdate(at)
    stamp = Stamp(actor=actor_of_key(key, on=today), at=at, window=Window.API)
    if key.last_used_on is None or key.last_used_on < today:
        _note_used(key, stamp, reads=reads)
    return LetIn(key, stamp, left)


def _count(key: KeyPresented, digest: str, at: datetime, *, reads: bool) -> int:
    """How many calls are left in this hour. Raises `KeyRefused` where there is none."""
    rate = Rate(key.hourly_limit, by_clock=True)
    taken = LOTS.take(digest, rate, at=at) if reads else take_turn({digest: rate}, at=at)
    if taken.wait:
        sentence = f"This API key is good for {key.hourly_limit:,} calls an hour. Try again later."
        raise KeyRefused(429, "too_many", sentence, wait=taken.wait)
    return taken.left


def _note_used(key: KeyPresented, stamp: Stamp, *, reads: bool) -> None:
    try:
        with in_a_hurry() if reads else nullcontext():
            note_key_used(None, key_id=key.id, stamp=stamp)
    except Refused:  # another call of today was faster
        return
    except OperationalError:
        if not reads:
            raise
        log.warning("That an API key is in use is noted later: the database takes no writing now.")
