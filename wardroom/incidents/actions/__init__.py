"""What can be done to alerts, and to the incidents that they become."""

from __future__ import annotations

from wardroom.incidents.actions.deciding import (
    end_alert,
    end_incident,
    open_incident,
    read_alert_change,
    set_alert_aside,
)
from wardroom.incidents.actions.feeds import note_feed_failed, note_feed_read
from wardroom.incidents.actions.taking import take_alert

__all__ = [
    "end_alert",
    "end_incident",
    "note_feed_failed",
    "note_feed_read",
    "open_incident",
    "read_alert_change",
    "set_alert_aside",
    "take_alert",
]
