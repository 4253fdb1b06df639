"""How a handover runs, thing by thing, and who may take what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day

HANDOVER_MOVES: Mapping[str, Mapping[str, str]] = {
    "running": {
        "catch_up_handover": "running",
        "set_successor": "running",
        "write_handover_note": "running",
        "accept_items": "running",
        "send_back_items": "running",
        "finish_handover": "ended",
        "call_off_handover": "called_off",
    },
    "ended": {},
    "called_off": {},
}
ITEM_MOVES: Mapping[str, Mapping[str, str]] = {
    "gathered": {"set_successor": "proposed", "catch_up_handover": "overtaken"},
    "proposed": {
        "set_successor": "proposed",
        "accept_items": "accepted",
        "send_back_items": "sent_back",
        "catch_up_handover": "overtaken",
    },
    "sent_back": {"set_successor": "proposed", "catch_up_handover": "overtaken"},
    "accepted": {"catch_up_handover": "gathered"},
    "overtaken": {"catch_up_handover": "gathered"},
}
SETTLED = frozenset({"accepted", "overtaken"})
HANDOVER_WORDS: Mapping[str, str] = {
    "running": "Under way",
    "ended": "Finished",
    "called_off": "Called off",
}
ITEM_WORDS: Mapping[str, str] = {
    "gathered": "Nobody chosen yet",
    "proposed": "Waits to be accepted",
    "accepted": "Accepted",
    "sent_back": "Sent back",
    "overtaken": "No longer needed",
}


def state_now(state: str, *, alive: bool) -> str:
    """The state of one thing after another look at whether it is still the leaver's.

    What was settled and is theirs again has to be handed over anew; what is theirs no longer,
    because it was closed or went another way, is overtaken.
    """
    if alive == (state not in SETTLED):
        return state
    return ITEM_MOVES[state]["catch_up_handover"]


def check_handover_move(state: str, move: str) -> str:
    """The state a move leads to; `Refused` where the handover is over."""
    to = HANDOVER_MOVES[state].get(move)
    if to is None:
        raise Refused("wrong_state", f"This handover is over: {HANDOVER_WORDS[state].lower()}.")
    return to


def check_item_move(state: str, move: str, *, title: str) -> str:
    """The state a move leads to; `Refused` where somebody was faster."""
    to = ITEM_MOVES[state].get(move)
    if to is None:
        word = ITEM_WORDS[state].lower()
        raise Refused(
            "wrong_state",
            f"{title}: {word}. Somebody else may have done it first: look at the page again.",
        )
    return to


def check_last_day(last_on: date, *, today: date) -> None:
    """A handover begins before, on, or at most a month after the last day."""
    if (last_on - today).days > 366:
        raise Refused("too_far", "That is more than a year away. Check it.", field="last_on")
    if (today - last_on).days > 31:
        sentence = f"{long_day(last_on)} is more than a month ago. Check it."
        raise Refused("too_early", sentence, field="last_on")


def counted_words(counts: Iterable[tuple[int, str, str]]) -> str:
    """Numbers with their nouns, such as '2 open matters, 1 task'; empty where there is none."""
    return ", ".join(f"{n} {one if n == 1 else many}" for n, one, many in counts if n)
