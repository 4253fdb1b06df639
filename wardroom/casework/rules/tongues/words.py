"""What a language has to say for itself before residents can report and follow in it.

Each language is one `Told`. A sentence that a language lacks cannot be left out: the program
does not start without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.kernel.languages import Language


@dataclass(frozen=True, kw_only=True)
class DangerWords:
    """Whom to call instead of writing, and the words by which danger is known.

    The codes are those of `wardroom.casework.rules.DANGERS`.
    """

    always: str
    small: str
    say: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    ground: str
    ground_phone: str
    still_send: str
    others: str
    others_outside: str


@dataclass(frozen=True, kw_only=True)
class FormWords:
    """The words of the page on which somebody reports."""

    title: str
    lead: str
    step: str
    go_on: str
    back: str
    photo: str
    photos: str
    photos_help: str
    photos_kept: str
    photos_drop: str
    photos_again: str
    photo_placed: str
    where: str
    place: str
    place_help: str
    here: str
    on_map: str
    map_label: str
    map_instead: str
    meant: str
    place_sure: str
    what: str
    said: str
    said_help: str
    topic: str
    topic_help: str
    unsure: str
    guess: str
    guess_basis: str
    questions: str
    near: str
    near_help: str
    near_row: str
    near_away: str
    voices: Mapping[str, str]
    me_too: str
    another: str
    contact: str
    contact_help: str
    name: str
    email: str
    phone: str
    consent: str
    yes: str
    no: str
    check: str
    send: str
    working: str
    optional: str
    not_sent: str
    wrong: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class FollowWords:
    """The words of a receipt, and of the page on which somebody follows a report."""

    thanks: str
    title: str
    number: str
    kind: str
    place: str
    reported: str
    your_words: str
    who: str
    role: str
    role_no_ward: str
    next: str
    keep_link: str
    mailed: str
    joined: str
    private: str
    status: str
    received: str
    asked: Mapping[str, str]
    promised: str
    returned: str
    closed: str
    outcomes: Mapping[str, str]
    what_was_said: str
    history: str
    facts: str
    fact_lines: Mapping[str, tuple[str, str]]
    asks: str
    answer: str
    send_answer: str
    answered: str
    answer_kept: str
    still: str
    still_help: str
    still_words: str
    still_send: str
    still_noted: str
    still_opened: str
    rating: str
    rating_help: str
    ratings: Mapping[str, str]
    rating_words: str
    rating_send: str
    rating_kept: str
    nothing_opens: str
    wait: str
    mine_title: str
    mine_lead: str
    mine_send: str
    mine_sent: str
    another_report: str


@dataclass(frozen=True, kw_only=True)
class LetterWords:
    """The words of the letters that somebody gets about a report."""

    receipt_subject: str
    receipt: str
    next: str
    told_subject: str
    told: str
    question_subject: str
    question: str
    links_subject: str
    links: str
    foot: str


@dataclass(frozen=True, kw_only=True)
class Told(Language):
    """One language in which residents report and follow."""

    ward: str
    only_english: str
    danger: DangerWords
    form: FormWords
    follow: FollowWords
    letter: LetterWords
