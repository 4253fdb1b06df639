"""What a language has to say before anybody can apply for a job in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.kernel.languages import Language


@dataclass(frozen=True, kw_only=True)
class PostingPageWords:
    """The words around a posting; the posting itself stays in the language it was written in."""

    title: str
    lead: str
    none: str
    until: str
    until_filled: str
    opens: str
    over: str
    grade: str
    salary: str
    a_year: str
    office: str
    open: str
    close: str
    special: str
    about: str
    duties: str
    requirements: str
    preference: str
    security: str
    residency: str
    apply: str
    not_taking: str


@dataclass(frozen=True, kw_only=True)
class FormWords:
    """The words of the application, from its first line to its end."""

    start: str
    start_lead: str
    name: str
    email: str
    email_help: str
    language: str
    begin: str
    working: str
    draft_lead: str
    phone: str
    lives_here: str
    yes: str
    no: str
    resume: str
    attach: str
    attach_help: str
    attached: str
    take_off: str
    paste: str
    questions: str
    optional: str
    save: str
    saved: str
    send: str
    send_lead: str
    not_sent: str
    not_saved: str


@dataclass(frozen=True, kw_only=True)
class ReceiptWords:
    """The words of the receipt, and of withdrawing."""

    sent: str
    sent_lead: str
    number: str
    when: str
    stands: str
    letters: str
    parts_lead: str
    parts: Mapping[str, str]
    pdf: str
    withdraw: str
    withdraw_help: str
    withdrawn: str
    closed: str


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """The letters to whoever applies; ``stages`` are told by mail, and stand on their own page."""

    link_subject: str
    link: str
    receipt_subject: str
    receipt: str
    stage_subject: str
    stages: Mapping[str, str]
    foot: str


@dataclass(frozen=True, kw_only=True)
class JobTongue(Language):
    """One language with all its words for applying."""

    posting: PostingPageWords
    form: FormWords
    receipt: ReceiptWords
    letters: LetterWords
    wrong: Mapping[str, str]
