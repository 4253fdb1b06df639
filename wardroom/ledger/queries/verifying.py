"""Whether the ledger is what the house wrote: walks the chain and finds the first break."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast

from wardroom.kernel.facts import kind_named
from wardroom.kernel.merkle import Edge
from wardroom.kernel.personal import personal_fields, tells_nothing
from wardroom.ledger.models import About, Entry, Link, TakenOut
from wardroom.ledger.queries.heads import Marks
from wardroom.ledger.rules import (
    NO_LINE_YET,
    SENTENCE,
    Chained,
    SignedHead,
    digest_after,
    digest_of_rest,
    read_body,
    sentence_left,
    text_after,
)

BATCH = 2000
RESOLVED, ERASED = "MentionResolved", "WordsTakenOut"
CHANGED = "it was changed after it was written, or lines before it were taken out"
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
    """How many lines were walked, the digest at the end, and the first break if there is one.

    ``heads`` is how many signed heads the lines agree with, ``strange`` how many of them
    another key signed than the one that is here.
    """

    lines: int
    head: str
    broken: Broken | None
    heads: int = 0
    strange: int = 0


@dataclass(frozen=True)
class _Added:
    """A row on a timeline that came later, with the line that should explain it."""

    noun: str
    key: str
    by: int


@dataclass(frozen=True)
class _Gone:
    """That words were taken out of a line, and what was kept of them."""

    by: int
    commitments: Mapping[str, str]


@dataclass(frozen=True)
class _Batch:
    """Some links in order, with all that is known of their lines."""

    links: list[tuple[int, int, str]]
    lines: Mapping[int, Chained]
    added: Mapping[int, list[_Added]]
    resolutions: Mapping[int, dict[str, Any]]
    standing: frozenset[tuple[int, str, str]]
    gone: Mapping[int, _Gone]
    erasures: Mapping[int, Mapping[int, str]]
    erased: frozenset[tuple[int, int]]


def verified_chain(
    *,
    head: str = "",
    heads: Sequence[SignedHead] = (),
    tell: Callable[[int], None] = lambda _: None,
) -> Verified:
    """Walk the whole chain from its first line and stop at the first that is broken.

    ``head`` is the digest at the end of an earlier walk: it must still be in the chain. So
    must all that the signed ``heads`` cover, which were kept outside, and those kept here.
    ``tell`` hears how many lines were walked. Keeps one batch of lines in memory.
    """
    position, digest = 0, NO_LINE_YET
    head_seen = head in ("", NO_LINE_YET)
    edge, marks = Edge(), Marks(heads)
    unsigned: Broken | None = None
    salted = False
    for batch in _batches():
        for at, entry_id, written in batch.links:
            why = _fault(batch, position, at, entry_id, digest, written, salted)
            if why:
                off = batch.lines.get(entry_id)
                place = at if at == position + 1 else position + 1
                return Verified(position, digest, _broken(place, entry_id, off, why))
            position, digest = at, written
            line = batch.lines[entry_id]
            salted = salted or bool(line.salts or line.commitments)
            edge.add(bytes.fromhex(written))
            if unsigned is None and (why := marks.fault_at(edge)):
                # A line further on may be off as well, which names the place more exactly.
                unsigned = Broken(marks.agreed + 1, None, None, "", why)
            head_seen = head_seen or written == head
        tell(position)
    broken = unsigned or _outside()
    if broken is None and not head_seen:
        why = "the line that ended the chain at the earlier check is no longer in it"
        broken = Broken(position, None, None, "", why)
    if broken is None and (why := marks.fault_after(position)):
        broken = Broken(position + 1, None, None, "", why)
    return Verified(position, digest, broken, marks.passed, marks.strange)


def told_of_line(position: int) -> tuple[str, Chained]:
    """What the digest of a line is taken of, word for word, and the line itself."""
    before = Link.objects.filter(position=position - 1).values_list("digest", flat=True).first()
    link = Link.objects.get(position=position)
    line = covered_lines([link.entry_id])[link.entry_id]
    return text_after(before or NO_LINE_YET, line), line


def covered_lines(ids: Sequence[int]) -> dict[int, Chained]:
    """All that the chain covers of these lines, by the numbers of their entries."""
    about: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = About.objects.filter(entry_id__in=ids, added_by=None)
    for entry_id, noun, key in rows.values_list("entry_id", "noun", "key"):
        about[entry_id].append((noun, key))
    return _lines(ids, about, _gone(ids))


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
    gone = _gone(ids)
    lines = _lines(ids, about, gone)
    explaining = {row.by for rows in added.values() for row in rows}
    explaining |= {pk for pk, line in lines.items() if line.kind == RESOLVED}
    resolutions = _resolutions(explaining)
    told = {row.by for row in gone.values()}
    erasures = _erasures(told | {pk for pk, line in lines.items() if line.kind == ERASED})
    return _Batch(
        links, lines, added, resolutions, _standing(resolutions), gone, erasures,
        _erased(erasures),
    )  # fmt: skip


def _lines(
    ids: Sequence[int],
    about: Mapping[int, Sequence[tuple[str, str]]],
    gone: Mapping[int, _Gone],
) -> dict[int, Chained]:
    lines = {}
    entries = Entry.objects.filter(pk__in=ids).annotate(text=Cast("body", TextField()))
    for pk, *row, salts in entries.values_list(
        "pk", "uid", "at", "actor_id", "actor_name", "window", "kind", "audience",
        "ward_code", "agency_code", "matter_key", "sentence", "text", "salts",
    ):  # fmt: skip
        kept = gone[pk].commitments if pk in gone else {}
        covered: Any = (*row, tuple(about.get(pk, ())), salts, kept)
        lines[pk] = Chained(*covered)
    return lines


def _gone(ids: Sequence[int]) -> dict[int, _Gone]:
    rows = TakenOut.objects.filter(entry__in=ids).values_list("entry_id", "by_id", "commitments")
    return {entry_id: _Gone(by, commitments) for entry_id, by, commitments in rows}


def _erasures(ids: set[int]) -> dict[int, dict[int, str]]:
    """How each line reads since, as these lines tell."""
    if not ids:
        return {}
    rows = Entry.objects.filter(pk__in=ids, kind=ERASED).values_list("pk", "body")
    return {pk: dict(zip(body["lines"], body["digests"], strict=True)) for pk, body in rows}


def _erased(erasures: Mapping[int, Mapping[int, str]]) -> frozenset[tuple[int, int]]:
    rows = TakenOut.objects.filter(by__in=list(erasures)) if erasures else TakenOut.objects.none()
    return frozenset(rows.values_list("entry_id", "by_id"))


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


def _fault(
    batch: _Batch, position: int, at: int, entry_id: int, digest: str, written: str, salted: bool
) -> str:
    """What is wrong with one line, or nothing; ``salted`` says that a line before it has salts."""
    if at != position + 1:
        return f"it is missing, the next one in the chain is line {at:,}"
    line = batch.lines.get(entry_id)
    if line is None:
        return "its entry was deleted"
    if entry_id in batch.gone:
        if why := _fault_of_rest(batch, entry_id, line):
            return why
        if (line.commitments or salted) and digest_after(digest, line) != written:
            return CHANGED
    elif digest_after(digest, line) != written:
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
    for erased in batch.erasures[entry_id] if line.kind == ERASED else ():
        if (erased, entry_id) not in batch.erased:
            return f"it tells that words of entry {erased} were taken out, and nothing shows that"
    return ""


def _fault_of_rest(batch: _Batch, entry_id: int, line: Chained) -> str:
    """What is wrong with a line of which words were taken out, beside its own digest."""
    said = batch.erasures.get(batch.gone[entry_id].by, {}).get(entry_id)
    if said is None:
        return "its words were taken out, and no line tells of that"
    if digest_of_rest(line) != said:
        return "it was changed since its words were taken out, or they still stand in it"
    body = read_body(line.body)
    left = {name: body.get(name) for name in _names_gone(line, body)}
    if line.sentence != sentence_left(line.kind) or not all(map(tells_nothing, left.values())):
        return "other words stand in it where its own were taken out"
    return ""


def _names_gone(line: Chained, body: Mapping[str, Any]) -> Iterable[str]:
    """Of what fields the values were taken out: of an older line, of all that are personal."""
    if line.commitments:
        return line.commitments.keys() - {SENTENCE}
    try:
        return personal_fields(kind_named(line.kind))
    except KeyError:  # a kind that no part of the house writes any more
        return [name for name, value in body.items() if isinstance(value, str | list | dict)]


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
    return CHANGED


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
