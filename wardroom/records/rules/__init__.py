"""What is right for a request for records: its states, its clock, and what each answer means."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

# The noun of requests on timelines and in worklists, and the purpose of their links.
NOUN, PURPOSE = "records_request", "records_request"
ANSWER_RULE, LONGER_RULE, APPEAL_RULE = "dc-foia", "dc-foia-extended", "dc-foia-appeal"
MOST_NAME, MOST_WORDS, MOST_REASON, MOST_FOUND = 120, 4_000, 300, 2_000
FIRST_WORDS = 140
FARTHEST_BACK = timedelta(days=366)

OPEN, MAKING, ANSWERED, APPEALED, WITHDRAWN = (
    "open", "making", "answered", "appealed", "withdrawn",
)  # fmt: skip
STATES: Mapping[str, str] = {
    OPEN: "At work on it",
    MAKING: "The release is being made",
    ANSWERED: "Answered",
    APPEALED: "Appealed",
    WITHDRAWN: "Withdrawn",
}
# Which state a verb leads to, from each.
MOVES: Mapping[str, Mapping[str, str]] = {
    OPEN: {
        "search_records": OPEN,
        "decide_record": OPEN,
        "redact_words": OPEN,
        "extend_request": OPEN,
        "release_records": MAKING,
        "withdraw_request": WITHDRAWN,
    },
    MAKING: {"file_release": ANSWERED},
    ANSWERED: {"note_appeal": APPEALED},
    APPEALED: {"uphold_answer": ANSWERED, "reopen_request": OPEN},
    WITHDRAWN: {},
}
CHANNELS: Mapping[str, str] = {
    "web": "On the website",
    "mail": "By e-mail",
    "letter": "By letter",
    "person": "In person",
    "phone": "By phone",
}
GRANTED, PART, DENIED, NONE_FOUND = "granted", "part", "denied", "none"
OUTCOMES: Mapping[str, str] = {
    GRANTED: "Given out in full",
    PART: "Given out in part",
    DENIED: "Kept back",
    NONE_FOUND: "Nothing found",
}
RELEASE, WITHHOLD, NOT_ASKED = "release", "withhold", "not_asked"
DECISIONS: Mapping[str, str] = {
    RELEASE: "Give it out",
    WITHHOLD: "Keep all of it back",
    NOT_ASKED: "It is not what was asked for",
}
LINES, MATTERS, MAIL_IN, MAIL_OUT, FILES = "line", "matter", "mail_in", "mail_out", "file"
KINDS: Mapping[str, str] = {
    LINES: "Lines of the timelines",
    MATTERS: "Matters",
    MAIL_IN: "Mail in",
    MAIL_OUT: "Messages out",
    FILES: "Files",
}


def check_move(state: str, verb: str) -> str:
    """The state that a verb leads to. Refuses: one that cannot follow now."""
    if verb not in MOVES[state]:
        raise Refused("wrong_state", f"This cannot be done now. It stands so: {STATES[state]}.")
    return MOVES[state][verb]


def check_words(text: str) -> str:
    """What somebody asks for. Refuses: nothing, or more than fits."""
    return check_text(
        text,
        code="no_words",
        sentence="Say which records you want.",
        field="words",
        most=MOST_WORDS,
    )


def check_name(name: str) -> str:
    """Who asks. Refuses: nobody, or a name too long."""
    return check_text(name, code="no_name", sentence="Write a name.", field="name", most=MOST_NAME)


def check_reason(reason: str) -> str:
    """A reason that whoever asked will read. Refuses: none, or one too long."""
    return check_text(
        reason,
        code="no_reason",
        sentence="Give the reason. Whoever asked reads it.",
        field="reason",
        most=MOST_REASON,
    )


def check_received(on: date, *, today: date) -> date:
    """The day on which a request came. Refuses: a day to come, or one far back."""
    if on > today or on < today - FARTHEST_BACK:
        raise Refused(
            "received_off",
            "Choose the day on which it came: today or a day of the last year.",
            field="received_on",
        )
    return on


def beginning_of(text: str) -> str:
    """The first words of a record, after who wrote it."""
    said = " ".join((text.partition("\n\n")[2] or text).split())
    return said if len(said) <= FIRST_WORDS else f"{said[:FIRST_WORDS].rstrip()}..."


def terms_in(text: str) -> tuple[str, ...]:
    """The words to look for: each line or comma begins another, and any one of them is enough."""
    parts = text.replace("\n", ",").split(",")
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def outcome_of(*, given: int, cut: int, kept_back: int) -> str:
    """What an answer is: ``given`` go out, ``cut`` of them with parts taken out."""
    if not (given or kept_back):
        return NONE_FOUND
    if not given:
        return DENIED
    return PART if cut or kept_back else GRANTED
