"""What can be done to alerts, and to the incidents that they become."""

from __future__ import annotations

from wardroom.incidents.actions.calling import (
    begin_calling,
    call_next,
    climb_call_out,
    note_call_not_sent,
)
from wardroom.incidents.actions.caring import (
    follow_household_up,
    give_incident_role,
    note_household,
    rename_household,
    take_household_out,
)
from wardroom.incidents.actions.deciding import (
    end_alert,
    end_incident,
    open_and_call,
    open_incident,
    read_alert_change,
    set_alert_aside,
)
from wardroom.incidents.actions.feeds import note_feed_failed, note_feed_read
from wardroom.incidents.actions.having import (
    answer_call_out,
    answer_cannot_after_all,
    answer_mine,
    give_incident_back,
    note_arrival,
    pass_call_out,
    set_severity,
    set_way_of_work,
    take_incident,
)
from wardroom.incidents.actions.keeping import (
    dispose_households,
    forget_households_due,
    hold_households,
    lift_households_hold,
    remind_of_households,
)
from wardroom.incidents.actions.opening import open_critical_incident
from wardroom.incidents.actions.placing import set_incident_place
from wardroom.incidents.actions.reaching import add_call_address, end_call_address
from wardroom.incidents.actions.reporting import (
    release_situation,
    return_situation,
    write_situation,
)
from wardroom.incidents.actions.reviewing import (
    add_corrective_step,
    finish_after_action,
    leave_step_out,
    stand_down,
    write_after_action,
)
from wardroom.incidents.actions.standing import resume_incident
from wardroom.incidents.actions.taking import take_alert
from wardroom.incidents.actions.working import (
    add_call_line,
    leave_line_out,
    note_incident_call,
    put_line_back,
    tick_checklist,
)

__all__ = [
    "add_call_address",
    "add_call_line",
    "add_corrective_step",
    "answer_call_out",
    "answer_cannot_after_all",
    "answer_mine",
    "begin_calling",
    "call_next",
    "climb_call_out",
    "dispose_households",
    "end_alert",
    "end_call_address",
    "end_incident",
    "finish_after_action",
    "follow_household_up",
    "forget_households_due",
    "give_incident_back",
    "give_incident_role",
    "hold_households",
    "leave_line_out",
    "leave_step_out",
    "lift_households_hold",
    "note_arrival",
    "note_call_not_sent",
    "note_feed_failed",
    "note_feed_read",
    "note_household",
    "note_incident_call",
    "open_and_call",
    "open_critical_incident",
    "open_incident",
    "pass_call_out",
    "put_line_back",
    "read_alert_change",
    "release_situation",
    "remind_of_households",
    "rename_household",
    "resume_incident",
    "return_situation",
    "set_alert_aside",
    "set_incident_place",
    "set_severity",
    "set_way_of_work",
    "stand_down",
    "take_alert",
    "take_household_out",
    "take_incident",
    "tick_checklist",
    "write_after_action",
    "write_situation",
]
