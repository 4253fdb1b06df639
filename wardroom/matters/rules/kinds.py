"""The kinds of matter and of ask: what makes one differ from another, declared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import listed


@dataclass(frozen=True)
class MatterKind:
    """What makes one kind of matter differ: its outcomes, and which of them solve it.

    ``closed_by_telling`` kinds close only when everybody who reported was told.
    ``page`` names the page that shows one.
    """

    code: str
    label: str
    outcomes: Mapping[str, str]
    solved: frozenset[str]
    page: str
    closed_by_telling: bool = False


ERROR = "Opened in error"
ASSISTANCE: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "technical_assistance": (
        "Technical assistance",
        {
            "can_do_it": "They do it themselves now",
            "can_do_some": "They do some of it themselves",
            "still_needs_us": "They still need us",
        },
    ),
    "training": (
        "Training",
        {"learned": "Learned, and they use it", "held": "Held, use not known"},
    ),
    "service_day": (
        "Service day",
        {"served": "Held, with what was done", "partly_served": "Held in part"},
    ),
    "donation_in_kind": (
        "Donation in kind",
        {"received": "Received and in use", "returned": "Returned to the giver"},
    ),
    "mentoring": (
        "Mentoring",
        {"goal_reached": "Goal reached", "goal_partly_reached": "Goal reached in part"},
    ),
    "mediation": (
        "Mediation",
        {
            "agreed": "They agreed",
            "partly_agreed": "They agreed in part",
            "no_agreement": "No agreement",
        },
    ),
}

KINDS: Mapping[str, MatterKind] = {
    kind.code: kind
    for kind in (
        MatterKind(
            code="persistent_location",
            label="Persistent location",
            outcomes={
                "resolved": "Resolved, no watch is needed",
                "maintained": "Kept up, and watched in case it comes back",
                "referred": "Referred to an owner we cannot ask",
                "stopped": "Not fixed, stopped",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"resolved", "maintained"}),
            page="location",
        ),
        MatterKind(
            code="issue",
            label="Issue",
            outcomes={
                "fixed": "Fixed",
                "partly_fixed": "Partly fixed",
                "not_fixed": "Not fixed, and why",
                "referred": "Referred, outcome not ours",
                "no_action": "No action needed",
                "duplicate": "Same as another matter",
            },
            solved=frozenset({"fixed", "no_action"}),
            page="issue",
            closed_by_telling=True,
        ),
        *(
            MatterKind(
                code=code,
                label=label,
                outcomes={
                    "reached": "Reached what it set out to do",
                    "partly_reached": "Partly reached",
                    "stopped": "Stopped, and why",
                    "opened_in_error": "Opened in error",
                },
                solved=frozenset({"reached"}),
                page="initiative",
            )
            for code, label in (("initiative", "Initiative"), ("campaign", "Campaign"))
        ),
        MatterKind(
            code="improvement",
            label="Improvement",
            outcomes={
                "in_place": "In place",
                "partly_in_place": "Partly in place",
                "not_done": "Not done, and why",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"in_place"}),
            page="improvement",
        ),
        *(
            MatterKind(
                code=code,
                label=label,
                outcomes={
                    "followed": "Followed",
                    "partly_followed": "Followed in part, with findings",
                    "not_followed": "Not followed, with findings",
                    "withdrawn": "Withdrawn by the commission",
                    "opened_in_error": "Opened in error",
                },
                solved=frozenset({"followed"}),
                page="commission_paper",
            )
            for code, label in (
                ("anc_proposal", "ANC proposal"),
                ("anc_recommendation", "ANC recommendation"),
            )
        ),
        MatterKind(
            code="notice_owed",
            label="Notice owed to ANCs",
            outcomes={
                "in_time": "Notice was given in time",
                "short": "Notice was too short",
                "late": "Notice came too late",
                "none": "No notice was given",
                "excepted": "Published good cause",
                "dropped": "The agency dropped the plan",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"in_time", "excepted", "dropped"}),
            page="anc_notice",
        ),
        MatterKind(
            code="commitment",
            label="Commitment",
            outcomes={
                "kept": "Kept",
                "not_kept": "Not kept, and why",
                "not_made": "Was not promised",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"kept"}),
            page="commitment",
        ),
        MatterKind(
            code="service_referral",
            label="Referral to services",
            outcomes={
                "helped": "Helped",
                "partly": "Helped in part",
                "did_not_help": "Did not help",
                "nothing_fits": "Nothing fits: a gap",
                "not_known": "Nobody could say",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"helped", "partly"}),
            page="referral",
        ),
        MatterKind(
            code="incident",
            label="Incident",
            outcomes={
                "over": "Over, and people have what they need",
                "handed_on": "Handed on to another agency",
                "nothing_needed": "Over, nothing was needed of us",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"over", "nothing_needed"}),
            page="incident",
        ),
        MatterKind(
            code="policy_watch",
            label="Policy watched",
            outcomes={
                "reported": "Reported, no longer watched",
                "stopped": "Stopped, and why",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"reported"}),
            page="policy",
        ),
        MatterKind(
            code="group_plan",
            label="Plan of a group",
            outcomes={
                "carried_out": "Carried out",
                "partly_carried_out": "Carried out in part",
                "not_carried_out": "Not carried out, and why",
                "withdrawn": "Withdrawn by the group",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"carried_out"}),
            page="group_plan",
        ),
        *(
            MatterKind(
                code=code,
                label=label,
                outcomes={**outcomes, "stopped": "Stopped, and why", "opened_in_error": ERROR},
                solved=frozenset(list(outcomes)[:1]),
                page="assistance",
            )
            for code, (label, outcomes) in ASSISTANCE.items()
        ),
        MatterKind(
            code="event_request",
            label="Request for an event",
            outcomes={
                "took_place": "It took place",
                "declined": "Declined",
                "called_off": "Called off",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"took_place"}),
            page="event_request",
        ),
        MatterKind(
            code="outreach_plan",
            label="Outreach plan",
            outcomes={
                "reached": "Reached what it set out to do",
                "partly_reached": "Partly reached",
                "stopped": "Stopped, and why",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"reached"}),
            page="outreach_plan",
        ),
        MatterKind(
            code="body_meeting",
            label="Meeting of a public body",
            outcomes={
                "on_record": "Held, and on record",
                "canceled": "Canceled",
                "opened_in_error": "Opened in error",
            },
            solved=frozenset({"on_record"}),
            page="body_meeting",
        ),
    )
}
NAMED_FOR_ALL = frozenset({"initiative", "campaign"})
REFERRAL, TO_DO, APPROVAL, DEADLINE = "referral", "todo", "approval", "legal_deadline"
ASK_KINDS: Mapping[str, str] = {
    REFERRAL: "Asked of an agency",
    TO_DO: "To do",
    APPROVAL: "Approval",
    DEADLINE: "Legal deadline",
}
_OPEN_WORDS: Mapping[str, tuple[str, str]] = {
    REFERRAL: ("ask", "asks"),
    TO_DO: ("to-do", "to-dos"),
    APPROVAL: ("approval", "approvals"),
    DEADLINE: ("clock", "clocks"),
}
TASK_KINDS = frozenset({TO_DO, APPROVAL, DEADLINE})

LINKS: Mapping[str, str] = {
    "related": "has to do with",
    "recurrence": "is the return of",
    "split": "was split from",
    "nearby": "is next to",
    "part": "is a part of",
}
LINKS_BACK: Mapping[str, str] = {
    "related": "has to do with",
    "recurrence": "came back as",
    "split": "gave rise to",
    "nearby": "is next to",
    "part": "has as a part",
}


def check_link(code: str) -> str:
    """The words of a kind of link; `Refused` for one that is not known."""
    if code not in LINKS:
        raise Refused(
            "unknown_link", "Choose how the two have to do with each other.", field="kind"
        )
    return LINKS[code]


def kind_of(code: str) -> MatterKind:
    """The declared kind; `Refused` where the house knows none of that name."""
    kind = KINDS.get(code)
    if kind is None:
        raise Refused("unknown_kind", f"There is no kind of matter called {code}.", field="kind")
    return kind


def check_task_kind(code: str) -> str:
    """A kind of ask that one of ours answers; `Refused` for any other."""
    if code not in TASK_KINDS:
        raise Refused("unknown_kind", "Choose to do, approval or legal deadline.", field="kind")
    return code


def open_sentence(kinds: Iterable[str]) -> str:
    """How many asks, to-dos, approvals and clocks keep a matter open, by the kinds of them all."""
    counts = Counter(kinds)
    parts = [
        f"{counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, (one, many) in _OPEN_WORDS.items()
        if counts[kind]
    ]
    return f"{listed(parts)} {'is' if counts.total() == 1 else 'are'} still open."
