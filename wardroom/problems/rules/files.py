"""How the file of a location goes on: worked on, left, watched, and taken up again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wardroom.fieldwork.rules import clean_in_a_row
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import KINDS

DESIGNATED, RELAPSED, REOPENED = "designated", "relapsed", "reopened"
ENTRIES: Mapping[str, str] = {
    DESIGNATED: "Designated",
    RELAPSED: "Relapsed",
    REOPENED: "Taken up again",
}
OPEN, ON_WATCH, SUSTAINED, CLOSED = "open", "on_watch", "sustained", "closed"
KEPT_UP, RESOLVED = "maintained", "resolved"
SOLVED = KINDS["persistent_location"].solved
FILE_MOVES: Mapping[str, Mapping[str, str]] = {
    "open": {"exit_location": "closed"},
    "closed": {"relapse_location": "open", "reopen_location": "open", "designate": "open"},
}
NOT_CLEAN = frozenset({"partly", "not_fixed", "worse"})
QUESTIONS: Mapping[str, tuple[str, str]] = {
    "what": ("What happens", "What kind of trouble, how much of it, exactly where."),
    "when": ("When it happens", "Days, hours, seasons; what comes before it."),
    "harmed": ("Who is harmed", "Whom it hurts and how. Groups of people, no names."),
    "control": (
        "Who controls the place",
        "Who owns it, who looks after it, and who may act there.",
    ),
    "tried": ("What was tried", "What was done before, by whom, and why it did not last."),
    "cause": ("What keeps bringing it back", "Your best guess today. It may turn out wrong."),
}
LONGEST_ANSWER = 2000
SCAN, ANALYZE, RESPOND, ASSESS = "scan", "analyze", "respond", "assess"
PARTS: Mapping[str, str] = {
    SCAN: "Scan",
    ANALYZE: "Analyze",
    RESPOND: "Respond",
    ASSESS: "Assess",
}


@dataclass(frozen=True)
class Ground:
    """What counts as a place: kinds of trouble, addresses by key, and how far around it."""

    topics: Sequence[Mapping[str, Any]]
    place_keys: Sequence[int]
    radius_m: int


@dataclass(frozen=True)
class FileNow:
    """What a file holds of the time that goes on, for saying what it lacks.

    ``again`` says that it is not the first time: what was written before is looked at anew.
    """

    looks: int
    answered: frozenset[str]
    planned: bool
    live_asks: int
    exit_met: bool
    closed: bool = False
    again: bool = False


@dataclass(frozen=True)
class Part:
    """One of the four parts of the work: done, under way here, or still to come."""

    code: str
    label: str
    done: bool
    here: bool
    missing: tuple[str, ...]


def parts_of(now: FileNow) -> tuple[Part, ...]:
    """The four parts in order; the first that is not done is where the file stands."""
    unanswered = [QUESTIONS[q][0].lower() for q in QUESTIONS if q not in now.answered]
    asks = "1 ask is" if now.live_asks == 1 else f"{now.live_asks} asks are"
    unwritten = "Not looked at anew since it came back" if now.again else "Not written yet"
    no_plan = (
        "The plan was not revised since it came back."
        if now.again
        else "There is no work plan yet."
    )
    lacks = {
        SCAN: () if now.looks else ("Somebody has to go and look.",),
        ANALYZE: (f"{unwritten}: {', '.join(unanswered)}.",) if unanswered else (),
        RESPOND: (no_plan,)
        if not now.planned
        else ((f"{asks} still with the agencies.",) if now.live_asks else ()),
        ASSESS: ("The exit test is met: decide whether to leave.",)
        if now.exit_met
        else ("The exit test is not met yet.",),
    }
    if now.closed:
        return tuple(
            Part(c, label, done=True, here=False, missing=()) for c, label in PARTS.items()
        )
    first = next((code for code in PARTS if code == ASSESS or lacks[code]), ASSESS)
    return tuple(
        Part(code, label, done=not lacks[code], here=code == first, missing=lacks[code])
        for code, label in PARTS.items()
    )


def what_is_new(had: Ground, given: Ground) -> Ground | None:
    """The troubles and addresses that came to a place, and how far it reaches with them.

    None where it counted all of that before.
    """
    codes, keys = {topic["code"] for topic in had.topics}, set(had.place_keys)
    topics = [topic for topic in given.topics if topic["code"] not in codes]
    more = [key for key in given.place_keys if key not in keys]
    if not topics and not more and given.radius_m <= had.radius_m:
        return None
    return Ground(topics, more, max(had.radius_m, given.radius_m))


def standing_of(
    *, is_open: bool, outcome: str, watch_until: date | None, on: date
) -> str:  # fmt: skip
    """Whether a file is open, on watch, sustained after its watch, or closed otherwise."""
    if is_open:
        return OPEN
    if outcome not in SOLVED or watch_until is None:
        return CLOSED
    return ON_WATCH if on <= watch_until else SUSTAINED


def clean_since(checks: Sequence[tuple[datetime, str]], since: datetime | None) -> int:
    """How many of the newest looks since an exit, newest first, found it clean in a row."""
    return clean_in_a_row([f for at, f in checks if since is None or at >= since])


def entry_after(outcome: str) -> str:
    """How a file that was closed is entered again: a relapse, where it had been solved."""
    return RELAPSED if outcome in SOLVED else REOPENED


def is_relapse(finding: str, *, seen_at: datetime, left_at: datetime | None, outcome: str) -> bool:
    """Whether a look at a place that was solved says that the trouble is back."""
    after = left_at is not None and seen_at > left_at
    return outcome in SOLVED and after and finding in NOT_CLEAN


def comes_back(*, episodes: int, flagged: bool, returns: int, most: int) -> bool:
    """Whether a ranking says that the trouble of a place that was left is back.

    It is put forward again, and more episodes began since the exit than an ordinary place has;
    those that were there before do not count.
    """
    return flagged and episodes >= returns and episodes > most


def check_exit(outcome: str, reason: str, *, met: bool, looked: bool) -> str:
    """The reason of an exit, trimmed.

    Refuses: no reason where the exit test is not met, where the place was not solved, or where
    nobody is to watch it; a place said to need no watch that nobody looked at.
    """
    reason = reason.strip()
    if len(reason) > 500:
        raise Refused("reason_too_long", "Keep this within 500 characters.", field="reason")
    if not reason and outcome not in SOLVED:
        raise Refused("reason_missing", "Say why it ends like this.", field="reason")
    if not reason and not met:
        raise Refused(
            "reason_missing",
            "The exit test is not met. Say why you leave all the same; the file will say it too.",
            field="reason",
        )
    if outcome == RESOLVED and not reason:
        raise Refused("reason_missing", "Say why it needs no watch.", field="reason")
    if outcome == RESOLVED and not looked:
        raise Refused(
            "nobody_looked",
            "Nobody has looked at this place since it was taken up. Go and look, and record the "
            "check; or close it as kept up, so that it is watched.",
            field="outcome",
        )
    return reason


def check_answers(answers: Mapping[str, str], *, now: Mapping[str, str]) -> dict[str, str]:
    """What was written about each question, without blanks around it.

    Refuses: an answer that is too long; nothing written at all; nothing changed.
    """
    given = {name: answers.get(name, "").strip() for name in QUESTIONS}
    for name, text in given.items():
        if len(text) > LONGEST_ANSWER:
            raise Refused("too_long", f"Keep this within {LONGEST_ANSWER} characters.", field=name)
    if not any(given.values()):
        raise Refused("nothing_written", "Write at least one of the answers.", field="what")
    if given == {name: now.get(name, "") for name in QUESTIONS}:
        raise Refused("already_written", "This is what stands there already.")
    return given
