"""The calendar on paper."""

from __future__ import annotations

from wardroom.calendar.gateways.paper import list_name, typeset_list

__all__ = ["list_name", "typeset_list"]
