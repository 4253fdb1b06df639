"""Signing in: accounts are made by the office, never by a stranger."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth's hooks, as this house wants them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
