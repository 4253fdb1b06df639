"""What the lines of an issue tell of others as well: it stays while one of these stands."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from wardroom.access.models import holds_any
from wardroom.city.facts import PlaceNoted
from wardroom.directory.facts import PartyFact
from wardroom.documents.models import Attachment
from wardroom.kernel.facts import Fact, kind_named
from wardroom.ledger.models import About, Entry
from wardroom.matters.models import Matter
from wardroom.notices.models import Message, Received

MATTER, PARTY, PLACE = "matter", "party", "place"


def lines_told_of_others(lines: Iterable[int], matter_id: int) -> frozenset[int]:
    """Those of these lines that tell of another matter, too, which was not destroyed."""
    of = _matters_of(lines)
    others = {key for keys in of.values() for key in keys} - {str(matter_id)}
    numbers = [int(key) for key in others if key.isdigit()]
    rows = Matter.objects.filter(holds_any("pk", numbers), destroyed_at=None).order_by()
    standing = {str(pk) for pk in rows.values_list("pk", flat=True)}
    return frozenset(line for line, keys in of.items() if keys & standing)


def people_told_of_elsewhere(parties: Iterable[int], matter_id: int) -> frozenset[int]:
    """Those of these people of whom something else tells: a line, a letter, a file.

    A line of the directory about somebody is no reason to keep them; a note of nothing in
    particular is one.
    """
    keys = [str(pk) for pk in parties]
    threads = [f"{PARTY}:{key}" for key in keys]
    found = _told_of_elsewhere(PARTY, keys, matter_id, own=PartyFact)
    for rows in (Message.objects.all(), Received.objects.all()):
        seen = rows.filter(thread__in=threads).order_by().values_list("thread", flat=True)
        found |= {thread.removeprefix(f"{PARTY}:") for thread in seen}
    files = Attachment.objects.filter(noun=PARTY, key__in=keys).order_by()
    return frozenset(int(key) for key in found | set(files.values_list("key", flat=True)))


def place_told_of_elsewhere(place_id: int, matter_id: int) -> bool:
    """Whether a line tells of a place that is of something else than this issue."""
    return bool(_told_of_elsewhere(PLACE, [str(place_id)], matter_id, own=PlaceNoted))


def _told_of_elsewhere(noun: str, keys: list[str], matter_id: int, *, own: type[Fact]) -> set[str]:
    """Of which of these things a line tells that is of another matter, or of none."""
    told = list(About.objects.filter(noun=noun, key__in=keys).values_list("entry_id", "key"))
    of = _matters_of(line for line, _ in told)
    kept = lines_told_of_others(of, matter_id)
    kept |= _of_nothing_else((line for line, matters in of.items() if not matters), own)
    return {key for line, key in told if line in kept}


def people_who_reported(matter_id: int) -> frozenset[int]:
    """Whom the lines of an issue tell of, and who reported something once, here or elsewhere.

    Their complaint may have gone on to another issue, or been destroyed with it.
    """
    here = About.objects.filter(noun=MATTER, key=str(matter_id)).values("entry_id")
    told = About.objects.filter(noun=PARTY, entry__in=here).order_by()
    rows = About.objects.filter(noun=PARTY, key__in=list(told.values_list("key", flat=True)))
    theirs = rows.filter(Exists(About.objects.filter(noun="complaint", entry=OuterRef("entry"))))
    return frozenset(int(key) for key in theirs.order_by().values_list("key", flat=True))


def _matters_of(lines: Iterable[int]) -> dict[int, set[str]]:
    """The matters of which each of these lines tells, or whose seal hides it."""
    ids = list(lines)
    own = Entry.objects.filter(holds_any("pk", ids)).order_by()
    of = {pk: {key} - {""} for pk, key in own.values_list("pk", "matter_key")}
    told = About.objects.filter(holds_any("entry_id", ids), noun=MATTER).order_by()
    for line, key in told.values_list("entry_id", "key"):
        of[line].add(key)
    return of


def _of_nothing_else(lines: Iterable[int], own: type[Fact]) -> frozenset[int]:
    """The lines of no matter that are more than what is noted of any such thing."""
    rows = Entry.objects.filter(holds_any("pk", list(lines))).order_by()
    return frozenset(pk for pk, kind in rows.values_list("pk", "kind") if not _is_own(kind, own))


def _is_own(kind: str, own: type[Fact]) -> bool:
    try:
        return issubclass(kind_named(kind), own)
    except KeyError:  # a kind that no part of the house writes any more
        return False
