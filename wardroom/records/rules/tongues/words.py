"""What a language has to say before anybody can ask for records in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.kernel.languages import Language


@dataclass(frozen=True, kw_only=True)
class AskWords:
    """The words of the form."""

    title: str
    lead: str
    clock: str
    name: str
    email: str
    email_help: str
    language: str
    words: str
    words_help: str
    send: str
    working: str
    not_sent: str


@dataclass(frozen=True, kw_only=True)
class StandsWords:
    """How a request stands, on its own page."""

    title: str
    received: str
    due: str
    asked: str
    open: str
    longer: str
    late: str
    making: str
    outcomes: Mapping[str, str]
    withdrawn: str
    appealed: str
    upheld: str
    appeal: str
    answer: str
    fetch: str
    fingerprint: str
    closed: str


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """The letters to whoever asked."""

    receipt_subject: str
    receipt: str
    longer_subject: str
    longer: str
    answer_subject: str
    answer: str
    foot: str


@dataclass(frozen=True, kw_only=True)
class RecordsTongue(Language):
    """One language with all its words for asking for records."""

    ask: AskWords
    stands: StandsWords
    letters: LetterWords
    wrong: Mapping[str, str]
