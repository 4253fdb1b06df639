"""Ways in which a stranger could learn whether somebody or something is known to the office.

Each asks the same of what is known and of what is not. How long an answer takes is measured as
the time of the processor that this process spends on it, threads of the password hash and SQLite
included: an attacker waits for exactly that, and other work of the machine does not disturb it.
What a server of PostgreSQL spends on its side is not in it.
"""

from __future__ import annotations

import re
import secrets
import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client

from tests.cast import HOUSE, Cast
from tests.conftest import NOON
from tests.counting import count_anew
from wardroom.access.gate import guard_pass
from wardroom.calendar.queries.inviting import ANSWER, ANSWER_NOUN
from wardroom.casework.rules import FOLLOW
from wardroom.directory.rules import WELCOME
from wardroom.notices.actions import issue_key, revoke_keys
from wardroom.notices.gateways import key_token
from wardroom.notices.models import Key

Ask = Callable[[str], Any]
MOST_APART = 0.005
ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
ANSWERS = {
    "sign-in": 200,
    "reset": 404,
    "welcome": 404,
    "invitation": 404,
    "lookup": 200,
    "link": 404,
}
VARYING = {"Expires", "X-Request-ID"}
VARIES = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')


@dataclass(frozen=True)
class Way:
    """A question, something known to ask it of, and a maker of things that are not known."""

    ask: Ask
    known: str
    unknown: Callable[[], str]


def ways(who: Cast, address: str) -> Mapping[str, Way]:
    """All of them, for somebody of the staff and the mail address of somebody who reported."""
    with guard_pass("a hash as the site makes it"):
        who.user.set_password(who.password)
        who.user.save()

    def somebody(like: str) -> Callable[[], str]:
        before, _, domain = like.partition("@")
        return lambda: f"q{secrets.token_hex(20)[: len(before) - 1]}@{domain}"

    return {
        "sign-in": Way(_sign_in, who.email, somebody(who.email)),
        "reset": Way(_reset, who.email, somebody(who.email)),
        "welcome": Way(_at("/welcome/{}/"), _taken_back(WELCOME, "party"), _token),
        "invitation": Way(_at("/invitations/{}/"), _taken_back(ANSWER, ANSWER_NOUN), _token),
        "lookup": Way(_lookup, address, somebody(address)),
        "link": Way(_at("/mine/{}/"), _taken_back(FOLLOW, "report"), _token),
    }


def _sign_in(login: str) -> Any:
    return _sent("/account/login/", {"login": login, "password": "wrong-horse-battery"})


def _reset(email: str) -> Any:
    return _sent("/account/password/reset/", {"email": email})


def _lookup(email: str) -> Any:
    return _sent("/mine/", {"email": email})


def _sent(path: str, form: Mapping[str, str]) -> Any:
    return Client().post(path, form)


def _at(path: str) -> Ask:
    return lambda token: Client().get(path.format(token))


def _token() -> str:
    return secrets.token_urlsafe(32)


def _taken_back(purpose: str, noun: str) -> str:
    """A link that was given out once and taken back: the house knows it and does not say so."""
    made: Key = issue_key(
        None,
        purpose=purpose,
        noun=noun,
        key="999999",
        holder="ann@example.org",
        expires_at=NOON + timedelta(days=9),
        stamp=HOUSE,
    )
    revoke_keys(None, noun=noun, key="999999", purpose=purpose, stamp=HOUSE)
    return key_token(made.purpose, made.pk, made.nonce)


def told(way: Way, which: str) -> tuple[int, dict[str, str], list[str], bytes]:
    """What the answer says, without what is another at each call or was only said back."""
    count_anew()
    answer = way.ask(which)
    body = VARIES.sub(b"", answer.content).replace(which.encode(), b"WHICH")
    heads = {name: value for name, value in answer.headers.items() if name not in VARYING}
    return answer.status_code, heads, sorted(answer.cookies), body


def apart(way: Way, tries: int) -> float:
    """By how many seconds the middle times of known and unknown differ, asked in turn."""
    pairs = list(_timed(way, tries))
    known, unknown = (statistics.median(pair[side] for pair in pairs) for side in (0, 1))
    return abs(known - unknown)


def _timed(way: Way, tries: int) -> Iterator[tuple[float, float]]:
    for n in range(tries):
        pair = [way.known, way.unknown()]
        turn = pair if n % 2 else pair[::-1]
        took = {which: _seconds(way.ask, which) for which in turn}
        yield took[pair[0]], took[pair[1]]


def _seconds(ask: Ask, which: str) -> float:
    count_anew()
    began = time.process_time()
    ask(which)
    return time.process_time() - began


def work_of(seconds: float) -> None:
    """Keep the processor at work for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
