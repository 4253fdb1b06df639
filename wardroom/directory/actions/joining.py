"""Two records of the same person or organisation become one, and two again."""

from __future__ import annotations

from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import action, hold
from wardroom.directory import facts, policy
from wardroom.directory.actions.consents import keep_consent
from wardroom.directory.actions.words import index_party
from wardroom.directory.models import Consent, ContactPoint, Party, PartyMerge
from wardroom.directory.queries.joining import hindrance, refusals_to_come
from wardroom.directory.rules import state_of
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger.actions import record
from wardroom.search.actions import unindex_thing


@action(policy.may_join_parties)
def join_parties(party: Party, *, into: Party, reason: str, stamp: Stamp) -> PartyMerge:
    """Say that a record is of somebody we have already: it goes on in the other one.

    Nothing moves: the first points to the second, and all that named it still does. What was
    refused for a number or an address that both have is refused for both; no permission goes
    over. Refuses: two of different kinds; who signs in; an agency or a commission; one that
    was joined or taken out; no reason. Records: `PartiesJoined`.
    """
    if not reason.strip():
        raise Refused("reason_missing", "Say how you know that they are the same.", field="reason")
    hold(into)
    no = hindrance(party, into)
    if no:
        raise Refused("cannot_be_joined", no)
    coming = [(row.point, row.purpose) for row in refusals_to_come(party, into)]
    rows = Party.objects.filter(merged_into=party).order_by("pk")
    moved = list(rows.values_list("pk", flat=True))
    Party.objects.filter(pk__in=moved).update(merged_into=into)
    written = [_refuse(point, purpose, stamp) for point, purpose in coming]
    party.merged_into = into
    party.save(update_fields=["merged_into"])
    made: PartyMerge = PartyMerge.objects.create(
        party=party,
        into=into,
        reason=reason.strip()[:200],
        moved=moved,
        refusals=written,
        made_at=stamp.at,
        made_by=stamp.actor.name[:120],
    )
    fact = facts.PartiesJoined(
        party_id=party.pk,
        party_name=party.name,
        into_id=into.pk,
        into_name=into.name,
        reason=made.reason,
    )
    record(fact, stamp=stamp)
    unindex_thing(Ref("party", str(party.pk)))
    index_party(into, stamp=stamp)
    return made


@action(policy.may_join_parties)
def part_parties(party: Party, *, reason: str, stamp: Stamp) -> Party:
    """Say that two records that were joined are two after all; both are as before.

    Refuses: a record that is joined to none; no reason. Records: `PartiesParted`.
    """
    made = PartyMerge.objects.filter(party=party, undone_at=None).select_related("into").first()
    if made is None or party.merged_into is None:
        raise Refused("not_joined", f"{party.name} is joined to nobody.")
    if not reason.strip():
        raise Refused("reason_missing", "Say why they are two.", field="reason")
    former = party.merged_into
    party.merged_into = None
    party.save(update_fields=["merged_into"])
    Party.objects.filter(pk__in=made.moved, merged_into=former).update(merged_into=party)
    for row in made.refusals:
        _unsay(row, stamp)
    made.undone_at, made.undone_by = stamp.at, stamp.actor.name[:120]
    made.save(update_fields=["undone_at", "undone_by"])
    fact = facts.PartiesParted(
        party_id=party.pk,
        party_name=party.name,
        from_id=former.pk,
        from_name=former.name,
        reason=reason.strip()[:200],
    )
    record(fact, stamp=stamp)
    index_party(party, stamp=stamp)
    index_party(former, stamp=stamp)
    return party


def _refuse(point: ContactPoint, purpose: str, stamp: Stamp) -> dict[str, Any]:
    before = Consent.objects.filter(point=point, purpose=purpose).order_by("-pk").first()
    said = keep_consent(
        point, purpose=purpose, given=False, how="refused on a record joined to this", stamp=stamp
    )
    return {"said": said.pk, "before": before.given if before else None}


def _unsay(row: dict[str, Any], stamp: Stamp) -> None:
    """What the joining wrote is taken back, unless something newer was said since."""
    said = Consent.objects.select_related("point").get(pk=row["said"])
    newest = Consent.objects.filter(point=said.point, purpose=said.purpose).order_by("-pk").first()
    if newest is None or newest.pk != said.pk:
        return
    before = row["before"]
    words = f"as before the records were joined: {state_of(before) or 'not asked'}"
    keep_consent(said.point, purpose=said.purpose, given=before, how=words, stamp=stamp)
