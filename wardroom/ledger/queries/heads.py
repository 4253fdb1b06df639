"""The signed heads of the ledger, and the proofs that lines stand under them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardroom.kernel.errors import NotFound, Refused
from wardroom.kernel.merkle import Edge, consistency_path, inclusion_path
from wardroom.ledger.gateways import signature_holds
from wardroom.ledger.models import Entry, Link, TreeHead
from wardroom.ledger.rules import SENTENCE, SignedHead, heads_in

SIGNED = "LedgerSigned"
Parts = list[tuple[int, bytes]]


def edge_of(head: TreeHead | None) -> Edge:
    """The right edge of the tree under a head, or of an empty one."""
    if head is None:
        return Edge()
    return Edge(head.size, [(height, bytes.fromhex(part)) for height, part in head.edge])


def signed_heads() -> list[SignedHead]:
    """All heads that were signed, the oldest first."""
    notes = TreeHead.objects.order_by("size", "day").values_list("note", flat=True)
    return heads_in("\n".join(notes))


class Marks:
    """What a walk along the chain is held against: the signed heads, from outside and kept here.

    ``agreed`` is the last line up to which a head agreed, ``passed`` how many heads did.
    """

    def __init__(self, outside: Sequence[SignedHead]) -> None:
        self.agreed, self.passed, self.strange = 0, 0, 0
        self._rows = {row.day: row for row in TreeHead.objects.order_by("day")}
        self._waiting: dict[int, list[SignedHead]] = defaultdict(list)
        self._edges: dict[int, Parts] = {}
        seen = set()
        for row in self._rows.values():
            self._edges[row.size] = edge_of(row).parts
        for signed in [*outside, *signed_heads()]:
            if signed.note not in seen:
                seen.add(signed.note)
                self._waiting[signed.head.size].append(signed)

    def fault_at(self, edge: Edge) -> str:
        """What is wrong with the heads that cover exactly the lines so far, or nothing."""
        for signed in self._waiting.pop(edge.size, ()):
            day = f"{signed.head.day:%B %-d, %Y}"
            if signed.head.root != edge.root():
                return f"from here to line {edge.size:,} it is not what was signed on {day}"
            holds = signature_holds(signed)
            if holds is False:
                return f"the head of {day} does not carry the office's signature"
            self.strange += holds is None
            self.passed += 1
            self.agreed = edge.size
        if edge.size in self._edges and self._edges[edge.size] != edge.parts:
            return f"what the next head goes on from was changed at line {edge.size:,}"
        return ""

    def fault_after(self, lines: int) -> str:
        """What is wrong once the walk is over: heads of lines that are gone, or heads gone."""
        if self._waiting:
            last = max(self._waiting)
            day = f"{self._waiting[last][0].head.day:%B %-d, %Y}"
            return f"lines {lines + 1:,} to {last:,}, which were signed on {day}, are gone"
        told = {date.fromisoformat(body["day"]): body for body in _bodies()}
        for on in sorted(set(told) | set(self._rows)):
            if not _same(told.get(on), self._rows.get(on)):
                return f"the head of {on:%B %-d, %Y} is not the one that the ledger tells of"
        return ""


def _bodies() -> list[dict[str, Any]]:
    return list(Entry.objects.filter(kind=SIGNED).values_list("body", flat=True))


def _same(told: dict[str, Any] | None, row: TreeHead | None) -> bool:
    """Whether a head, its note and the line that tells of it say the same."""
    if told is None or row is None:
        return False
    notes = [s.head for s in heads_in(row.note)]
    kept = [(h.day, h.size, h.root.hex()) for h in notes]
    return kept == [(row.day, row.size, row.root)] == [(row.day, told["size"], told["root"])]


def notes_since(day: date) -> list[tuple[date, str]]:
    """The signed notes of a day and of those after it, with their days."""
    rows = TreeHead.objects.filter(day__gte=day).order_by("day")
    return list(rows.values_list("day", "note"))


@dataclass(frozen=True)
class Proof:
    """Why a line is in the ledger that was signed, and why a later ledger begins as an earlier.

    It needs nothing but itself and the public key: `docs/check_ledger.py` checks it. Where the
    line holds its sentence by a commitment, the sentence and its salt stand beside; what else
    is personal in the line is not told.
    """

    head: str
    position: int
    text: str
    sentence: str
    salt: str
    path: tuple[str, ...]
    earlier: str
    consistency: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """The proof as JSON-ready values."""
        plain: dict[str, Any] = {"head": self.head}
        plain["line"] = {"position": self.position, "text": self.text, "path": list(self.path)}
        if self.salt:
            plain["line"] |= {"sentence": self.sentence, "salt": self.salt}
        if self.earlier:
            plain["earlier"] = {"head": self.earlier, "path": list(self.consistency)}
        return plain


def proof_of(position: int) -> Proof:
    """The proof that a line stands under the newest head, which goes on from the one before it.

    Raises `NotFound` where there is no such line; refuses a line that no head covers yet.
    """
    from wardroom.ledger.queries.verifying import told_of_line

    head = TreeHead.objects.order_by("-size").first()
    if not Link.objects.filter(position=position).exists():
        raise NotFound(f"The ledger has no line {position:,}.")
    if head is None or position > head.size:
        raise Refused("not_signed_yet", f"Line {position:,} was written after the last head.")
    earlier = TreeHead.objects.filter(size__lt=head.size).order_by("-size").first()
    links = Link.objects.filter(position__lte=head.size).order_by("position")
    lines = [bytes.fromhex(digest) for digest in links.values_list("digest", flat=True)]
    text, line = told_of_line(position)
    if hashlib.sha256(text.encode("ascii")).digest() != lines[position - 1]:
        sentence = f"Line {position:,} is not as it was written, so nothing can be proven of it."
        raise Refused("not_as_written", sentence)
    salt = (line.salts or {}).get(SENTENCE, "")
    return Proof(
        head=head.note,
        position=position,
        text=text,
        sentence=line.sentence if salt else "",
        salt=salt,
        path=tuple(part.hex() for part in inclusion_path(lines, position - 1)),
        earlier=earlier.note if earlier else "",
        consistency=tuple(part.hex() for part in consistency_path(lines, earlier.size))
        if earlier
        else (),
    )
