"""What makes a commission's paper one, what it must be answered with, and in which order.

Only a vote of the commission at a meeting that was noticed carries weight; a commissioner's
own letter is a contact. Great weight is given concern by concern, in writing, with a copy to
the commission and to the councilmember of the ward. D.C. Code 1-309.10 and 1-309.11.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.matters.rules import check_text, kind_of

PROPOSAL, RECOMMENDATION = "anc_proposal", "anc_recommendation"
PAPERS: Mapping[str, str] = {
    RECOMMENDATION: "Recommendation, to be given great weight",
    PROPOSAL: "Proposal of the commission's own",
}
ANSWER_CLOCK, STATUS_CLOCK = "dc-anc-proposal-answer", "dc-anc-proposal-status"
CLOCKS: Mapping[str, Mapping[str, str]] = {
    PROPOSAL: {
        ANSWER_CLOCK: "Acknowledge the proposal in writing",
        STATUS_CLOCK: "Send the commission a status report on its proposal",
    },
    RECOMMENDATION: {},
}
FIRST_STEP: Mapping[str, str] = {
    PROPOSAL: "Acknowledge it in writing",
    RECOMMENDATION: "Answer each concern",
}
ACKNOWLEDGMENT, STATUS, DECISION = "acknowledgment", "status", "decision"
LETTERS: Mapping[str, str] = {
    ACKNOWLEDGMENT: "Acknowledgment",
    STATUS: "Status report",
    DECISION: "Written decision, concern by concern",
}
DECIDE_STEP, END_STEP = "Send the decision", "Say what came of it"
LOOK_AGAIN = timedelta(days=14)
MEETS: Mapping[str, str] = {ACKNOWLEDGMENT: ANSWER_CLOCK, STATUS: STATUS_CLOCK}
FINDINGS: Mapping[str, str] = {
    "accepted": "We follow it",
    "partly": "We follow it in part",
    "not_accepted": "We do not follow it",
    "not_ours": "Another body decides",
}
UNANSWERED = frozenset({"withdrawn", "opened_in_error"})
FITS: Mapping[str, frozenset[str]] = {
    "followed": frozenset({"accepted", "not_ours"}),
    "not_followed": frozenset({"not_accepted", "not_ours"}),
}
MOST_CONCERNS = 30
CODE = re.compile(r"\A[1-8](/[1-8])?[A-Z]\Z")


@dataclass(frozen=True)
class PaperAsSent:
    """What a commission sent, as it was typed in."""

    kind: str
    anc_code: str
    smd_code: str
    concerns: Sequence[str]
    received_on: date
    voted_on: date | None
    yes: int | None
    no: int
    abstained: int


@dataclass(frozen=True)
class PaperVoted:
    """A paper that is one: what is kept of it, and what it raises."""

    columns: Mapping[str, Any]
    concerns: tuple[str, ...]


def checked_paper(sent: PaperAsSent, *, today: date) -> PaperVoted:
    """What makes it a paper of a commission. Refuses: whatever does not."""
    if sent.kind not in PAPERS:
        raise Refused("unknown_kind", "Choose which kind of paper it is.", field="kind")
    code = check_commission(sent.anc_code)
    voted_on, yes = check_vote(voted_on=sent.voted_on, yes=sent.yes, no=sent.no, today=today)
    check_received(sent.received_on, voted_on=voted_on, today=today)
    columns = {
        "anc_code": code,
        "smd_code": sent.smd_code.strip().upper(),
        "received_on": sent.received_on,
        "voted_on": voted_on,
        "yes": yes,
        "no": sent.no,
        "abstained": sent.abstained,
    }
    return PaperVoted(columns, check_concerns(sent.concerns))


def check_commission(code: str) -> str:
    """The code of a commission as it calls itself, such as 5B or 3/4G. Refuses: any other."""
    code = code.strip().upper().removeprefix("ANC").strip()
    if not CODE.match(code):
        raise Refused(
            "unknown_commission",
            "Write the commission as it calls itself, such as 5B or 3/4G.",
            field="anc_code",
        )
    return code


def check_vote(*, voted_on: date | None, yes: int | None, no: int, today: date) -> tuple[date, int]:
    """The day of the vote that makes it the commission's, and how many voted for it.

    Refuses: no day of a vote, since a commissioner's own letter carries no weight; a day to
    come; a vote that did not carry.
    """
    if voted_on is None or yes is None:
        raise Refused(
            "vote_missing",
            "Only a vote of the commission at its meeting makes this its paper. "
            "Log a commissioner's own letter as a contact.",
            field="voted_on",
        )
    if voted_on > today:
        raise Refused("vote_in_the_future", "This day is still to come.", field="voted_on")
    if yes < 1 or yes <= no:
        raise Refused(
            "vote_not_carried", "More members must have voted for it than against.", field="yes"
        )
    return voted_on, yes


def check_received(received_on: date, *, voted_on: date, today: date) -> None:
    """It arrived after it was voted. Refuses: a day before the vote, or one to come."""
    if received_on > today:
        raise Refused("received_in_the_future", "This day is still to come.", field="received_on")
    if received_on < voted_on:
        raise Refused(
            "received_before_vote", "It cannot come before it was voted.", field="received_on"
        )


def check_concerns(texts: Sequence[str]) -> tuple[str, ...]:
    """The issues and concerns of a paper, one each. Refuses: none; too many; one too long."""
    concerns = tuple(text.strip() for text in texts if text.strip())
    if not concerns:
        raise Refused(
            "concerns_missing",
            "Write down each issue or concern it raises, one on a line. Each gets its own answer.",
            field="concerns",
        )
    if len(concerns) > MOST_CONCERNS or any(len(text) > 500 for text in concerns):
        raise Refused(
            "concerns_too_long",
            f"Write at most {MOST_CONCERNS} concerns of at most 500 letters each.",
            field="concerns",
        )
    return concerns


def check_finding(finding: str, text: str) -> str:
    """What the office found on one concern, with its reason. Refuses: either missing."""
    if finding not in FINDINGS:
        raise Refused("unknown_finding", "Choose what was decided on it.", field="finding")
    return check_text(
        text,
        code="finding_missing",
        sentence="Say what was found on this concern, and on what it rests.",
        field="text",
        most=2000,
    )


def check_letter(kind: str, *, paper: str, sent: Collection[str], unanswered: int) -> None:
    """A letter that may go out now.

    Refuses: a letter that does not belong to this kind of paper; one that was sent already,
    but a status report may follow another; a decision while a concern has no finding.
    """
    wanted = {PROPOSAL: (ACKNOWLEDGMENT, STATUS, DECISION), RECOMMENDATION: (DECISION,)}
    if kind not in wanted[paper] and not (paper == RECOMMENDATION and kind == ACKNOWLEDGMENT):
        raise Refused("unknown_letter", "Choose which letter it was.", field="letter")
    if kind in sent and kind != STATUS:
        raise Refused("letter_sent", "This letter was sent already.", field="letter")
    if kind == DECISION and unanswered:
        are = "concern has" if unanswered == 1 else "concerns have"
        raise Refused(
            "concern_unanswered",
            f"{unanswered} {are} no finding yet. Great weight answers each one.",
            field="letter",
        )


def check_copies(kind: str, *, to_commission: bool, to_councilmember: bool) -> None:
    """A decision goes to the commission and to the ward's councilmember. Refuses: neither."""
    if not to_commission:
        raise Refused(
            "commission_not_told",
            "The letter goes to the commission as a body.",
            field="to_commission",
        )
    if kind == DECISION and not to_councilmember:
        raise Refused(
            "councilmember_not_told",
            "The law asks for a copy to the councilmember of the ward.",
            field="to_councilmember",
        )


