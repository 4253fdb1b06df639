"""allauth's hooks for second factors: their secrets are locked by the site's key."""

from __future__ import annotations

import base64
import secrets

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


class Factors(DefaultMFAAdapter):  # type: ignore[misc]
    """A copy of the database alone opens nobody's second factor."""

    def encrypt(self, text: str) -> str:
        """Lock a secret."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Unlock a secret; one that another key locked is nobody's, so that no code fits it."""
        try:
            return _lock().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def opens(self, encrypted_text: str) -> bool:
        """Whether the keys of this house unlock a secret."""
        try:
            _lock().decrypt(encrypted_text.encode())
        except InvalidToken:
            return False
        return True

    def _get_site_name(self) -> str:
        return "Wardroom"


def hide(text: str, *, of: int) -> str:
    """A text that a page carries and its reader cannot read or change; for one user's form."""
    return _lock().encrypt(f"{of} {text}".encode()).decode()


def unhide(token: str, *, of: int, within: int) -> str | None:
    """What was hidden for this user some seconds ago at most."""
    try:
        said = _lock().decrypt(token.encode(), ttl=within).decode()
    except InvalidToken:
        return None
    whose, _, text = said.partition(" ")
    return text if whose == str(of) else None


def _lock() -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    made = (
        salted_hmac("wardroom.web.factors", "lock", secret=key, algorithm="sha256").digest()
        for key in keys
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
