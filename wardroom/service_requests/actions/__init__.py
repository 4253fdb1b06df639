"""Changes to the mirror of the city's requests, and to what other endpoints have of ours."""

from __future__ import annotations

from wardroom.service_requests.actions.drifting import (
    compare_submission,
    compare_ties,
    note_no_number,
    note_sent_vanished,
    note_vanished,
)
from wardroom.service_requests.actions.endpoints import (
    add_endpoint,
    claim_endpoint,
    correct_endpoint,
    fail_endpoint,
    finish_endpoint,
    finish_mirroring,
    hurry_endpoint,
    keep_services,
    note_endpoint_checked,
    note_window_read,
    pause_endpoint,
    resume_endpoint,
)
from wardroom.service_requests.actions.feeds import add_feed
from wardroom.service_requests.actions.importing import (
    fail_import,
    finish_import,
    start_import,
    take_batch,
)
from wardroom.service_requests.actions.placing import place_requests
from wardroom.service_requests.actions.settling import (
    accept_drift,
    ignore_drift,
    note_drift_planned,
)
from wardroom.service_requests.actions.submitting import (
    Sending,
    claim_submission,
    doubt_submission,
    give_up_submission,
    look_again,
    note_looked,
    note_not_taken,
    note_status_there,
    note_taken,
    note_unclear,
    number_submission,
    send_again,
    submit_request,
)

__all__ = [
    "Sending",
    "accept_drift",
    "add_endpoint",
    "add_feed",
    "claim_endpoint",
    "claim_submission",
    "compare_submission",
    "compare_ties",
    "correct_endpoint",
    "doubt_submission",
    "fail_endpoint",
    "fail_import",
    "finish_endpoint",
    "finish_import",
    "finish_mirroring",
    "give_up_submission",
    "hurry_endpoint",
    "ignore_drift",
    "keep_services",
    "look_again",
    "note_drift_planned",
    "note_endpoint_checked",
    "note_looked",
    "note_no_number",
    "note_not_taken",
    "note_sent_vanished",
    "note_status_there",
    "note_taken",
    "note_unclear",
    "note_vanished",
    "note_window_read",
    "number_submission",
    "pause_endpoint",
    "place_requests",
    "resume_endpoint",
    "send_again",
    "start_import",
    "submit_request",
    "take_batch",
]