def check_sent(sent_on: date, *, received_on: date, today: date) -> None:
    """A letter about a paper goes out after the paper came. Refuses: another day."""
    if sent_on > today or sent_on < received_on:
        raise Refused("sent_on_off", "Choose a day from the day it came to today.", field="sent_on")


def check_letter_text(text: str) -> str:
    """What a letter says. Refuses: nothing."""
    return check_text(
        text, code="text_missing", sentence="Say what the letter says.", field="text", most=16_000
    )


def copied_to(councilmember: str) -> str:
    """Who got the copy for the ward, by name where it was given."""
    return (councilmember.strip() or "the councilmember of the ward")[:200]


def next_look(today: date, due_on: date | None, *, by: date | None = None) -> date:
    """When to look at a paper again: by a day or in two weeks, but when its next clock is due.

    A clock that ran out already is looked at today.
    """
    later = by or today + LOOK_AGAIN
    return later if due_on is None else min(later, max(due_on, today))


def next_step(running: Collection[str], *, unanswered: int, decided: bool) -> str:
    """What comes next on a paper: a clock for an acknowledgment first, then its concerns."""
    if ANSWER_CLOCK in running:
        return FIRST_STEP[PROPOSAL]
    if decided:
        return END_STEP
    return FIRST_STEP[RECOMMENDATION] if unanswered else DECIDE_STEP


def decision_words(
    anc_code: str, title: str, voted_on: date, found: Sequence[tuple[str, str, str]]
) -> str:
    """A written decision to begin with: it names the commission, and each concern by itself.

    ``found`` are the concerns in their order, each with its finding and what it rests on.
    """
    parts = [
        f"ANC {anc_code} voted on {long_day(voted_on)}: {title}. We give its issues and concerns"
        " great weight, and answer each."
    ]
    for position, (concern, finding, text) in enumerate(found, start=1):
        parts.append(f"{position}. {concern}\n{FINDINGS[finding]}. {text}")
    return "\n\n".join(parts)


def kind_words(kind: str, outcome: str) -> str:
    """An outcome in the words of its kind of paper."""
    return kind_of(kind).outcomes[outcome]


def check_answered(outcome: str, sent: Collection[str], findings: Collection[str]) -> None:
    """A paper ends with a written decision, and as that decision found.

    Refuses: any other end than withdrawn or an error; one that says more than the findings do.
    """
    if outcome in UNANSWERED:
        return
    if DECISION not in sent:
        raise Refused(
            "decision_missing",
            "Send the commission a written decision first, concern by concern.",
            field="outcome",
        )
    if not set(findings) <= FITS.get(outcome, set(findings)):
        raise Refused(
            "findings_differ",
            "The findings on its concerns say something else. Choose what fits them all.",
            field="outcome",
        )
