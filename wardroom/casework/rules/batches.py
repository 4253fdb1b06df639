"""One change to many issues: what it may be, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardroom.kernel.errors import Refused


@dataclass(frozen=True)
class BatchVerb:
    """One thing that can be done with many issues at once.

    ``touches`` are the fields that it changes: another change of these keeps a row from being
    taken back.
    """

    code: str
    label: str
    touches: tuple[str, ...]


BATCH_VERBS: Mapping[str, BatchVerb] = {
    verb.code: verb
    for verb in (
        BatchVerb("next", "Set the next step", ("next_on", "next_step", "state")),
        BatchVerb("give", "Give them to a colleague", ("owner", "state")),
        BatchVerb("topic", "Set the topic", ("topic", "state")),
        BatchVerb("join", "Join them into one", ("state", "joined")),
        BatchVerb("ask", "Ask one agency the same thing", ("state",)),
        BatchVerb("close", "Tell everybody and close", ("state", "outcome", "came_back")),
        BatchVerb("restrict", "Restrict who sees them", ("restricted",)),
    )
}
MOST_AT_ONCE = 500
# What a batch is doing, and the states of its rows that are still to be worked on then.
WORK_LEFT: Mapping[str, str] = {"trying": "waiting", "doing": "ready", "undoing": "done"}
GIVEN_UP: Mapping[str, str] = {"trying": "refused", "doing": "skipped", "undoing": "kept"}
AFTER_WORK: Mapping[str, str] = {"trying": "tried", "doing": "done", "undoing": "undone"}


def check_chosen(number: int) -> None:
    """A batch has rows, and not more than can be looked through."""
    if number == 0:
        raise Refused("nothing_chosen", "Select at least one issue.", field="row")
    if number > MOST_AT_ONCE:
        raise Refused(
            "too_many",
            f"That would be {number:,} issues. Choose {MOST_AT_ONCE} at most: narrow the filters.",
            field="row",
        )


def check_verb(code: str) -> BatchVerb:
    """A thing that can be done with many issues; `Refused` for any other."""
    if code not in BATCH_VERBS:
        raise Refused("unknown_verb", "Choose what is to be done.", field="verb")
    return BATCH_VERBS[code]
