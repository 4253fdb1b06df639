"""What a language has to say for itself before news can be written in it.

Each language is one `Tongue`. A frame sentence that a language lacks cannot be left out: the
program does not start without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.kernel.languages import Language


@dataclass(frozen=True, kw_only=True)
class MailWords:
    """The frame sentences of what is sent by mail."""

    confirm_subject: str
    confirm: str
    welcome_subject: str
    welcome: str
    digest_subject: str
    changes: Mapping[str, str]
    headings: Mapping[str, str]
    findings: Mapping[str, str]
    plan: str
    promise: str
    promise_by: str
    event: str
    why: str
    manage: str
    moved_subject: str
    changed_subject: str
    moved: str
    redrawn: str
    gone: str
    gone_to: str
    lost: str
    moved_back: str
    letter_foot: str


@dataclass(frozen=True, kw_only=True)
class PageWords:
    """The words of the pages that a subscriber opens without an account."""

    title: str
    lead: str
    email: str
    language: str
    area: str
    areas: Mapping[str, str]
    where: str
    where_help: str
    far: str
    district: str
    district_help: str
    topics: str
    topics_help: str
    frequency: str
    frequencies: Mapping[str, str]
    consent: str
    ask: str
    sent_title: str
    sent: str
    confirm_title: str
    confirm_button: str
    confirmed: str
    manage_title: str
    manage_lead: str
    nothing: str
    change: str
    changed: str
    stop_one: str
    stop_all: str
    stop_question: str
    stopped_one: str
    stopped_all: str
    choose_again: str
    feeds: str
    not_saved: str
    fill_in: str
    bad_email: str
    unknown_place: str
    unknown_district: str
    all_topics: str


@dataclass(frozen=True, kw_only=True)
class JoinWords:
    """The words of the page on which somebody asks to join a group."""

    title: str
    who: str
    area: str
    name: str
    email: str
    phone: str
    one_is_enough: str
    agreed: str
    consent: str
    ask: str
    thanks: str
    closed: str
    no_name: str
    bad_name: str
    no_way: str
    bad_phone: str
    not_agreed: str
    full: str
    slow_down: str


@dataclass(frozen=True, kw_only=True)
class Tongue(Language):
    """One language with its frame sentences."""

    only_english: str
    around: str
    mine: Mapping[str, str]
    named: Mapping[str, str]
    city: str
    mail: MailWords
    pages: PageWords
    join: JoinWords

    def counted(self, number: int) -> str:
        """How many changes there are."""
        return self.mail.changes[self.plural(number)].format(n=number)
