"""Whether the ledger is what the house wrote: walks the chain and finds the first break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from wardroom.kernel.facts import kind_named
from wardroom.ledger.models import About, Entry, Link
from wardroom.ledger.rules import NO_LINE_YET, Chained, digest_after

BATCH = 2000
RESOLVED = "MentionResolved"
Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Broken:
    """The first line that is not what the house wrote, and what is wrong with it."""

    position: int
    entry_id: int | None
    at: datetime | None
    kind: str
    why: str

    @property
    def sentence(self) -> str:
        """The finding as a person reads it."""
        where = f"line {self.position:,}" if self.position else "a line outside the chain"
        which = f"entry {self.entry_id}, " if self.entry_id else ""
        when = f"{self.at.astimezone(UTC):%B %-d, %Y at %H:%M:%S} UTC, " if self.at else ""
        about = f" ({which}{when}{self.kind})" if self.kind else f" ({which.rstrip(', ')})"
        return f"The ledger is broken at {where}{about if which else ''}: {self.why}."


@dataclass(frozen=True)
class Verified:
    """How many lines were walked, the digest at the end, and the first break if there is one."""

    lines: int
    head: str
    broken: Broken | None


@dataclass(frozen=True)
class _Added:
    """A row on a timeline that came later, with the line that should explain it."""

    noun: str
    key: str
    by: int


@dataclass(frozen=True)
class _Batch:
    """Some links in order, with all that is known of their lines."""

    links: list[tuple[int, int, str]]
    lines: Mapping[int, Chained]
    added: Mapping[int, list[_Added]]
    resolutions: Mapping[int, dict[str, Any]]
    standing: frozenset[tuple[int, str, str]]


def verified_chain(*, head: str = "", tell: Callable[[int], None] = lambda _: None) -> Verified:
    """Walk the whole chain from its first line and stop at the first that is broken.

    ``head`` is the digest at the end of an earlier walk: it must still be in the chain.
    ``tell`` hears how many lines were walked. Keeps one batch of lines in memory.
    """
    position, digest = 0, NO_LINE_YET
    head_seen = head in ("", NO_LINE_YET)
    for batch in _batches():
        for at, entry_id, written in batch.links:
            why = _fault(batch, position, at, entry_id, digest, written)
            if why:
                line = batch.lines.get(entry_id)
                place = at if at == position + 1 else position + 1
                return Verified(position, digest, _broken(place, entry_id, line, why))
            position, digest = at, written
            head_seen = head_seen or written == head
        tell(position)
    broken = _outside()
    if broken is None and not head_seen:
        why = "the line that ended the chain at the earlier check is no longer in it"
        broken = Broken(position, None, None, "", why)
    return Verified(position, digest, broken)


def _batches() -> Iterator[_Batch]:
    last = 0
    while True:
        rows = Link.objects.filter(position__gt=last).order_by("position")
        links = list(rows.values_list("position", "entry_id", "digest")[:BATCH])
        if not links:
            return
        yield _batch(links)
        last = links[-1][0]


def _batch(links: list[tuple[int, int, str]]) -> _Batch:
    ids = [entry_id for _, entry_id, _ in links]
    about: dict[int, list[tuple[str, str]]] = defaultdict(list)
    added: dict[int, list[_Added]] = defaultdict(list)
    rows = About.objects.filter(entry_id__in=ids)
    for entry_id, noun, key, by in rows.values_list("entry_id", "noun", "key", "added_by_id"):
        if by is None:
            about[entry_id].append((noun, key))
        else:
            added[entry_id].append(_Added(noun, key, by))
    lines = {}
    entries = Entry.objects.filter(pk__in=ids).annotate(text=Cast("body", TextField()))
    for row in entries.values_list(
        "pk", "uid", "at", "actor_id", "actor_name", "window", "kind", "audience",
        "ward_code", "agency_code", "matter_key", "sentence", "text",
    ):  # fmt: skip
        covered: Any = (*row[1:], tuple(about[row[0]]))
        lines[row[0]] = Chained(*covered)
    explaining = {row.by for rows in added.values() for row in rows}
    explaining |= {pk for pk, line in lines.items() if line.kind == RESOLVED}
    resolutions = _resolutions(explaining)
    return _Batch(links, lines, added, resolutions, _standing(resolutions))


def _resolutions(ids: set[int]) -> dict[int, dict[str, Any]]:
    if not ids:
        return {}
    rows = Entry.objects.filter(pk__in=ids, kind=RESOLVED)
    return dict(rows.values_list("pk", "body"))


def _standing(resolutions: Mapping[int, dict[str, Any]]) -> frozenset[tuple[int, str, str]]:
    named = {body["entry"] for body in resolutions.values()}
    if not named:
        return frozenset()
    rows = About.objects.filter(entry_id__in=named)
    return frozenset(rows.values_list("entry_id", "noun", "key"))


def _fault(batch: _Batch, position: int, at: int, entry_id: int, digest: str, written: str) -> str:
    """What is wrong with one line, or nothing."""
    if at != position + 1:
        return f"it is missing, the next one in the chain is line {at:,}"
    line = batch.lines.get(entry_id)
    if line is None:
        return "its entry was deleted"
    if digest_after(digest, line) != written:
        return _diagnosis(batch, line, digest, written)
    for row in batch.added.get(entry_id, ()):
        said = batch.resolutions.get(row.by)
        if said is None or (said["entry"], said["noun"], said["key"]) != (
            entry_id, row.noun, row.key,
        ):  # fmt: skip
            return f"no mention explains why it stands on the timeline of {row.noun} {row.key}"
    if line.kind == RESOLVED:
        said = batch.resolutions[entry_id]
        if (said["entry"], said["noun"], said["key"]) not in batch.standing:
            return (
                f"entry {said['entry']} is missing from the timeline of "
                f"{said['noun']} {said['key']}, where it was put"
            )
    return ""


def _diagnosis(batch: _Batch, line: Chained, digest: str, written: str) -> str:
    """Why a digest is off, as exactly as it can be told."""
    for entry_id, other in batch.lines.items():
        if other is not line and digest_after(digest, other) == written:
            return f"entry {entry_id} stood in its place, lines were put in another order"
    named = _named(line)
    if named is not None and digest_after(digest, replace(line, about=named)) == written:
        missing, extra = sorted(set(named) - set(line.about)), sorted(set(line.about) - set(named))
        if missing:
            return f"it is missing from the timeline of {' '.join(missing[0])}"
        if extra:
            return f"nothing says that it belongs on the timeline of {' '.join(extra[0])}"
    return "it was changed after it was written, or lines before it were taken out"


def _named(line: Chained) -> Rows | None:
    """What the fact itself says that it is about, where the fact can still be read."""
    entry = Entry.objects.filter(uid=line.uid).only("body").first()
    try:
        fact = kind_named(line.kind).from_plain(entry.body if entry else {})
        return tuple(dict.fromkeys((ref.noun, ref.key) for ref in fact.about()))
    except (KeyError, TypeError, ValueError):
        return None


def _outside() -> Broken | None:
    """The oldest line that was never chained."""
    entry = Entry.objects.filter(link=None).order_by("pk").first()
    if entry is None:
        return None
    why = "it was put in past Wardroom, which chains every line that it writes"
    return Broken(0, entry.pk, entry.at, entry.kind, why)


def _broken(position: int, entry_id: int, line: Chained | None, why: str) -> Broken:
    if line is None:
        return Broken(position, entry_id, None, "", why)
    return Broken(position, entry_id, line.at, line.kind, why)
