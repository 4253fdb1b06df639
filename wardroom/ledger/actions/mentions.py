"""Saying later whom or what a line meant."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Ref
from wardroom.ledger import facts, policy
from wardroom.ledger.actions.writing import record
from wardroom.ledger.models import About, Mention


@action(policy.may_resolve_mention)
def resolve_mention(mention: Mention, *, ref: Ref, name: str = "", stamp: Stamp) -> Mention:
    """Say whom or what somebody meant in a line; the line itself stays as it was written.

    Refuses: a mention that is resolved already; another kind of thing than the sign says.
    Records: `MentionResolved`.
    """
    if mention.key:
        raise Refused("already_resolved", "Somebody has already said what this means.")
    if ref.noun != mention.noun or not ref.key:
        sentence = f"'{mention.sign}{mention.text}' names a {mention.noun}; choose one."
        raise Refused("other_noun", sentence, field="ref")
    fact = facts.MentionResolved(
        entry=mention.entry_id,
        sign=mention.sign,
        text=mention.text,
        noun=ref.noun,
        key=ref.key,
        name=name,
        ward_code=mention.entry.ward_code,
        matter_key=mention.entry.matter_key,
    )
    said = record(fact, stamp=stamp)
    if not About.objects.filter(entry_id=mention.entry_id, noun=ref.noun, key=ref.key).exists():
        About.objects.create(entry_id=mention.entry_id, noun=ref.noun, key=ref.key, added_by=said)
    mention.key = ref.key
    mention.resolved_entry = said
    mention.save()
    return mention
