"""What can be done to the directory."""

from __future__ import annotations

from wardroom.directory.actions.keeping import (
    LIAISON_SEAT,
    OFFICE,
    add_alias,
    add_contact_point,
    add_party,
    add_service,
    add_user,
    end_grant,
    grant_role,
    hire_person,
    hold_seat,
    name_party,
)
from wardroom.directory.actions.people import (
    cover_ward,
    mark_bounced,
    note_contact_point,
    note_person,
)

__all__ = [
    "LIAISON_SEAT",
    "OFFICE",
    "add_alias",
    "add_contact_point",
    "add_party",
    "add_service",
    "add_user",
    "cover_ward",
    "end_grant",
    "grant_role",
    "hire_person",
    "hold_seat",
    "mark_bounced",
    "name_party",
    "note_contact_point",
    "note_person",
]
