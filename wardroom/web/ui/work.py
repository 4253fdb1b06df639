"""A small sum that a stranger's browser does before a form counts as a person's: no third party.

A sum is signed, runs out, and is good for one form. It costs a browser a second or two, and a
machine that sends thousands of forms the same each time.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_interface

import altcha
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from wardroom.api.limits import caller_of, turn
from wardroom.casework.actions import use_sum
from wardroom.kernel.outside import read_json
from wardroom.kernel.rates import Rate
from wardroom.web.edge import stamp_of

ALGORITHM, PREFIX, ROUNDS = "SHA-256", "0000", 1
LASTS = timedelta(hours=3)
SALT = "wardroom.web.ui.work"
MOST_LETTERS = 2000
WITH_WORK, WITHOUT, OF_A_NETWORK = 30, 5, 120


def sum_to_do(request: HttpRequest) -> str:
    """A new sum for a page, as its script reads it."""
    made = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        key_prefix=PREFIX,
        data={"until": (stamp_of(request).at + LASTS).timestamp()},
        hmac_secret=_secret(),
    )
    return json.dumps(made.to_dict(), separators=(",", ":"))


def did_sum(request: HttpRequest, answer: str) -> bool:
    """Whether a sum of ours was done in time, and for this form alone."""
    if not answer or len(answer) > MOST_LETTERS:
        return False
    try:
        challenge = read_json(base64.b64decode(answer))["challenge"]
    except (ValueError, TypeError, LookupError):
        return False
    if not altcha.verify_solution(answer, _secret()).verified:
        return False
    until = datetime.fromtimestamp(challenge["parameters"]["data"]["until"], UTC)
    if until < stamp_of(request).at:
        return False
    mark = hashlib.sha256(str(challenge["signature"]).encode()).hexdigest()
    return use_sum(mark, until=until)


def few_forms(request: HttpRequest, *, counted_as: str, worked: bool) -> bool:
    """Whether another form may come from here: fewer without a sum, more of a whole network."""
    tried = counted_as if worked else f"{counted_as}_unworked"
    most = WITH_WORK if worked else WITHOUT
    rates = {caller_of(request): Rate(most), f"all of {network_of(request)}": Rate(OF_A_NETWORK)}
    return not turn(request, f"tried_{tried}", rates).wait


def network_of(request: HttpRequest) -> str:
    """The network that somebody writes from: of a house or an office, not of one device."""
    address = ip_interface(caller_of(request)).ip
    return str(ip_interface(f"{address}/{24 if address.version == 4 else 48}").network)


def _secret() -> str:
    return salted_hmac(SALT, "sums", algorithm="sha256").hexdigest()
