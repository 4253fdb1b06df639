"""What can be done to the directory."""

from __future__ import annotations

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
    "mark_bounced",
    "name_party",
    "note_contact_point",
    "note_person",
    "note_person_meant",
    "reactivate_user",
    "send_sign_in_link",
]
