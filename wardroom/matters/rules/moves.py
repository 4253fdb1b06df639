"""Which moves a matter and an ask may make, and the words for how they end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.matters.rules.kinds import MatterKind

MATTER_MOVES: Mapping[str, Mapping[str, str]] = {
    "open": {
        "set_next_step": "open",
        "hand_over_matter": "open",
        "propose_ask": "open",
        "refer_matter": "open",
        "add_task": "open",
        "say_where_it_stands": "open",
        "merge_matter": "closed",
        "close_matter": "closed",
    },
    "closed": {"reopen_matter": "open", "undo_merge": "open"},
}
TASK_MOVES: Mapping[str, Mapping[str, str]] = {
    "requested": {
        "finish_task": "done",
        "approve_task": "done",
        "refuse_approval": "declined",
        "move_task": "requested",
        "drop_task": "withdrawn",
        "pause_clock": "requested",
        "resume_clock": "requested",
        "restart_clock": "requested",
    },
    "done": {"reopen_task": "requested"},
    "declined": {},
    "withdrawn": {},
}
ASK_MOVES: Mapping[str, Mapping[str, str]] = {
    "proposed": {"request_ask": "requested", "withdraw_ask": "withdrawn"},
    "requested": {
        "accept_ask": "accepted",
        "decline_ask": "declined",
        "counter_ask": "countered",
        "withdraw_ask": "withdrawn",
    },
    "countered": {
        "agree_counter": "accepted",
        "repeat_ask": "requested",
        "accept_ask": "accepted",
        "decline_ask": "declined",
        "counter_ask": "countered",
        "withdraw_ask": "withdrawn",
    },
    "accepted": {
        "move_promise": "accepted",
        "report_done": "done",
        "withdraw_ask": "withdrawn",
    },
    "done": {"repeat_ask": "requested"},
    "declined": {},
    "withdrawn": {},
}
NOT_WITH_AGENCY = "Its agency is not at work on this. Ask it again instead."
LIVE = frozenset({"proposed", "requested", "countered", "accepted"})
FARTHEST = timedelta(days=5 * 366)
ANSWER_SHOWN = ("state", "due_on", "counter_on", "promised_on")
AGREED = frozenset({"accepted", "done"})
WITH_AGENCY = frozenset({"requested", "countered", "accepted"})
STATE_WORDS: Mapping[str, str] = {
    "open": "open",
    "closed": "closed",
    "proposed": "not asked yet",
    "requested": "waiting for an answer",
    "accepted": "accepted",
    "declined": "declined",
    "countered": "answered with another date",
    "done": "reported done by the agency",
    "withdrawn": "withdrawn",
}
DECLINE_REASONS: Mapping[str, str] = {
    "not_ours": "Not our jurisdiction",
    "ground_is_federal": "The ground is federal",
    "owner_is_private": "The owner is private",
    "no_authority": "No authority to do this",
    "no_budget": "No budget this year",
    "needs_capital_project": "Needs a capital project",
    "already_done": "Already done",
    "other": "Another reason (say which)",
}
DISPOSITIONS: Mapping[str, str] = {
    "fixed": "Fixed",
    "temporary": "Fixed for the time being",
    "inspected_no_violation": "Inspected, no violation",
    "not_found": "Not found",
    "transferred": "Not ours, transferred",
    "duplicate": "Same as another request",
    "private_owner_notified": "Private owner notified",
    "declined": "Declined after a look",
    "deferred_to_capital": "Deferred to a capital project",
}


def moves_from(table: Mapping[str, Mapping[str, str]], state: str) -> frozenset[str]:
    """The moves that can be made from a state."""
    return frozenset(table[state])


def check_move(table: Mapping[str, Mapping[str, str]], state: str, move: str) -> str:
    """The state a move leads to; `Refused` with `wrong_state` where it cannot be made now."""
    to = table[state].get(move)
    if to is None:
        raise Refused(
            "wrong_state",
            f"This is {STATE_WORDS[state]}, so it cannot be done now. "
            "Somebody else may have done it first: look at the page again.",
        )
    return to


def check_not_far(day: date, *, today: date, field: str) -> None:
    """A year that was mistyped would hide something for ever."""
    if day > today + FARTHEST:
        raise Refused(
            "too_far", f"{long_day(day)} is more than five years away. Check the year.", field=field
        )


def check_due(due_on: date, *, today: date) -> None:
    """The date we ask for lies after the day of asking."""
    check_not_far(due_on, today=today, field="due_on")
    if due_on <= today:
        raise Refused(
            "due_too_early",
            f"Ask for a day after today, {long_day(today)}: the agency has to have time.",
            field="due_on",
        )


def check_promise(promised_on: date, *, today: date) -> None:
    """A promise is not made for a day that is over."""
    check_not_far(promised_on, today=today, field="promised_on")
    if promised_on < today:
        raise Refused(
            "promise_in_the_past",
            f"{long_day(promised_on)} is in the past. Promise today or a later day.",
            field="promised_on",
        )


def check_counter(counter_on: date, *, due_on: date, today: date) -> None:
    """Another date is another date, and it is still to come."""
    check_not_far(counter_on, today=today, field="counter_on")
    if counter_on == due_on:
        raise Refused(
            "counter_is_the_due_date",
            "This is the day that was asked for. Accept the ask, or offer another day.",
            field="counter_on",
        )
    if counter_on <= today:
        raise Refused("counter_too_early", "Offer a day after today.", field="counter_on")


def check_moved_promise(promised_on: date, *, current: date | None, today: date) -> None:
    """A moved promise is another day, not over yet."""
    check_promise(promised_on, today=today)
    if promised_on == current:
        raise Refused(
            "promise_unchanged",
            f"The promise is already {long_day(promised_on)}.",
            field="promised_on",
        )


def check_next_date(next_on: date, *, today: date) -> None:
    """The next step of an open matter is not in the past."""
    check_not_far(next_on, today=today, field="next_on")
    if next_on < today:
        raise Refused(
            "next_date_in_the_past",
            "Choose today or a later day for the next step.",
            field="next_on",
        )


def check_decline(code: str, text: str) -> str:
    """The label of a reason to decline; another reason needs words."""
    label = DECLINE_REASONS.get(code)
    if label is None:
        raise Refused("unknown_reason", "Choose a reason from the list.", field="code")
    if code == "other" and not text.strip():
        raise Refused("reason_missing", "Say which other reason it is.", field="text")
    return label


def check_disposition(code: str) -> str:
    """The label of a disposition from the list."""
    label = DISPOSITIONS.get(code)
    if label is None:
        raise Refused("unknown_disposition", "Choose what was done.", field="disposition")
    return label


def check_outcome(kind: MatterKind, outcome: str) -> str:
    """The label of an outcome that this kind of matter knows."""
    label = kind.outcomes.get(outcome)
    if label is None:
        raise Refused("unknown_outcome", "Choose an outcome from the list.", field="outcome")
    return label


def check_text(text: str, *, code: str, sentence: str, field: str, most: int) -> str:
    """Words that must be there and must fit, without blanks around them."""
    text = text.strip()
    if not text:
        raise Refused(code, sentence, field=field)
    return check_length(text, field=field, most=most)


def check_reason(reason: str) -> str:
    """A reason that is there and fits."""
    return check_text(reason, code="reason_missing", sentence="Say why.", field="reason", most=300)


def check_length(text: str, *, field: str, most: int) -> str:
    """Words that must fit, without blanks around them."""
    text = text.strip()
    if len(text) > most:
        raise Refused("too_long", f"Keep this within {most} characters.", field=field)
    return text


def slip_days(first_promised_on: date | None, promised_on: date | None) -> int | None:
    """Days by which the promise moved since it was first given; later is positive."""
    if first_promised_on is None or promised_on is None:
        return None
    return (promised_on - first_promised_on).days


def expected_on(promised_on: date | None, due_on: date) -> date:
    """The day on which a live ask should be done: the promise, or else what we asked for."""
    return promised_on or due_on


def is_overdue(state: str, *, promised_on: date | None, due_on: date, on: date) -> bool:
    """Whether an ask lies with its agency past the promised day, or past the day asked for."""
    return state in WITH_AGENCY and expected_on(promised_on, due_on) < on
