"""What a posting says, when it takes applications, and what no question of it may ask."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.matters.rules import KEEPER_NOUN, check_length, check_text

DRAFT, OPEN, CLOSED, FILLED, WITHDRAWN = "draft", "open", "closed", "filled", "withdrawn"
STATES: Mapping[str, str] = {
    DRAFT: "Draft",
    OPEN: "Open",
    CLOSED: "Closed",
    FILLED: "Filled",
    WITHDRAWN: "Withdrawn",
}
MOVES: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({OPEN, WITHDRAWN}),
    OPEN: frozenset({CLOSED, FILLED, WITHDRAWN}),
    CLOSED: frozenset({OPEN, FILLED, WITHDRAWN}),
    FILLED: frozenset(),
    WITHDRAWN: frozenset(),
}
ENDED = (FILLED, WITHDRAWN)
# What the records officer's list calls a hiring whose months are over.
KEPT_HIRING = "kept_hiring"
# What the keeper's list calls a hiring in which there is something to decide.
LOOK_AT_HIRING = KEEPER_NOUN
NO_PREFERENCE, FIRST, POINTS = "none", "first", "points"
PREFERENCES: Mapping[str, str] = {
    NO_PREFERENCE: "No preference",
    FIRST: "Residents are screened first",
    POINTS: "Residents get extra points",
}
APPLICANT, PANEL = "applicant", "panel"
TEXT, YES_NO = "text", "yes_no"
ANSWER_KINDS: Mapping[str, str] = {TEXT: "In their own words", YES_NO: "Yes or no"}
MOST_LINE, MOST_TEXT, MOST_QUESTIONS, MOST_POINTS = 200, 12_000, 15, 10
MOST_SALARY, MOST_MONTHS, MOST_EXTRA, MOST_SEATS = 100_000_000, 120, 20, 20

# What the office never asks of anybody who applies, however it is put. A question after a
# conditional offer is asked by whoever screens, never here.
NEVER_ASKED = re.compile(
    r"\b(?:convict\w*|felon\w*|misdemeanou?r\w*|arrest\w*|criminal\w*|crimes?|incarcerat\w*"
    r"|prisons?|jails?|probation|parole\w*|expunge\w*|rap sheet|offen[cs]es?"
    r"|vot(?:e|ed|es|er|ers|ing)|ballots?|political\w*|partisan\w*|democrat\w*|republican\w*"
    r"|campaign (?:contribution|donation)s?|how old|your age|age|birth\w*|born|marital|married"
    r"|pregnan\w*|religio\w*|church|race|racial|ethnic\w*|disabilit\w*|sexual\w*"
    # When somebody went to school tells their age.
    r"|(?:what|which) year\b[^.?!]{0,60}\b(?:school|graduat\w*|college|university|degree|diploma)"
    r"|when (?:did|were) you\b[^.?!]{0,30}\b(?:school|graduat\w*|college|university|degree)"
    r"|graduation (?:year|date)|(?:year|date) of (?:your )?graduation"
    # Where somebody comes from.
    r"|(?:what|which) countr(?:y|ies)|country of (?:origin|birth)|where (?:are|were|do) you"
    r" (?:come )?(?:originally )?from|national origin|nationality|ancestry|mother tongue"
    r"|native (?:language|tongue|country)|citizenship|are you a citizen|immigration status"
    # Health, and what somebody earned before.
    r"|handicap\w*|medical (?:condition|history|leave)s?|your health|sick (?:days?|leave)"
    r"|(?:current|last|previous|past|present|earlier|prior|former) (?:salar(?:y|ies)|pay|wages?"
    r"|earnings)|(?:salary|pay|wage) history"
    r"|how much (?:do|did|were|are) you (?:now )?(?:earn\w*|paid|make|get paid))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PostingWords:
    """Everything that a posting says."""

    title: str
    office_name: str
    grade: str
    salary_from: int
    salary_to: int | None
    opens_on: date
    closes_on: date | None
    special: str = ""
    about: str = ""
    duties: str = ""
    requirements: str = ""
    security_note: str = ""
    residency: str = ""
    preference: str = NO_PREFERENCE
    preference_words: str = ""
    preference_points: int = 0
    keep_months: int = 36
    seats: int = 1


def check_words(words: PostingWords) -> PostingWords:
    """A posting that can be published as it stands.

    Refuses: no title, duties or grade; a salary or days that cannot be; a preference without
    the words that declare it; a text too long.
    """
    for name, sentence in NEEDED.items():
        most = MOST_LINE if name in LINES else MOST_TEXT
        check_text(
            getattr(words, name), code=f"no_{name}", sentence=sentence, field=name, most=most
        )
    for name in ("special", "about", "security_note", "residency", "preference_words"):
        check_length(getattr(words, name), field=name, most=MOST_TEXT)
    _check_salary(words.salary_from, words.salary_to)
    if words.closes_on is not None and words.closes_on < words.opens_on:
        raise Refused("closes_too_early", "It closes before it opens.", field="closes_on")
    _check_preference(words)
    if not 1 <= words.keep_months <= MOST_MONTHS:
        sentence = f"Say for how many months applications are kept: 1 to {MOST_MONTHS}."
        raise Refused("keep_months_off", sentence, field="keep_months")
    if not 1 <= words.seats <= MOST_SEATS:
        sentence = f"Say how many are to be appointed: 1 to {MOST_SEATS}."
        raise Refused("seats_off", sentence, field="seats")
    return words


LINES = ("title", "office_name", "grade")
NEEDED: Mapping[str, str] = {
    "title": "Say what the position is called.",
    "office_name": "Say for which office.",
    "grade": "Write the grade, such as Excepted Service, Grade 5.",
    "duties": "Write the duties.",
    "requirements": "Write what is required.",
}


def _check_salary(lowest: int, highest: int | None) -> None:
    if not 0 < lowest <= MOST_SALARY:
        raise Refused("salary_off", "Write the salary of a year in dollars.", field="salary_from")
    if highest is not None and not lowest <= highest <= MOST_SALARY:
        sentence = "The upper end of the salary is below the lower one."
        raise Refused("salary_turned", sentence, field="salary_to")


def _check_preference(words: PostingWords) -> None:
    if words.preference not in PREFERENCES:
        raise Refused("unknown_preference", "Choose one from the list.", field="preference")
    if words.preference != NO_PREFERENCE and not words.preference_words.strip():
        sentence = "Write the words in which the posting declares the preference."
        raise Refused("preference_silent", sentence, field="preference_words")
    most = MOST_EXTRA if words.preference == POINTS else 0
    if not (1 if most else 0) <= words.preference_points <= most:
        sentence = f"Extra points are 1 to {MOST_EXTRA}, and only where residents get points."
        raise Refused("points_off", sentence, field="preference_points")


def check_move(state: str, to: str) -> None:
    """Whether a posting may go from one state to another. Refuses: any other way."""
    if to not in MOVES[state]:
        sentence = f"This posting is {STATES[state].lower()}; it cannot be {STATES[to].lower()}."
        raise Refused("wrong_state", sentence)


def takes_applications(state: str, *, opens_on: date, closes_on: date | None, today: date) -> bool:
    """Whether it takes applications on a day of the office: both days are inside."""
    return state == OPEN and opens_on <= today and (closes_on is None or today <= closes_on)


def shown_state(state: str, *, closes_on: date | None, today: date) -> str:
    """The state as everybody reads it: an open posting closes by itself when its last day ends."""
    over = state == OPEN and closes_on is not None and closes_on < today
    return CLOSED if over else state


def check_question(text: str, *, kind: str, asked_of: str, points: int) -> str:
    """A question to those who apply, or one that the panel asks each of them.

    Refuses: no words; what the office never asks; a kind or points that cannot be.
    """
    words = check_text(
        text, code="no_question", sentence="Write the question.", field="text", most=500
    )
    asks = NEVER_ASKED.search(words)
    if asks is not None:
        sentence = (
            f"The office does not ask this ({asks.group().lower()}). Nobody who applies is asked"
            " about convictions before a conditional offer, nor at any time about age, family,"
            " faith, politics, origin, health, or earlier pay. This finds words, not meanings:"
            " ask only what the job needs."
        )
        raise Refused("never_asked", sentence, field="text")
    if kind not in ANSWER_KINDS:
        raise Refused("unknown_kind", "Choose how it is answered.", field="kind")
    if asked_of == PANEL and not 1 <= points <= MOST_POINTS:
        raise Refused("points_off", f"The most points are 1 to {MOST_POINTS}.", field="points")
    return words


def slug_of(title: str, number: int) -> str:
    """The end of a posting's address: its title in small letters, and its number."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = "-".join(re.findall(r"[a-z0-9]+", bare))[:80].strip("-")
    return f"{words or 'posting'}-{number}"
