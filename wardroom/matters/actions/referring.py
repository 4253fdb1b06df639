"""Referring what another owner has to do, whom the office cannot hold to a date."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Refused
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.words import matter_words, save_matter
from wardroom.matters.models import Matter


@action(policy.may_refer_matter)
def refer_matter(matter: Matter, *, owner: str, channel: str, text: str, stamp: Stamp) -> Matter:
    """Refer a part of a matter to an owner who does not answer to the city, such as a federal one.

    It closes nothing and promises nothing: the matter stays ours until its people are told.
    Refuses: a matter that is closed; no owner; a channel that is not in the list; no words.
    Records: `MatterReferred`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "refer_matter")
    owner = rules.check_text(
        owner, code="owner_missing", sentence="Say who it is referred to.", field="owner", most=200
    )
    label = rules.CHANNELS.get(channel)
    if label is None:
        raise Refused("unknown_channel", "Choose how it was referred.", field="channel")
    text = rules.check_text(
        text, code="text_missing", sentence="Say what was referred.", field="text", most=1000
    )
    save_matter(matter)
    fact = facts.MatterReferred(
        **matter_words(matter), owner=owner, channel=channel, channel_label=label, text=text
    )
    record(fact, stamp=stamp)
    return matter
