"""Saying where a matter stands, that the resident was told, and that it came back."""

from __future__ import annotations

from wardroom.access.actor import Stamp
from wardroom.access.gate import action
from wardroom.kernel.errors import Stale
from wardroom.kernel.versions import same
from wardroom.ledger.actions import record
from wardroom.matters import facts, policy, rules
from wardroom.matters.actions.words import index_matter, matter_words, save_matter
from wardroom.matters.models import Matter


@action(policy.may_say_where_it_stands)
def say_where_it_stands(
    matter: Matter, *, text: str, former_version: int | None = None, stamp: Stamp
) -> Matter:
    """Write the pinned paragraph that says where a matter stands; the one before is kept.

    ``former_version`` is the version of the matter whose paragraph the writer had before
    them. The paragraph is one thing: two versions of it are never mixed. Refuses: a matter
    that is closed; no words; `stale` where somebody else wrote it in the meantime.
    Records: `StandingWritten`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "say_where_it_stands")
    text = rules.check_text(
        text,
        code="text_missing",
        sentence="Say in a few words where it stands.",
        field="text",
        most=1000,
    )
    if (
        former_version is not None
        and matter.standing_version > former_version
        and not same(matter.standing, text)
    ):
        raise Stale(
            seen=str(matter.version),
            theirs=(("Where it stands", matter.standing),),
            by=matter.standing_by,
            at=matter.standing_at,
            field="text",
        )
    former, matter.standing = matter.standing, text
    matter.standing_by, matter.standing_at = stamp.actor.name, stamp.at
    matter.standing_version = matter.version + 1
    save_matter(matter, "standing", "standing_by", "standing_at", "standing_version")
    record(facts.StandingWritten(**matter_words(matter), text=text, former=former), stamp=stamp)
    index_matter(matter, stamp=stamp)
    return matter


@action(policy.may_note_told)
def note_told(matter: Matter, *, people: int, stamp: Stamp) -> Matter:
    """Note that everybody who reported a matter was told what became of it.

    Refuses: a matter that is closed. Records: `ReportersTold`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "close_matter")
    matter.told_at = stamp.at
    save_matter(matter, "told_at")
    record(facts.ReportersTold(**matter_words(matter), people=people), stamp=stamp)
    return matter


@action(policy.may_note_return)
def note_return(matter: Matter, *, again_id: int, days: int, stamp: Stamp) -> Matter:
    """Note that what was closed came back; it counts against the closing.

    Refuses: a matter that is open. Records: `MatterCameBack`.
    """
    rules.check_move(rules.MATTER_MOVES, matter.state, "reopen_matter")
    matter.came_back_at = stamp.at
    save_matter(matter, "came_back_at")
    fact = facts.MatterCameBack(**matter_words(matter), again_id=again_id, days=days)
    record(fact, stamp=stamp)
    return matter
