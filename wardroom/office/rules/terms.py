"""People on other terms: how long they are here, what a volunteer may do, when one is reminded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day

DETAIL, VOLUNTEER, FIXED_TERM = "detail", "volunteer", "fixed_term"
KINDS: Mapping[str, str] = {
    DETAIL: "On detail",
    VOLUNTEER: "Volunteer",
    FIXED_TERM: "For a fixed term",
}
LONGEST_DETAIL = "own-detail-longest"
LONGEST_DAYS = 180
AGAIN_DAYS = 30
EMPLOYEES_ONLY = frozenset({"liaison", "director"})
YOUNGEST, GROWN = 14, 18
AGES: Mapping[str, str] = {
    "grown": f"{GROWN} or older",
    "minor": f"{YOUNGEST} to {GROWN - 1}",
    "too_young": f"Under {YOUNGEST}",
}
CONSENT_FROM: Mapping[str, str] = {"parent": "A parent", "guardian": "A guardian"}
DISPLACES_NOBODY = (
    "I checked that what this volunteer does is nobody's job: no employee of the District "
    "does it now."
)
NO_CONFLICT = "I asked about it, and there is no conflict of interest."
REMINDERS = (60, 30, 7)
MOST_HOURS = 60


def last_day(since_on: date, days: int) -> date:
    """The last of so many days; the first day counts."""
    return since_on + timedelta(days=days - 1)


def day_after(day: date) -> date:
    """The day on which an extension begins."""
    return day + timedelta(days=1)


def check_hours(weekly: Decimal) -> None:
    """A week has some hours of work in it, and not too many. Refuses: `hours_off`."""
    if not 0 < weekly <= MOST_HOURS:
        sentence = f"Give the hours in a week, from 1 to {MOST_HOURS}."
        raise Refused("hours_off", sentence, field="hours_weekly")


def check_days(
    kind: str, since_on: date, until_on: date, *, most: int, again: bool = False
) -> None:
    """A term ends on or after its first day, and a detail within the days that one may last.

    Refuses: `ends_too_early`, `too_long`.
    """
    if until_on < since_on:
        raise Refused("ends_too_early", "The last day comes before the first.", field="until_on")
    last = last_day(since_on, most)
    if kind == DETAIL and until_on > last:
        what = "An extension" if again else "A detail"
        raise Refused(
            "too_long",
            f"{what} lasts {most} days at most: until {long_day(last)}. "
            "It can be extended later, with a reason.",
            field="until_on",
        )


def check_home(kind: str, *, has_home: bool, memorandum: str) -> None:
    """A detail comes from an agency, under a memorandum. Refuses: `no_home`, `no_memorandum`."""
    if kind != DETAIL:
        return
    if not has_home:
        raise Refused("no_home", "Say which agency lends this person.", field="home_agency")
    if not memorandum.strip():
        sentence = "Give the number or date of the memorandum with the agency."
        raise Refused("no_memorandum", sentence, field="memorandum")


def check_volunteer(
    kind: str,
    *,
    age: str,
    consent_from: str,
    consent_on: date | None,
    displaces_nobody: bool,
    no_conflict: bool,
    today: date,
) -> None:
    """A volunteer is old enough, takes nobody's work, and has no conflict of interest.

    Refuses: `no_age`, `too_young`, `no_consent`, `displaces`, `conflict`.
    """
    if kind != VOLUNTEER:
        return
    if age not in AGES:
        raise Refused("no_age", "Say how old the volunteer is.", field="age")
    if age == "too_young":
        sentence = f"A volunteer has to be at least {YOUNGEST}."
        raise Refused("too_young", sentence, field="age")
    if age == "minor" and (consent_from not in CONSENT_FROM or consent_on is None):
        sentence = "Under 18 a parent or guardian has to agree. Say who did, and on which day."
        field = "consent_on" if consent_from in CONSENT_FROM else "consent_from"
        raise Refused("no_consent", sentence, field=field)
    if age == "minor" and consent_on is not None and consent_on > today:
        raise Refused("yet_to_come", "Choose today or an earlier day.", field="consent_on")
    if not displaces_nobody:
        sentence = "A volunteer may not do work that an employee does. Check it first."
        raise Refused("displaces", sentence, field="displaces_nobody")
    if not no_conflict:
        sentence = "A volunteer may not have a conflict of interest. Ask about it first."
        raise Refused("conflict", sentence, field="no_conflict")


def check_role(kind: str, role: str) -> None:
    """A volunteer leads neither a ward nor the office. Refuses: `displaces`."""
    if kind == VOLUNTEER and role in EMPLOYEES_ONLY:
        sentence = f"A volunteer may not be the {role}: that is the work of an employee."
        raise Refused("displaces", sentence, field="role")


def step_due(left: int, told: Collection[int]) -> int | None:
    """The reminder that is due with so many days left; one that was overtaken is not sent.

    On the last days nobody is told of the month before.
    """
    reached = [step for step in REMINDERS if left <= step]
    return min(reached) if left >= 0 and reached and min(reached) not in told else None
