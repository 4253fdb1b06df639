"""What a webhook sends, how it is signed, where it may go, and how long it waits. Pure.

The layout is that of Standard Webhooks: HMAC-SHA256 over the number, the instant and the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from wardroom.kernel.errors import Refused
from wardroom.kernel.machines import is_public

LEAD = "whsec_"
INSIDE = (
    "This address leads into a network that is not public. "
    "Where that is meant, set WARDROOM_HOOKS_INSIDE."
)
PLAIN = (
    "The address has to begin with https://. "
    "Where http:// to a machine inside is meant, set WARDROOM_HOOKS_INSIDE."
)
LONGEST_ADDRESS = 500
MOST_HOOKS, MOST_KINDS = 20, 60
WAITS = (30, 120, 600, 3_600, 3 * 3_600, 6 * 3_600, 12 * 3_600, 24 * 3_600)
MOST_TRIES = len(WAITS) + 1
DUE, SENT, DEAD = "due", "sent", "dead"
DELIVERY_STATES = {DUE: "Waits", SENT: "Sent", DEAD: "Given up"}


def wait_of(tries: int) -> int:
    """How many seconds to wait after so many tries that failed; each wait is longer."""
    return WAITS[min(max(tries, 1), len(WAITS)) - 1]


def message_id(hook_id: int, entry_id: int) -> str:
    """What names a message for ever: sent again, a receiver knows it by this."""
    return f"msg_{hook_id}_{entry_id}"


def payload(
    *,
    kind: str,
    at: datetime,
    line: int,
    entry_id: int,
    about: Iterable[tuple[str, str]],
    site: str,
) -> str:
    """What is sent about one line: numbers, its kind, when, and where to read it. No words."""
    told: dict[str, Any] = {
        "type": kind,
        "timestamp": at.isoformat(),
        "data": {
            "line": line,
            "entry": entry_id,
            "about": [{"noun": noun, "key": key} for noun, key in about],
            "link": f"{site}/lines/{entry_id}/",
        },
    }
    return json.dumps(told, separators=(",", ":"))


def signature(secret: str, *, message: str, sent_at: int, body: str) -> str:
    """The signature of a message, as its receiver works it out too."""
    key = base64.b64decode(secret.removeprefix(LEAD))
    signed = f"{message}.{sent_at}.{body}".encode()
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return "v1," + base64.b64encode(digest).decode()


def check_hook_address(address: str, *, inside: bool) -> str:
    """An address that a webhook may have: https, and without a name or a password in it.

    ``inside`` lets it be in the office's own network, where http will do.
    Refuses: `bad_address`.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise _bad("This is not an address of the web.") from None
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable():
        raise _bad(f"Give an address of at most {LONGEST_ADDRESS} plain letters.")
    if parts.scheme == "http" and host and not inside:
        raise _bad(PLAIN)
    if parts.scheme not in {"https", "http"} or not host:
        raise _bad("The address has to begin with https://.")
    if " " in address or parts.username or parts.password or parts.fragment:
        raise _bad("Give an address without a name, a password or a mark in it.")
    if not inside and _is_inside(host):
        raise _bad(INSIDE)
    return address


def _is_inside(host: str) -> bool:
    """Whether a host is told by its own words to be inside: a number, or this very machine."""
    name = host.rstrip(".").casefold()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return not is_public(name)
    except ValueError:
        return False


def check_hook_machine(machine: str, *, inside: bool) -> None:
    """A webhook goes to the open internet, and into a network only where that is set.

    Refuses: `bad_address`.
    """
    if not inside and not is_public(machine):
        raise _bad(INSIDE)


def checked_kinds(kinds: Sequence[str], known: Iterable[str]) -> list[str]:
    """The kinds of fact that a webhook is about, in order; none means all but the noise.

    Refuses: `kind_unknown`, `too_many`.
    """
    wanted = sorted(set(kinds))
    if len(wanted) > MOST_KINDS:
        raise Refused("too_many", f"Name {MOST_KINDS} kinds at most.", field="kinds")
    unknown = sorted(set(wanted) - set(known))
    if unknown:
        sentence = f"There is no kind of line called {unknown[0][:60]}."
        raise Refused("kind_unknown", sentence, field="kinds")
    return wanted


def _bad(sentence: str) -> Refused:
    return Refused("bad_address", sentence, field="address")
