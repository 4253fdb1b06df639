"""What can be done to the directory."""

from __future__ import annotations

from wardroom.directory.actions.api_calls import begin_call, end_call, forget_calls
from wardroom.directory.actions.api_keys import MadeKey, end_key, make_key, note_key_used
from wardroom.directory.actions.commissions import make_commissions
from wardroom.directory.actions.consents import end_contact_point, note_consent
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
from wardroom.directory.actions.importing import import_contacts, undo_contact_import
from wardroom.directory.actions.joining import join_parties, part_parties
from wardroom.directory.actions.keeping import (
    add_alias,
    add_contact_point,
    add_party,
    add_service,
    hold_seat,
    name_party,
)
from wardroom.directory.actions.organisations import (
    PartyWords,
    add_organisation,
    describe_party,
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
from wardroom.directory.actions.seats import (
    add_seat,
    close_seat,
    fill_seat,
    note_holder,
    vacate_seat,
)

__all__ = [
    "OFFICE",
    "MadeKey",
    "PartyWords",
    "SeatDraft",
    "add_alias",
    "add_contact_point",
    "add_organisation",
    "add_party",
    "add_seat",
    "add_service",
    "add_user",
    "begin_call",
    "call_off_cover",
    "choose_password",
    "close_seat",
    "cover_ward",
    "deactivate_user",
    "describe_party",
    "end_call",
    "end_contact_point",
    "end_grant",
    "end_key",
    "fill_seat",
    "forget_calls",
    "grant_role",
    "hire_person",
    "hold_seat",
    "import_contacts",
    "invite_person",
    "join_parties",
    "leave_seat",
    "make_commissions",
    "make_key",
    "mark_bounced",
    "name_party",
    "note_consent",
    "note_contact_point",
    "note_holder",
    "note_key_used",
    "note_person",
    "note_person_meant",
    "part_parties",
    "reactivate_user",
    "seat_agency",
    "send_sign_in_link",
    "take_agency_off",
    "undo_contact_import",
    "vacate_seat",
]
