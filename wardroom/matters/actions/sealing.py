"""Keeping a matter to a few people, and opening it again."""

from __future__ import annotations

from collections.abc import Sequence

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.access.models import Seal, SealReader
from wardroom.directory.models import Party
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.words import matter_words, save_matter
from wardroom.matters.models import Matter


@action(policy.may_restrict)
def restrict_matter(
    matter: Matter, *, readers: Sequence[Party], reason: str, stamp: Stamp
) -> Matter:
    """Keep a matter to the people it names, its owner and the director, everywhere.

    Refuses: no reason; a person who cannot sign in. Records: `MatterRestricted`.
    """
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    named = list({party.pk: party for party in (matter.owner, *readers)}.values())
    users = [party.user_id for party in named if party.user_id is not None]
    for party in named:
        if party.user_id is None:
            raise Refused("cannot_sign_in", f"{party.name} cannot sign in.", field="readers")
    seal, _ = Seal.objects.get_or_create(noun="matter", key=str(matter.pk))
    seal.readers.all().delete()
    SealReader.objects.bulk_create(SealReader(seal=seal, user_id=user) for user in users)
    matter.restricted = True
    save_matter(matter, "restricted")
    names = tuple(party.name for party in named)
    fact = facts.MatterRestricted(**matter_words(matter), readers=names, reason=reason)
    record(fact, stamp=stamp)
    return matter


@action(policy.may_restrict)
def open_restricted_matter(matter: Matter, *, reason: str, stamp: Stamp) -> Matter:
    """Show a restricted matter to everybody whose ward it is in again.

    Refuses: a matter that is not restricted; no reason. Records: `RestrictionLifted`.
    """
    if not matter.restricted:
        raise Refused("already_open", "This is not restricted.")
    reason = rules.check_text(
        reason, code="reason_missing", sentence="Say why.", field="reason", most=300
    )
    Seal.objects.filter(noun="matter", key=str(matter.pk)).delete()
    matter.restricted = False
    save_matter(matter, "restricted")
    record(facts.RestrictionLifted(**matter_words(matter), reason=reason), stamp=stamp)
    return matter


def move_seal(matter: Matter, *, former: Party, owner: Party) -> None:
    """A restricted matter that changes hands is open to its new owner, and not to the former."""
    seal = Seal.objects.get(noun="matter", key=str(matter.pk))
    if owner.pk != former.pk and former.user_id is not None:
        seal.readers.filter(user_id=former.user_id).delete()
    if owner.user_id is not None:
        seal.readers.get_or_create(user_id=owner.user_id)
