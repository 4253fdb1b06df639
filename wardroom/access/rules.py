"""What an API key is: how its token looks, and what it may be good for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from string import ascii_letters, digits

START = "wr_"
LETTERS = digits + ascii_letters
LENGTH = 32
HINT = 6
TOKEN = re.compile(rf"{START}[0-9A-Za-z]{{{LENGTH}}}")
SCOPES: Mapping[str, str] = {
    "open311": "Send reports through Open311",
    "read": "Read what its holder may read",
    "write": "Do what its holder may do, and read what comes of it",
    "hooks": "Keep webhooks, and learn which lines there are",
    "alerts": "Send in emergency alerts",
}
OWN_SCOPES = frozenset({"read", "write", "hooks"})
HOURLY, MOST_HOURLY = 1_000, 100_000


def new_token(choose: Callable[[str], str]) -> str:
    """A token of 190 bits; ``choose`` picks one letter of several and is not to be guessed."""
    return START + "".join(choose(LETTERS) for _ in range(LENGTH))


def is_token(text: str) -> bool:
    """Whether this can be a token at all."""
    return TOKEN.fullmatch(text) is not None


def token_digest(token: str) -> str:
    """The hash under which a token is found; the token itself is kept nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_hint(token: str) -> str:
    """The first letters of a token, by which its holder tells one key from another."""
    return token[len(START) : len(START) + HINT]


def in_order(scopes: Iterable[str]) -> tuple[str, ...]:
    """The scopes in the order in which they are listed; unknown ones come last."""
    given = set(scopes)
    return (*(name for name in SCOPES if name in given), *sorted(given - set(SCOPES)))
