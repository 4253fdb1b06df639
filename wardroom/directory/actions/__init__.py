"""What can be done to the directory."""

from __future__ import annotations

from wardroom.directory.actions.core_team import (
    SeatDraft,
    leave_seat,
    seat_agency,
    take_agency_off,
)
from wardroom.directory.actions.hiring import (
    OFFICE,
    add_user,
    choose_password,
    hire_person,
    invite_person,
    send_sign_in_link,
)
from wardroom.directory.actions.keeping import (
    add_alias,
    add_contact_point,
    add_party,
    add_service,
    hold_seat,
    name_party,
)
from wardroom.directory.actions.people import (
    call_off_cover,
    cover_ward,
    mark_bounced,
    note_contact_point,
    note_person,
    note_person_meant,
)
from wardroom.directory.actions.roles import (
    deactivate_user,
    end_grant,
    grant_role,
    reactivate_user,
)

__all__ = [
    "OFFICE",
    "SeatDraft",
    "add_alias",
    "add_contact_point",
    "add_party",
    "add_service",
    "add_user",
    "call_off_cover",
    "choose_password",
    "cover_ward",
    "deactivate_user",
    "end_grant",
    "grant_role",
    "hire_person",
    "hold_seat",
    "invite_person",
    "leave_seat",
    "mark_bounced",
    "name_party",
    "note_contact_point",
    "note_person",
    "note_person_meant",
    "reactivate_user",
    "seat_agency",
    "send_sign_in_link",
    "take_agency_off",
]
