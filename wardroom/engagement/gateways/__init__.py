"""Papers of the work with the community."""

from __future__ import annotations

from wardroom.engagement.gateways.minutes import minutes_name, typeset_minutes

__all__ = ["minutes_name", "typeset_minutes"]
