"""What every change to a matter shares: its words, its version, its place in the index."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from wardroom.access.actor import Stamp
from wardroom.access.gate import note_held
from wardroom.kernel.errors import Refused, Stale
from wardroom.kernel.facts import Change, Fact, Ref
from wardroom.kernel.versions import moved_since, same, version_of
from wardroom.ledger.facts import WordsTakenOut
from wardroom.ledger.models import Entry
from wardroom.matters.models import Ask, Matter
from wardroom.matters.queries.findable import ask_thing, line_thing, matter_thing
from wardroom.matters.rules.fields import ASK_FIELDS, MATTER_FIELDS, changes_between
from wardroom.search.actions import let_be_found, unindex_things
from wardroom.search.rules import LINE


def check_there(matter: Matter) -> None:
    """Refuses: a matter that was destroyed, while whoever acts on it waited or had it open."""
    if matter.destroyed_at is not None:
        raise Refused("destroyed", "This was destroyed under a schedule. Nothing can be added.")


def check_number_there(matter_key: str) -> None:
    """Keep a matter as it is until this commit ends, and see that it was not destroyed.

    Whoever destroys it waits, or was first. Refuses: a matter that was destroyed.
    """
    rows = Matter._base_manager.select_for_update(of=("self",), no_key=True)
    matter = rows.filter(pk=int(matter_key)).first() if matter_key.isdigit() else None
    if matter is not None:
        note_held(matter)
        check_there(matter)


def save_matter(matter: Matter, *fields: str) -> None:
    """Save these columns of a locked matter as its next version. Refuses: a destroyed one."""
    check_there(matter)
    matter.version += 1
    matter.save(update_fields=[*fields, "version"])


def index_matter(matter: Matter, *, new: bool = False, stamp: Stamp) -> None:
    """Let a matter be found by its title, its place and where it stands."""
    let_be_found(matter_thing(matter, stamp.at), new=new)


def index_ask(ask: Ask, *, stamp: Stamp) -> None:
    """Let a referral be found by what is asked and of whom."""
    let_be_found(ask_thing(ask, stamp.at))


def index_line(entry: Entry, fact: Fact) -> None:
    """Let a line be found by the words that somebody wrote in it; hears of every line.

    Of lines from which the words were taken out none is found any more.
    """
    if isinstance(fact, WordsTakenOut):
        unindex_things([Ref(LINE, str(pk)) for pk in fact.lines])
    if fact.words():
        let_be_found(line_thing(entry, fact), new=True)


def check_seen(
    matter: Matter,
    seen: str,
    *,
    now: Mapping[str, object],
    mine: Mapping[str, object],
    theirs: Mapping[str, str],
    kinds: Iterable[str],
) -> None:
    """Refuse to overwrite fields that somebody else saved after the page was opened.

    ``seen`` is the version that the form carries, empty where nothing was shown; ``now`` and
    ``mine`` are the values that stand and those to be saved; ``theirs`` what stands, in
    words; ``kinds`` the lines by which it gets there, to say who it was.
    Refuses: `Stale`, unless both wrote the same.
    """
    moved = moved_since(seen, now) if seen else frozenset()
    if all(same(now[name], mine[name]) for name in moved):
        return
    lines = Entry.objects.filter(matter_key=str(matter.pk), kind__in=list(kinds))
    last = lines.order_by("-pk").first()
    raise Stale(
        seen=version_of(now),
        theirs=tuple(theirs.items()),
        by=last.actor_name if last else "",
        at=last.at if last else None,
    )


def matter_words(matter: Matter) -> Mapping[str, Any]:
    """What every line about a matter says of it, with what changed since its last line.

    Refuses: one that was destroyed.
    """
    check_there(matter)
    return {**words_of(matter), "changes": told_changes(matter)}


def ask_words(ask: Ask) -> Mapping[str, Any]:
    """What every line about a referral says of it, with what changed since its last line.

    Refuses: one whose matter was destroyed.
    """
    check_there(ask.case)
    return {
        **words_of(ask.case),
        "ask_id": ask.pk,
        "party_id": ask.party_id,
        "agency_code": ask.agency_code,
        "wording": ask.wording,
        "changes": told_changes(ask),
    }


def told_changes(row: Matter | Ask) -> tuple[Change, ...]:
    """The fields that moved since the row was read or last told; from now on they are told.

    What was made just now has moved nothing.
    """
    labels = MATTER_FIELDS if isinstance(row, Matter) else ASK_FIELDS
    now = {name: getattr(row, name) for name in labels if name in row.__dict__}
    before, row.was = getattr(row, "was", now), now
    return changes_between(labels, before, now)


def words_of(matter: Matter) -> dict[str, Any]:
    """What every fact about a matter says of it, changed or not."""
    return {
        "matter_id": matter.pk,
        "title": matter.title,
        "place_id": matter.place_id,
        "ward_code": matter.ward_code,
    }
