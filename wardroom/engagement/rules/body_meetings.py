"""The meeting of a public body: its clocks, its agenda, its notice, and drafting its minutes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from wardroom.engagement.rules.bodies import ANSWERS, OPEN_MEETINGS_ACT, OUTCOMES, OWN_RULES
from wardroom.kernel.errors import Refused
from wardroom.matters.rules import check_text

BODY_MEETING = "body_meeting"
NOTICE_CLOCK = "dc-open-meeting-notice"
MINUTES_CLOCK = "dc-open-meeting-minutes"
RECORD_CLOCK = "dc-open-meeting-record"
KEEP_RULE = "dc-open-meeting-recording"
BODY_CLOCKS: Mapping[str, Mapping[str, str]] = {
    OPEN_MEETINGS_ACT: {
        NOTICE_CLOCK: "Publish the notice and the agenda of the meeting",
        MINUTES_CLOCK: "Publish the minutes of the meeting",
        RECORD_CLOCK: "Publish the full record of the meeting",
    },
    OWN_RULES: {},
}
NOTICE_AGAIN = "Publish the notice again, with the new time"
NOTICE_STEP, MEET_STEP = "Publish the notice and the agenda", "Hold the meeting"
MINUTES_STEP, RECORD_STEP = "Publish the minutes", "Publish the record"
MOST_ITEMS, LONGEST_ITEM = 60, 300
LATEST = timedelta(days=30)


@dataclass(frozen=True)
class SaidMotion:
    """A motion as the minutes tell it."""

    text: str
    mover: str
    seconder: str
    answers: Sequence[tuple[str, str]]
    outcome: str


@dataclass(frozen=True)
class SaidMeeting:
    """What was recorded of a meeting, for its minutes."""

    body: str
    when: str
    place: str
    present: Sequence[str]
    absent: Sequence[str]
    quorum: str
    agenda: Sequence[str]
    motions: Sequence[SaidMotion]
    closed: Sequence[str]


def check_late_notice(due_at: datetime | None, *, now: datetime, why: str) -> tuple[bool, str]:
    """Whether a notice is late, and why. Refuses: one that is late without words."""
    late = due_at is not None and now > due_at
    if not late:
        return False, ""
    return True, check_text(
        why,
        code="late_why_missing",
        sentence="The day for this notice is over. Say why the meeting cannot wait.",
        field="late_why",
        most=300,
    )


def check_meeting_began(starts_at: datetime, *, now: datetime) -> None:
    """Nothing is decided, and no minutes are out, before a meeting began. Refuses: that."""
    if now < starts_at:
        raise Refused("not_begun", "This meeting has not begun yet.")


def check_minutes_open(versions: int) -> None:
    """What the public reads of a meeting follows its minutes. Refuses: a change below them."""
    if versions:
        raise Refused(
            "minutes_out", "The minutes are public. Publish a new version of them instead."
        )


def check_minutes(text: str) -> str:
    """The words of the minutes. Refuses: none; too many."""
    return check_text(
        text, code="text_missing", sentence="Write the minutes.", field="text", most=40_000
    )


def draft_of(said: SaidMeeting) -> str:
    """Minutes to begin with, from what was recorded and nothing else."""
    parts = [
        f"Minutes of {said.body}\n{said.when}{', ' + said.place if said.place else ''}",
        f"Present: {_listed(said.present)}\nAbsent: {_listed(said.absent)}\n{said.quorum}",
    ]
    if said.agenda:
        parts.append("Agenda\n" + "\n".join(_numbered(said.agenda)))
    parts += [_motion_words(place, motion) for place, motion in enumerate(said.motions, start=1)]
    if not said.motions:
        parts.append("No motion was made.")
    parts += [f"Closed session. {text}" for text in said.closed]
    return "\n\n".join(parts)


def _motion_words(place: int, motion: SaidMotion) -> str:
    by_answer = {
        code: [name for name, answer in motion.answers if answer == code] for code in ANSWERS
    }
    counted = "; ".join(
        f"{ANSWERS[code]} {len(names)} ({', '.join(names)})"
        for code, names in by_answer.items()
        if names
    )
    return (
        f"Motion {place}. {motion.text}\nMoved by {motion.mover}, seconded by {motion.seconder}."
        f"\nRoll call: {counted}. {OUTCOMES[motion.outcome]}."
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names) or "nobody"


def _numbered(items: Sequence[str]) -> list[str]:
    return [f"{place}. {item}" for place, item in enumerate(items, start=1)]
