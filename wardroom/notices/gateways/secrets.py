"""What is computed from the house's secret: the tokens of links and of answer addresses."""

from __future__ import annotations

import base64
import hashlib
from email.utils import parseaddr

from django.conf import settings
from django.utils.crypto import salted_hmac

KEY_SALT = "wardroom.notices.key"
REPLY_SALT = "wardroom.notices.reply"


def key_token(purpose: str, number: int, nonce: str) -> str:
    """The token of a link, 256 bits as 43 letters; it cannot be told from the database alone."""
    mac = salted_hmac(KEY_SALT, f"{purpose}:{number}:{nonce}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def token_digest(token: str) -> str:
    """The hash under which a token is found."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def reply_token(thread: str, address: str) -> str:
    """What stands behind the plus of an answer address: 130 bits, the same for a whole thread."""
    words = f"{thread}\n{address.casefold()}"
    mac = salted_hmac(REPLY_SALT, words, algorithm="sha256").digest()
    return base64.b32encode(mac).decode().lower()[:26]


def reply_digest(thread: str, address: str) -> str:
    """The hash by which an answer finds its thread; empty where there is no thread."""
    return token_digest(reply_token(thread, address)) if thread else ""


def reply_address(thread: str, address: str) -> str:
    """Where an answer goes: the office's address for mail in, with a token of the thread."""
    inbound = parseaddr(settings.INBOUND_ADDRESS)[1]
    local, at, domain = inbound.rpartition("@")
    if not at or not thread:
        return inbound
    return f"{local}+{reply_token(thread, address)}@{domain}"
