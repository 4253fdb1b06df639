"""The letters about a report, in the language of whoever sent it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardroom.casework.rules.tongues import Told


@dataclass(frozen=True)
class Letter:
    """What is written: its subject and its text."""

    subject: str
    text: str


def receipt_letter(
    told: Told,
    *,
    number: str,
    place: str,
    ward_code: str,
    next_on: date | None,
    answers: Sequence[tuple[str, str]] = (),
    link: str,
) -> Letter:
    """The letter that says what we wrote down, who looks after it, and by when."""
    words = told.letter
    on = words.next.format(day=told.day(next_on)) if next_on else ""
    answered = "\n".join(f"{question} {answer}" for question, answer in answers)
    text = words.receipt.format(
        number=number or "-",
        place=place or "-",
        who=role_in(told, ward_code),
        next="\n\n".join(part for part in (on, answered) if part),
        link=link,
    )
    return _letter(told, words.receipt_subject.format(number=number), text)


def outcome_letter(
    told: Told, *, number: str, what: str, text: str, own_words: str, link: str
) -> Letter:
    """The letter that says what became of a report: in their own language first."""
    words = told.letter
    said = f"{own_words}\n\n{text}" if own_words else _marked(told, text)
    body = words.told.format(text=said, number=number or "-", what=what, link=link)
    return _letter(told, words.told_subject.format(number=number), body)


def question_letter(told: Told, *, number: str, text: str, link: str) -> Letter:
    """The letter in which the office asks whoever reported something."""
    words = told.letter
    body = words.question.format(number=number or "-", text=_marked(told, text), link=link)
    return _letter(told, words.question_subject.format(number=number), body)


def links_letter(told: Told, links: list[tuple[str, str]]) -> Letter:
    """The letter with the links to all reports of an address, each behind its number."""
    lines = "\n\n".join(f"{number}\n{link}" for number, link in links)
    return _letter(told, told.letter.links_subject, told.letter.links.format(links=lines))


def role_in(told: Told, ward_code: str) -> str:
    """Who looks after a report, by their role: never by name. A place may have no ward yet."""
    if not ward_code:
        return told.follow.role_no_ward
    return told.follow.role.format(ward=told.ward.format(code=ward_code))


def _marked(told: Told, text: str) -> str:
    """Words of the office, which are in English and say so to readers of another language."""
    return f"{text} ({told.only_english})" if told.only_english else text


def _letter(told: Told, subject: str, text: str) -> Letter:
    return Letter(" ".join(subject.split()), f"{text.rstrip()}\n\n{told.letter.foot}\n")
