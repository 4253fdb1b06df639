"""What was sent on to another endpoint: its states, when it is tried again, and what is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wardroom.kernel.errors import Refused

STATES: Mapping[str, str] = {
    "waiting": "Waits to go out",
    "sending": "On its way",
    "token": "Taken, number to come",
    "sent": "Taken, with a number",
    "no_number": "Taken, no number is given",
    "refused": "Refused there",
    "unclear": "Not known whether it arrived",
    "given_up": "Given up",
}
SUBMISSION_MOVES: Mapping[str, Mapping[str, str]] = {
    "waiting": {"give_up_submission": "given_up"},
    "sending": {},
    "token": {"number_submission": "sent", "give_up_submission": "given_up"},
    "sent": {},
    "no_number": {"number_submission": "sent"},
    "refused": {"send_again": "waiting", "give_up_submission": "given_up"},
    "unclear": {
        "send_again": "waiting",
        "look_again": "sending",
        "number_submission": "sent",
        "give_up_submission": "given_up",
    },
    "given_up": {},
}
OVER = ("refused", "given_up")
# What stands for the words of one whose matter was destroyed.
GONE = "(destroyed)"
MOST_TRIES = 8
LEASE = timedelta(minutes=5)
REPEAT_WITHIN = timedelta(minutes=9)
LONGEST_WAIT = timedelta(hours=6)
NUMBER_WITHIN = timedelta(days=2)
LOOK_EVERY = timedelta(hours=1)
MOST_WORDS = 3_900


@dataclass(frozen=True)
class SubmissionDraft:
    """A request to be sent to another endpoint: what, where, and in which words.

    ``noun`` and ``key`` say what of ours it follows from, such as ask and 12.
    """

    noun: str
    key: str
    matter_id: int
    ward_code: str
    service_code: str
    description: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    answers: Mapping[str, str] = field(default_factory=dict)


def check_submission(draft: SubmissionDraft, *, known: Mapping[str, str]) -> None:
    """Refuses: no words, too many, no place, or a service that the other side does not list."""
    if not draft.description.strip():
        raise Refused("no_words", "Say what is to be done there.", field="description")
    if len(draft.description) > MOST_WORDS:
        sentence = f"Keep this within {MOST_WORDS:,} characters."
        raise Refused("too_long", sentence, field="description")
    if known and draft.service_code not in known:
        sentence = "Choose one of the services that are listed there."
        raise Refused("unknown_service", sentence, field="service_code")
    if not draft.service_code:
        raise Refused("unknown_service", "Choose the service.", field="service_code")
    if draft.latitude is None and not draft.address:
        raise Refused(
            "no_place", "This has no place yet. Say where it is before it is sent.", field=None
        )


def next_move(state: str, move: str) -> str:
    """The state that a move leads to. Refuses: `wrong_state`."""
    to = SUBMISSION_MOVES.get(state, {}).get(move)
    if to is None:
        words = STATES.get(state, state).lower()
        raise Refused("wrong_state", f"This is not possible now: {words}.")
    return to


def check_there(description: str) -> None:
    """Refuses: `destroyed`, where what it was about is gone; nothing of it comes back."""
    if description == GONE:
        raise Refused("destroyed", "What this was about was destroyed under a schedule.")


def next_try(at: datetime, attempts: int) -> datetime:
    """When something is tried again: after one minute, two, four, ... six hours at most."""
    return at + min(timedelta(minutes=2 ** min(max(attempts - 1, 0), 12)), LONGEST_WAIT)


def words_to_send(description: str, mark: str) -> str:
    """The words that go out, with the mark by which they are found there again."""
    return f"{description.strip()}\n\nRef. {mark}"
