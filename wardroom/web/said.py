"""Sentences that are said once, kept in a cookie named like the others of the site."""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class Kept(CookieStorage):
    """In a cookie that no other host can set, where the site is served over HTTPS."""

    cookie_name = f"{settings.COOKIES_BEGIN}messages"


class Said(FallbackStorage):
    """In the cookie while it is short, else in the session."""

    storage_classes = (Kept, SessionStorage)
