"""That two issues may be the same, in the list of the owner until a person has decided."""

from __future__ import annotations

from django.utils.timezone import localdate

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.casework import facts, policy
from wardroom.casework.queries.same_trouble import same_trouble
from wardroom.kernel.errors import Refused
from wardroom.kernel.facts import Fact
from wardroom.ledger.actions import record
from wardroom.ledger.models import Entry
from wardroom.matters import facts as matter_facts
from wardroom.matters.actions.waiting import end_wait, wait_for
from wardroom.matters.actions.words import matter_words
from wardroom.matters.models import Matter, Waiting
from wardroom.matters.rules import twin_waits

NOUN = "twin"
DECIDED = (facts.KeptApart, matter_facts.MatterMerged, matter_facts.MatterClosed)


def suggest_joining(matter: Matter, *, stamp: Stamp) -> None:
    """Say to the owner of a new issue which open one it may be the same as; called by its taking.

    Nothing is joined: a person decides.
    """
    twin = same_trouble(matter)
    if twin is None:
        return
    wait_for(
        NOUN,
        str(matter.pk),
        twin_waits(localdate(stamp.at)),
        party=matter.owner,
        title=f"{matter.title}: perhaps the same as W-{twin.matter_id}, open since "
        f"{twin.since:%B %-d}",
        matter=matter,
        ward_code=matter.ward_code,
        place_label=matter.place.label if matter.place is not None else "",
        new=True,
        stamp=stamp,
    )


def end_suggestion(entry: Entry, fact: Fact) -> None:
    """Take the suggestion off the list once a person has decided; hears of every line.

    Refuses nothing, but must be called inside an action. Records: nothing of its own.
    """
    if isinstance(fact, DECIDED):
        end_wait(NOUN, str(fact.matter_id))


@action(policy.may_join_issues)
def keep_apart(matter: Matter, *, stamp: Stamp) -> Matter:
    """Say that an issue is another trouble than the one it may be the same as.

    Refuses: an issue of which nobody suggested it. Records: `KeptApart`.
    """
    if not Waiting.objects.filter(noun=NOUN, key=str(matter.pk)).exists():
        raise Refused("nothing_suggested", "Nothing is suggested here any more.")
    record(facts.KeptApart(**matter_words(matter)), stamp=stamp)
    return matter
