"""Whom the work with the community calls outside: the typesetter."""

from __future__ import annotations

from wardroom.engagement.gateways.paper import typeset_referral

__all__ = ["typeset_referral"]
