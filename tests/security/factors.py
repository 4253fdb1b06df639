"""Second factors as people have them: an app that shows codes, and a sign-in that is half done."""

from __future__ import annotations

import re
from base64 import b32decode
from datetime import datetime
from html import unescape
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from tests.cast import PASSWORD
from tests.security.clocks import Clock


def shown(secret: str, at: datetime, later: int = 0) -> str:
    """What an app with this secret shows at a time."""
    return str(format_hotp_value(hotp_value(secret, int(at.timestamp()) // 30 + later)))


def add_app(client: Client, clock: Clock) -> tuple[str, Any]:
    """Fill in the page of the code app, as people do: the app's secret, and what came."""
    page = client.get("/account/security/app/").content.decode()
    hidden = re.search(r'name="secret" value="([^"]+)"', page)
    spelled = re.search(r'class="breaks">([A-Z2-7 ]+)<', page)
    assert hidden
    assert spelled
    secret = spelled.group(1).replace(" ", "")
    assert len(b32decode(secret)) == 20
    sent = {"secret": unescape(hidden.group(1)), "code": shown(secret, clock.now())}
    return secret, client.post("/account/security/app/", sent)


def set_up(client: Client, clock: Clock) -> tuple[str, list[str]]:
    """Set a first code app up: its secret, and the recovery codes."""
    secret, answer = add_app(client, clock)
    assert answer.status_code == 200, answer.content.decode()
    codes = re.findall(r"<li><code>([\d ]+)</code>", answer.content.decode())
    return secret, codes


def second_step(email: str, wanted: str = "") -> Client:
    """A browser in which the password was given, and nothing else yet."""
    client = Client()
    sent = {"login": email, "password": PASSWORD, "next": wanted}
    answer: Any = client.post("/account/login/", sent)
    assert answer.headers["Location"] == "/account/second/"
    return client
