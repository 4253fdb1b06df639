"""What can be asked about alerts and incidents, within the asker's reach."""

from __future__ import annotations

from wardroom.incidents.queries.alerts import (
    AlertFile,
    AlertPage,
    AlertRow,
    FeedHealth,
    MessageView,
    Touched,
    alert_content,
    alert_file,
    alert_outline,
    alert_page,
    feed_health,
    get_alert,
    get_alerts_to_end,
    may_take_alerts,
)
from wardroom.incidents.queries.incidents import (
    IncidentFile,
    IncidentRow,
    get_incident_alert,
    incident_file,
    incident_page,
)

__all__ = [
    "AlertFile",
    "AlertPage",
    "AlertRow",
    "FeedHealth",
    "IncidentFile",
    "IncidentRow",
    "MessageView",
    "Touched",
    "alert_content",
    "alert_file",
    "alert_outline",
    "alert_page",
    "feed_health",
    "get_alert",
    "get_alerts_to_end",
    "get_incident_alert",
    "incident_file",
    "incident_page",
    "may_take_alerts",
]
