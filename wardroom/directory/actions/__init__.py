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
from wardroom.directory.actions.factors import (
    add_code_app,
    add_security_key,
    change_password,
    make_recovery_codes,
    note_factor_used,
    remove_factor,
    reset_factors,
    use_code,
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
    bound_access,
    deactivate_user,
    end_grant,
    free_seats,
    grant_role,
    reactivate_user,
)
from wardroom.directory.actions.seats import (
    add_seat,
    close_seat,
    fill_seat,
    note_holder,
    open_post,
    take_back_holder,
    vacate_seat,
)
from wardroom.directory.actions.sent_forms import (
    Sending,
    SentBefore,
    forget_sent_forms,
    sent_once,
    was_sent,
    write_form_down,
)
from wardroom.directory.actions.turns import (
    Turn,
    forget_sessions,
    forget_tallies,
    give_turn_back,
    take_turn,
)

__all__ = [
    "OFFICE",
    "MadeKey",
    "PartyWords",
    "SeatDraft",
    "Sending",
    "SentBefore",
    "Turn",
    "add_alias",
    "add_code_app",
    "add_contact_point",
    "add_organisation",
    "add_party",
    "add_seat",
    "add_security_key",
    "add_service",
    "add_user",
    "begin_call",
    "bound_access",
    "call_off_cover",
    "change_password",
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
    "forget_sent_forms",
    "forget_sessions",
    "forget_tallies",
    "free_seats",
    "give_turn_back",
    "grant_role",
    "hire_person",
    "hold_seat",
    "import_contacts",
    "invite_person",
    "join_parties",
    "leave_seat",
    "make_commissions",
    "make_key",
    "make_recovery_codes",
    "mark_bounced",
    "name_party",
    "note_consent",
    "note_contact_point",
    "note_factor_used",
    "note_holder",
    "note_key_used",
    "note_person",
    "note_person_meant",
    "open_post",
    "part_parties",
    "reactivate_user",
    "remove_factor",
    "reset_factors",
    "seat_agency",
    "send_sign_in_link",
    "sent_once",
    "take_agency_off",
    "take_back_holder",
    "take_turn",
    "undo_contact_import",
    "use_code",
    "vacate_seat",
    "was_sent",
    "write_form_down",
]
