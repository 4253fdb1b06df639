"""Who and what was named in a line, and which of them nobody has recognised yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from wardroom.access.actor import Actor
from wardroom.kernel.errors import NotFound
from wardroom.ledger import policy
from wardroom.ledger.models import Mention
from wardroom.ledger.queries.timeline import through_entry

PAGE_ROWS = 50


@dataclass(frozen=True)
class MentionRow:
    """A name as typed, in which line, and what it means where that is known."""

    mention_id: int
    sign: str
    text: str
    noun: str
    key: str
    entry_id: int
    at: datetime
    actor_name: str
    sentence: str


@dataclass(frozen=True)
class MentionPage:
    """Names that are not known yet, the newest first; ``older`` continues."""

    rows: tuple[MentionRow, ...]
    older: int | None


def unresolved_mentions(
    actor: Actor, *, mine: bool = False, noun: str = "", before: int | None = None
) -> MentionPage:
    """What somebody named in a line that the actor may read and nobody has recognised yet.

    ``mine`` are those of lines that the actor wrote; ``noun`` is party, place or topic.
    """
    rows = Mention.objects.filter(through_entry(policy.reach(actor)), key="")
    if mine:
        rows = rows.filter(entry__actor_id=actor.user_id)
    if noun:
        rows = rows.filter(noun=noun)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("entry").order_by("-pk")[: PAGE_ROWS + 1])
    shown = tuple(_row(m) for m in found[:PAGE_ROWS])
    return MentionPage(shown, shown[-1].mention_id if len(found) > PAGE_ROWS else None)


def mentions_of(actor: Actor, *, entry_ids: Iterable[int]) -> Mapping[int, tuple[MentionRow, ...]]:
    """What was named in each of these lines, by the line's number, as far as the actor reads."""
    rows = Mention.objects.filter(through_entry(policy.reach(actor)), entry_id__in=list(entry_ids))
    found: dict[int, list[MentionRow]] = defaultdict(list)
    for mention in rows.select_related("entry").order_by("pk"):
        found[mention.entry_id].append(_row(mention))
    return {entry_id: tuple(rows) for entry_id, rows in found.items()}


def get_mention(actor: Actor, mention_id: int) -> Mention:
    """One mention, to act on; raises `NotFound` where the actor may not read its line."""
    rows = Mention.objects.filter(through_entry(policy.reach(actor)), pk=mention_id)
    mention = rows.select_related("entry").first()
    if mention is None:
        raise NotFound(f"mention {mention_id}")
    return mention


def _row(mention: Mention) -> MentionRow:
    return MentionRow(
        mention_id=mention.pk,
        sign=mention.sign,
        text=mention.text,
        noun=mention.noun,
        key=mention.key,
        entry_id=mention.entry_id,
        at=mention.entry.at,
        actor_name=mention.entry.actor_name,
        sentence=mention.entry.sentence,
    )
