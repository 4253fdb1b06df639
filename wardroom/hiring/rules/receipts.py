"""The receipt of an application: a fingerprint of each part that was sent, and of the whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

RESUME_FILE, PASTED, ANSWERS, PERSON = "resume_file", "pasted", "answers", "person"
WHOLE = "whole"


@dataclass(frozen=True)
class Part:
    """One part of what was sent, and its SHA-256."""

    name: str
    digest: str


def digest_of(words: object) -> str:
    """The SHA-256 of words as JSON, in one form that anybody can make again."""
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def receipt_parts(
    *,
    person: Sequence[str],
    pasted: str,
    file_digest: str,
    answers: Sequence[tuple[str, str]],
) -> tuple[Part, ...]:
    """A fingerprint of each part, and at last one of all the others in their order.

    ``person`` is the name, the address and whether they live in the city; ``answers`` are the
    questions with what was answered. A part that was not sent has none.
    """
    parts = [Part(PERSON, digest_of(list(person)))]
    if file_digest:
        parts.append(Part(RESUME_FILE, file_digest))
    if pasted:
        parts.append(Part(PASTED, hashlib.sha256(pasted.encode()).hexdigest()))
    if answers:
        parts.append(Part(ANSWERS, digest_of([list(pair) for pair in answers])))
    whole = digest_of([[part.name, part.digest] for part in parts])
    return (*parts, Part(WHOLE, whole))
