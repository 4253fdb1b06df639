"""What can be done about schedules, holds and disposals."""

from __future__ import annotations

from wardroom.retention.actions.disposing import (
    approve_disposal,
    destroy_record,
    drop_disposal,
    file_certificate,
    leave_record,
    list_disposal,
    prepare_disposal,
)
from wardroom.retention.actions.holding import lift_hold, place_hold
from wardroom.retention.actions.scheduling import adopt_schedule

__all__ = [
    "adopt_schedule",
    "approve_disposal",
    "destroy_record",
    "drop_disposal",
    "file_certificate",
    "leave_record",
    "lift_hold",
    "list_disposal",
    "place_hold",
    "prepare_disposal",
]
