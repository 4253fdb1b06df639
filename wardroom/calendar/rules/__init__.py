"""What an event is, how it may move, and when a weekly meeting falls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day

GROUP_MEETING = "group_meeting"
CORE_TEAM, JOINT_WORK_DAY, ANC_MEETING = "core_team", "joint_work_day", "anc_meeting"
MAYOR_EVENT = "mayor_event"
PLANNED, HELD, CANCELLED = "planned", "held", "cancelled"
NOT_WRITTEN = "not_written"
SPEAKER, GUEST = "speaker", "guest"
KINDS: Mapping[str, str] = {
    CORE_TEAM: "Core team meeting",
    JOINT_WORK_DAY: "Joint work day",
    "walk": "Walk",
    "meeting": "Meeting",
    "committee": "Committee session",
    "training": "Training",
    ANC_MEETING: "ANC meeting",
    MAYOR_EVENT: "Event with the Mayor or cabinet",
    GROUP_MEETING: "Group meeting",
    "session": "Working session",
    "service_day": "Service day",
}
WEEKLY, MONTHLY = "weekly", "monthly"
REPEATS: Mapping[str, str] = {
    MONTHLY: "Every month, on the same weekday",
    WEEKLY: "Every week",
}
MOVES: Mapping[str, Mapping[str, str]] = {
    PLANNED: {"hold_event": HELD, "cancel_event": CANCELLED, "move_event": PLANNED},
    HELD: {},
    CANCELLED: {},
}
STATES: Mapping[str, str] = {
    PLANNED: "planned",
    HELD: "held",
    CANCELLED: "canceled",
    NOT_WRITTEN: "nobody wrote down whether it was held",
}
ROLES: Mapping[str, str] = {
    "agency": "Agency",
    "chair": "Chair",
    "principal": "Principal",
    "alternate": "Alternate",
    "member": "Member",
    GUEST: "Guest",
    SPEAKER: "Speaks for the Mayor",
}
ANSWERS: Mapping[str, str] = {"": "no answer yet", "yes": "comes", "no": "does not come"}
PRESENT, ALTERNATE, ABSENT = "present", "alternate", "absent"
ATTENDED: Mapping[str, str] = {PRESENT: "Present", ALTERNATE: "Alternate", ABSENT: "Absent"}
LONGEST = timedelta(days=14)
FARTHEST = timedelta(days=2 * 366)
WEEK = timedelta(days=7)


def check_move(state: str, move: str) -> str:
    """The state that a move leads to. Refuses: `wrong_state` where it cannot be made now."""
    to = MOVES[state].get(move)
    if to is None:
        raise Refused(
            "wrong_state",
            f"This is {STATES[state]}, so it cannot be done now. Somebody else may have done it"
            " first: look at the page again.",
        )
    return to


def check_span(starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """An event ends after it starts, and nobody plans it years ahead by a slip of the pen."""
    if ends_at <= starts_at:
        raise Refused("ends_too_early", "It ends before it starts.", field="ends_at")
    if ends_at - starts_at > LONGEST:
        raise Refused("too_long", "An event lasts two weeks at most.", field="ends_at")
    if starts_at > now + FARTHEST:
        raise Refused(
            "too_far", "This is more than two years away. Check the year.", field="starts_at"
        )


def check_still_to_come(starts_at: datetime, *, now: datetime, zone: ZoneInfo) -> None:
    """What is planned is not over: today, or a later day."""
    day, today = starts_at.astimezone(zone).date(), now.astimezone(zone).date()
    if day < today:
        raise Refused(
            "in_the_past",
            f"{long_day(day)} is in the past. Choose today or a later day.",
            field="starts_at",
        )


def check_begun(starts_at: datetime, *, now: datetime, zone: ZoneInfo) -> None:
    """Nothing is written down as having been before its day has come."""
    day = starts_at.astimezone(zone).date()
    if day > now.astimezone(zone).date():
        raise Refused("not_yet", f"This is planned for {long_day(day)}, which is still to come.")


def state_shown(state: str, ends_at: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """The state as people read it: a planned event whose day passed was never written down."""
    over = ends_at.astimezone(zone).date() < now.astimezone(zone).date()
    return NOT_WRITTEN if state == PLANNED and over else state


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """A local day and time as an instant.

    Of two such times in an autumn night the first; one that a spring night leaves out is an
    hour later on the clock.
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(ZoneInfo("UTC"))


