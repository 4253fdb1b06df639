"""Promises in public: whose, in which words, to whom, and how they move to kept or not kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_length, check_text, day_meant

COMMITMENT = "commitment"
MAKERS: Mapping[str, str] = {
    "mayor": "The Mayor",
    "council": "The Council",
    "federal": "A federal agency",
    "congress": "Congress",
    "agency": "A District agency",
    "office": "This office",
}
HEARD, CONFIRMED, UNDER_WAY = "heard", "confirmed", "under_way"
STAGES: Mapping[str, str] = {
    HEARD: "Heard, not confirmed",
    CONFIRMED: "Confirmed",
    UNDER_WAY: "Under way",
}
ENDS: Mapping[str, str] = {
    "kept": "Kept",
    "not_kept": "Not kept, and why",
    "not_made": "Was not promised",
    "opened_in_error": "Opened in error",
}
MOVES: Mapping[str, frozenset[str]] = {
    "confirm": frozenset({HEARD}),
    "begin": frozenset({CONFIRMED}),
    "change": frozenset({CONFIRMED, UNDER_WAY}),
    "note_progress": frozenset({CONFIRMED, UNDER_WAY}),
    "keep": frozenset({CONFIRMED, UNDER_WAY}),
    "break": frozenset({CONFIRMED, UNDER_WAY}),
    "deny": frozenset({HEARD}),
    "publish": frozenset({CONFIRMED, UNDER_WAY}),
}
CONFIRM_STEP = "See whether the director confirmed it"
FOLLOW_STEP = "Ask how far it is"
SILENT_FOR = timedelta(days=14)
_BY = re.compile(
    r"\b(?:by|until)\s+(?:(today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b"
    r"(?:,?\s+(20\d\d)\b)?"
    r"|(\d{1,2}/\d{1,2}(?:/\d{4})?)(?!\d))",
    re.IGNORECASE,
)
_NOT_NOW: Mapping[str, str] = {
    HEARD: "It is not confirmed yet. Somebody has to say first that it was really promised.",
    CONFIRMED: "It is confirmed already.",
    UNDER_WAY: "It is under way already.",
}


@dataclass(frozen=True)
class Promise:
    """A promise as it was heard: whose, in which words, to whom, where, and by when."""

    wording: str
    maker: str
    maker_name: str
    made_to: str
    said_on: date
    where: str = ""
    authority: str = ""
    due_on: date | None = None


def checked_promise(heard: Promise, *, today: date) -> Promise:
    """A promise fit to be written down. Refuses: what is missing or cannot be."""
    wording, maker_name = check_words(heard.wording), check_maker(heard.maker, heard.maker_name)
    made_to = check_promised_to(heard.made_to)
    check_said_on(heard.said_on, today=today)
    check_due(heard.due_on, said_on=heard.said_on)
    return replace(
        heard,
        wording=wording,
        maker_name=maker_name,
        made_to=made_to,
        where=check_length(heard.where, field="where", most=200),
        authority=check_length(heard.authority, field="authority", most=200),
    )


def check_move(move: str, stage: str) -> None:
    """Whether a commitment at this stage can do that. Refuses: one that cannot."""
    if stage not in MOVES[move]:
        raise Refused("wrong_state", _NOT_NOW[stage])


def is_tellable(stage: str, state: str, outcome: str) -> bool:
    """Whether the public may be told of it: confirmed, and open or kept."""
    return stage in MOVES["publish"] and (state == "open" or outcome == "kept")


def check_words(wording: str) -> str:
    """The words as they were said. Refuses: none."""
    return check_text(
        wording,
        code="wording_missing",
        sentence="Write down what was promised, in the words that were used.",
        field="wording",
        most=500,
    )


def check_maker(maker: str, name: str) -> str:
    """Who promised, by name or office. Refuses: a kind that is not known; nobody named."""
    if maker not in MAKERS:
        raise Refused("unknown_maker", "Choose who made the promise.", field="maker")
    return check_text(
        name,
        code="maker_missing",
        sentence="Say who said it, by name or office.",
        field="maker_name",
        most=200,
    )


def check_promised_to(name: str) -> str:
    """To whom it was promised. Refuses: nobody named, since somebody has to be told."""
    return check_text(
        name,
        code="promisee_missing",
        sentence="Say to whom it was promised. They are told what becomes of it.",
        field="made_to",
        most=200,
    )


def check_said_on(said_on: date, *, today: date) -> None:
    """It was said already. Refuses: a day to come."""
    if said_on > today:
        raise Refused("said_in_the_future", "This day is still to come.", field="said_on")


def check_due(due_on: date | None, *, said_on: date) -> None:
    """A promise falls due after it was made. Refuses: a day before."""
    if due_on is not None and due_on < said_on:
        raise Refused("due_before_said", "It cannot be due before it was promised.", field="due_on")


def check_changed(
    *, wording: str, due_on: date | None, was: tuple[str, date | None], why: str, told: str
) -> tuple[str, str]:
    """A change of words or day, with its reason and with who was told.

    Refuses: nothing changed; no reason; nobody told.
    """
    if (wording, due_on) == was:
        raise Refused("nothing_changed", "Change the words or the day.", field="wording")
    reason = check_text(
        why, code="reason_missing", sentence="Say why it changed.", field="why", most=300
    )
    return reason, check_text(
        told,
        code="told_missing",
        sentence="Say who was told of the change. A promise is not changed in silence.",
        field="told",
        most=200,
    )


def check_kept(evidence: str, told: str) -> tuple[str, str]:
    """What shows that it was kept, and who was told. Refuses: either missing."""
    shown = check_text(
        evidence,
        code="evidence_missing",
        sentence="Say what shows that it was kept: what was seen, or where it is written.",
        field="evidence",
        most=500,
    )
    return shown, check_told(told)


def check_told(told: str) -> str:
    """Who was told how it ended. Refuses: nobody."""
    return check_text(
        told,
        code="told_missing",
        sentence="Say who was told, and how. A promise ends with those it was made to.",
        field="told",
        most=200,
    )


def day_named(words: str, *, said_on: date) -> date | None:
    """The day by which something is promised in so many words, such as “by December 11”."""
    found = _BY.search(words)
    if found is None:
        return None
    word, month, day, year, numbers = found.groups()
    seen_from = date(int(year), 1, 1) if year else said_on
    named = day_meant(word or numbers or f"{month}{day}", today=seen_from)
    return named if named is not None and named >= said_on else None


def silent_since(last_word_on: date, *, today: date) -> bool:
    """Whether nothing was heard of it for 14 days."""
    return today - last_word_on >= SILENT_FOR


def stage_of(stage: str, state: str, outcome: str) -> str:
    """How it stands: its stage while it is open, then what became of it."""
    return outcome if state == "closed" else stage
