"""Keeping where somebody is reached when on call."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.directory.actions.keeping import check_email
from wardroom.directory.models import Party
from wardroom.incidents import facts, policy, rules
from wardroom.incidents.models import CallAddress
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record

MOST_ADDRESSES = 6


@action(policy.may_keep_address)
def add_call_address(party: Party, *, kind: str, value: str, stamp: Stamp) -> CallAddress:
    """Note where somebody is reached when on call; the ledger tells that, and not the address.

    Refuses: a kind that is not known; an address that is none, or is there; more than six.
    Records: `CallAddressAdded`.
    """
    if kind not in rules.ADDRESS_KINDS:
        raise Refused("unknown_kind", "Choose how messages arrive there.", field="sort")
    value = value.strip()
    check_email(value, field="value")
    held = CallAddress.objects.filter(party=party, ended_at=None)
    if held.filter(value__iexact=value).exists():
        raise Refused("already_there", "This address is there already.", field="value")
    if held.count() >= MOST_ADDRESSES:
        raise Refused("too_many", f"Keep at most {MOST_ADDRESSES} addresses.", field="value")
    made: CallAddress = CallAddress.objects.create(
        party=party, kind=kind, value=value, added_at=stamp.at, added_by=stamp.actor.name[:120]
    )
    label = rules.ADDRESS_KINDS[kind]
    fact = facts.CallAddressAdded(party_id=party.pk, party_name=party.name, kind_label=label)
    record(fact, stamp=stamp)
    return made


@action(policy.may_end_address)
def end_call_address(address: CallAddress, *, stamp: Stamp) -> CallAddress:
    """Note that somebody is not reached there any more when on call.

    Refuses: one that ended. Records: `CallAddressEnded`.
    """
    if address.ended_at is not None:
        raise Refused("already_ended", "This address is not used any more.")
    address.ended_at = stamp.at
    address.save(update_fields=["ended_at"])
    fact = facts.CallAddressEnded(
        party_id=address.party_id,
        party_name=address.party.name,
        kind_label=rules.ADDRESS_KINDS[address.kind],
    )
    record(fact, stamp=stamp)
    return address
