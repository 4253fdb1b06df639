"""The door for programs: which key they show, whether it is good for this, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.timezone import localdate

from wardroom.access.actor import Stamp, Window
from wardroom.access.queries.api_keys import KeyPresented, actor_of_key, key_presented
from wardroom.access.rules import token_digest
from wardroom.directory.actions import note_key_used
from wardroom.kernel.errors import Refused

BEARER = "bearer "
HEADER = "X-API-Key"
HOUR = 3600


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


def let_in(token: str, *, scope: str, at: datetime) -> LetIn:
    """Let a program in that shows a token for one scope; each call counts for its hour.

    Raises `KeyRefused`: no token, one that is good for nothing or not for this, or too many
    calls within the hour.
    """
    if not token:
        raise KeyRefused(401, "key_missing", "Show an API key.")
    key = key_presented(token, at)
    if key is None:
        raise KeyRefused(401, "key_unknown", "There is no such API key, or it was ended.")
    left = _count(key, token_digest(token), at)
    if scope not in key.scopes:
        raise KeyRefused(403, "scope_missing", f"This API key is not for “{scope}”.")
    today = localdate(at)
    stamp = Stamp(actor=actor_of_key(key, on=today), at=at, window=Window.API)
    if key.last_used_on is None or key.last_used_on < today:
        _note_used(key, stamp)
    return LetIn(key, stamp, left)


def _count(key: KeyPresented, digest: str, at: datetime) -> int:
    """How many calls are left in this hour. Raises `KeyRefused` where there is none."""
    hour, past = divmod(int(at.timestamp()), HOUR)
    name = f"wardroom:key:{digest}:{hour}"
    cache.add(name, 0, HOUR)
    try:
        used = cache.incr(name)
    except ValueError:  # it was thrown out in between
        used = 1
    if used > key.hourly_limit:
        sentence = f"This API key is good for {key.hourly_limit:,} calls an hour. Try again later."
        raise KeyRefused(429, "too_many", sentence, wait=HOUR - past)
    return key.hourly_limit - used


def _note_used(key: KeyPresented, stamp: Stamp) -> None:
    try:
        note_key_used(None, key_id=key.id, stamp=stamp)
    except Refused:  # another call of today was faster
        return
