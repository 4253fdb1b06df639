"""Whom keeping and disposing calls outside: the database's own files, and its lock."""

from __future__ import annotations

from wardroom.retention.gateways.cleaning import clean_database, empty_log
from wardroom.retention.gateways.doors import hold_the_door

__all__ = ["clean_database", "empty_log", "hold_the_door"]