def weekly_days(first_on: date, *, until_on: date) -> tuple[date, ...]:
    """The days of a weekly meeting, from its first day to the last one asked for."""
    count = (until_on - first_on).days // 7 + 1
    return tuple(first_on + WEEK * n for n in range(max(0, count)))


def monthly_days(first_on: date, *, until_on: date) -> tuple[date, ...]:
    """The days of a monthly meeting: the same weekday of each month, such as the second Tuesday.

    A fifth weekday is the last one of a month that has no fifth.
    """
    nth = (first_on.day - 1) // 7
    months = (until_on.year - first_on.year) * 12 + until_on.month - first_on.month
    days = (_nth_weekday(first_on, ahead, nth) for ahead in range(max(0, months + 1)))
    return tuple(day for day in days if day <= until_on)


def series_days(repeats: str, first_on: date, *, until_on: date) -> tuple[date, ...]:
    """The days on which a meeting comes back, from its first day to the last one asked for."""
    days_of = monthly_days if repeats == MONTHLY else weekly_days
    return days_of(first_on, until_on=until_on)


def _nth_weekday(first_on: date, months_ahead: int, nth: int) -> date:
    month = first_on.month - 1 + months_ahead
    start = date(first_on.year + month // 12, month % 12 + 1, 1)
    day = start + timedelta(days=(first_on.weekday() - start.weekday()) % 7 + 7 * nth)
    return day if day.month == start.month else day - WEEK


DECISION, PARKED, WHY = "decision", "parked", "why"
ASKED, NOTE, PROMISE = "asked", "note", "promise"
LINES: Mapping[str, str] = {
    DECISION: "Decision",
    PARKED: "Parked",
    WHY: "Why",
    ASKED: "They asked",
    NOTE: "Said",
    PROMISE: "Promise heard",
}
AHEAD = WEEK * 13
COME = frozenset({PRESENT, ALTERNATE})


@dataclass(frozen=True)
class AskAsHeard:
    """What of an ask decides how it is read out in a meeting."""

    state: str
    due_on: date
    promised_on: date | None
    answered_on: date | None
    done_on: date | None
    counter_on: date | None
    seen: str = ""

    @property
    def expected_on(self) -> date:
        """The promised day, or the day asked for."""
        return self.promised_on or self.due_on


def standing_of(ask: AskAsHeard, *, on: date) -> tuple[str, str]:
    """How an ask is read out: a word for programs, and the words for people.

    Done is the agency's word; it is verified once somebody who did not ask for it looked.
    """
    if ask.state == "done":
        said = f"Done, the agency says ({_short(ask.done_on)})"
        if ask.seen == "clean":
            return "verified", f"{said}; somebody else saw it clean"
        if ask.seen in ("partly", "not_fixed", "worse"):
            return "not_fixed", f"{said}; somebody else saw that it is not"
        return "done", said
    if ask.state in ("requested", "accepted", "countered") and ask.expected_on < on:
        days = (on - ask.expected_on).days
        many = "1 day" if days == 1 else f"{days} days"
        silent = ", no answer" if ask.state == "requested" else ""
        return "late", f"Late by {many}{silent}"
    words = {
        "proposed": "Not asked yet",
        "requested": "No answer yet",
        "accepted": f"Promised for {_short(ask.promised_on)}",
        "countered": f"Offers {_short(ask.counter_on)}",
        "declined": "Declined",
        "withdrawn": "Withdrawn",
    }
    return ask.state, words[ask.state]


def check_line(kind: str, *, about_ask: bool, about_promise: bool = False) -> None:
    """A line is of a known kind; only some are about an ask, or became a promise."""
    off = (kind == WHY) != about_ask or (kind == PROMISE) != about_promise
    if kind not in LINES or off:
        raise Refused("unknown_line", "Choose what kind of line it is.", field="kind")


def check_meeting(state: str, starts_at: datetime, *, now: datetime, zone: ZoneInfo) -> None:
    """What is said in a meeting is written down on its day or later, and never of one canceled."""
    if state == CANCELLED:
        raise Refused("wrong_state", "This meeting was canceled. Nothing was said in it.")
    check_begun(starts_at, now=now, zone=zone)


def quarter_of(day: date) -> tuple[date, date]:
    """The first and the last day of the quarter in which a day lies."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    after = date(day.year + (first.month == 10), (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _short(day: date | None) -> str:
    return f"{day:%b} {day.day}, {day.year}" if day else "no day"
