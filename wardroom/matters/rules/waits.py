"""What waits for a person, why, and until when: the worklist, decided by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from wardroom.matters.rules.kinds import APPROVAL, DEADLINE, REFERRAL

LOOK_WITHIN = timedelta(days=7)
REPLY_WITHIN = timedelta(days=2)
DECIDE_WITHIN = timedelta(days=14)
SETTLE_WITHIN = timedelta(days=7)
REASONS: Mapping[str, str] = {
    "next_step": "The next step of your matter",
    "to_send": "Written, not sent yet",
    "answer": "The agency has not answered",
    "promise": "Promised for this day",
    "offered": "Another date is offered: agree or ask again",
    "declined": "Declined: decide what is next",
    "look": "The agency says it is done: somebody has to look",
    "todo": "To do",
    "approval": "Waits for your approval",
    "legal_deadline": "Due by law",
    "tell": "Tell the resident",
    "came_back": "It came back after it was closed",
    "report": "Your weekly report is drafted: finish and sign it",
    "reply": "Somebody wrote: read it and answer",
    "mail": "Mail that waits: say where it belongs",
    "packet": "A commission meets: read its packet and send it",
    "handover": "Handed to you: accept or send back",
    "left_behind": "Of somebody who left: choose who takes it over",
    "review": "The work plan is due for another look",
    "nominated": "A place was nominated: nobody has decided about it",
    "public_text": "A text for the public waits for a second person",
    "plan": "A group submitted a plan: approve it, or return it with words",
    "letter": "A letter to many was written: read it, and approve it",
    "heard": "A promise was heard: confirm it, or say that it was none",
    "sign_up": "Somebody asks to join a group: take them in, or not",
    "visit": "Somebody asks for the Mayor: decide on it",
    "dispute": "An agency disputes a spot check: settle it",
    "alert": "An alert touches your part of the city: open an incident, or set it aside",
    "alert_change": "The alert behind your incident says something new: read it",
    "call_out": "You are called to an incident: say that you have it, or that you cannot",
    "situation_due": "A situation report of your incident is due",
    "situation_release": "A situation report waits for a second person: read it, release it",
    "situation_back": "Your situation report was sent back: read why, write it anew",
    "call_unsent": "A call-out did not arrive: call them by phone, or take it",
    "nobody_took": "Nobody took this incident: choose who does",
    "sent_back": "Sent back in a handover: choose somebody else",
    "still_there": "Somebody says that it is still there",
    "answered": "They answered what you asked: read it",
    "not_solved": "They say that it was not solved: read it",
    "twin": "Perhaps the same as another issue: join them, or not",
    "unclear": "Sent on, and nobody knows whether it arrived",
    "fund_ends": "A fund ends soon: say what comes after it",
    "fund_plan": "A fund is spent without a plan: make its spending plan",
    "gap": "Nobody has a shift, or covers a ward: fill the gap",
    "swap": "A colleague asks you to take a shift",
    "swap_decision": "A swap is against a rule: decide on it",
    "drift": "Another system does not agree with ours",
    "term_ends": "Somebody's time here ends: what is theirs has to go to others",
    "residency": "Residency has to be proved",
    "certificate": "A certificate runs out",
    "homes_due": "What households needed was kept its time: remove it, or hold it",
    "hiring_look": "A hiring that you keep has something for you to decide",
    "panel_seat": "You sit on this panel: read the posting; applications come here",
    "panel_points": "Applications wait for your word and your points",
    "records_due": "Somebody asked for records: the law wants an answer by this day",
    "records_appeal": "An answer about records was appealed: the decision is due",
    "disposal": "Records may go: look through the list, and approve it or leave it",
    "hiring_due": "What was sent for a job was kept its months: remove it, or hold it",
}
# What waits because of somebody's own employment: nobody takes it over, and few see it.
# What waits for a member of a screening panel, for nobody else to see, take over or count.
PANEL_NOUN = "panel"
# A hiring in its keeper's list: it goes along with the hiring and is not handed over by itself.
KEEPER_NOUN = "look_at_hiring"
STAFFING_NOUNS = frozenset({"term", "residency", "training"})
LISTED_MOVES: Mapping[str, frozenset[str]] = {
    "todo": frozenset({"finish_task", "move_task", "drop_task"}),
    "approval": frozenset({"approve_task", "refuse_approval", "move_task"}),
    "legal_deadline": frozenset({"finish_task"}),
}


@dataclass(frozen=True)
class Wait:
    """One thing that waits for somebody: the reason and the day."""

    reason: str
    due_on: date


def matter_waits(state: str, next_on: date | None) -> Wait | None:
    """An open matter waits for its owner on its next date."""
    return Wait("next_step", next_on) if state == "open" and next_on else None


def ask_waits(
    kind: str,
    state: str,
    *,
    due_on: date,
    promised_on: date | None,
    proposed_on: date,
    answered_on: date | None,
    done_on: date | None,
    settled: bool,
) -> Wait | None:
    """What an ask wants of the office now, or nothing.

    ``settled`` says that somebody has dealt with the answer: a declined ask was followed by
    another step, or what was done was looked at.
    """
    if kind != REFERRAL:
        reason = {APPROVAL: "approval", DEADLINE: "legal_deadline"}.get(kind, "todo")
        return Wait(reason, due_on) if state == "requested" else None
    if state == "proposed":
        return Wait("to_send", proposed_on)
    if state == "requested":
        return Wait("answer", due_on)
    if state == "accepted":
        return Wait("promise", promised_on or due_on)
    if state == "countered":
        return Wait("offered", answered_on or due_on)
    if settled:
        return None
    if state == "declined":
        return Wait("declined", answered_on or due_on)
    if state == "done":
        return Wait("look", (done_on or due_on) + LOOK_WITHIN)
    return None


def nomination_waits(nominated_on: date) -> Wait:
    """A place that somebody nominated waits until somebody decides about it."""
    return Wait("nominated", nominated_on + DECIDE_WITHIN)


def dispute_waits(disputed_on: date) -> Wait:
    """What an agency disputes waits until somebody of the office settles it."""
    return Wait("dispute", disputed_on + SETTLE_WITHIN)


def promise_waits(heard_on: date) -> Wait:
    """A promise that was heard waits until the director confirms it or says it was none."""
    return Wait("heard", heard_on + SETTLE_WITHIN)


def letter_waits(written_on: date) -> Wait:
    """A letter to many waits until somebody who did not write it approves it."""
    return Wait("letter", written_on)


def request_waits(asked_on: date) -> Wait:
    """A request for the Mayor waits until the director decides on it."""
    return Wait("visit", asked_on + SETTLE_WITHIN)


def sign_up_waits(asked_on: date) -> Wait:
    """Whoever asked to join a group waits until somebody of the office decides."""
    return Wait("sign_up", asked_on + SETTLE_WITHIN)


def plan_waits(submitted_on: date) -> Wait:
    """A plan that a group submitted waits until the director approves or returns it."""
    return Wait("plan", submitted_on + SETTLE_WITHIN)


def points_wait(sent_on: date) -> Wait:
    """What was sent for a job waits until a member of the panel has given points."""
    return Wait("panel_points", sent_on + SETTLE_WITHIN)


def seat_waits(opens_on: date, closes_on: date | None) -> Wait:
    """Who sits on a panel is told so until the first application, at most till the last day."""
    return Wait("panel_seat", closes_on or opens_on + timedelta(days=31))


def word_waits(reason: str, said_on: date) -> Wait:
    """What somebody says of their report waits until the office has read it or done something."""
    return Wait(reason, said_on + REPLY_WITHIN)


def twin_waits(on: date) -> Wait:
    """An issue that may be the same as another waits until a person has decided."""
    return Wait("twin", on + REPLY_WITHIN)


def sending_waits(sent_on: date) -> Wait:
    """What was sent on and may not have arrived waits until somebody finds out."""
    return Wait("unclear", sent_on + REPLY_WITHIN)


def drift_waits(found_on: date) -> Wait:
    """What another system says otherwise waits until somebody has looked at all of it."""
    return Wait("drift", found_on + LOOK_WITHIN)


def mail_waits(state: str, *, is_read: bool, received_on: date) -> Wait | None:
    """Mail on a matter waits until somebody has read it; other mail until somebody places it."""
    if state == "waiting":
        return Wait("mail", received_on)
    return (
        Wait("reply", received_on + REPLY_WITHIN) if state == "threaded" and not is_read else None
    )
