"""The reports of the demonstration: two weeks signed, the running one drafted, and rolled up."""

from __future__ import annotations

from datetime import datetime, timedelta

from wardroom.access.actor import SYSTEM, Stamp, Window
from wardroom.demonstration.district import WARDS
from wardroom.demonstration.loader import Plan, stamp_of
from wardroom.reporting.actions import (
    ItemWords,
    draft_monthly_report,
    draft_roll_up,
    draft_weekly_report,
    edit_report,
    rebuild_report,
    sign_report,
)
from wardroom.reporting.models import Edition
from wardroom.reporting.queries import this_week
from wardroom.reporting.rules import MONTHLY, ROLL_UP, SIGNED, WEEKLY, Week

FIVE = "5"
SIGNED_LAST_WEEK = ("1", "3", FIVE, "7")
DIRECTOR = "director@wardroom.example"
ANC = "5A"
FRIDAY_AFTERNOON = timedelta(days=4, hours=16)
WORDS = {
    FIVE: {
        "summary": "Two places are under way. One agency answered with a later date; we take it.",
        "needs": "A word from the director to the agency that has not answered.",
        "next_week": "A walk past both places, and the candidates from the top of the list.",
    },
    "1": {"summary": "A quiet week; the alley stays clean."},
    "3": {"summary": "Nothing needs a decision. Two places from the list were looked at."},
    "7": {"summary": "The place we work on looks better; people noticed."},
}
BEFORE = {
    "summary": "Both places have a plan now. We wait for the agencies to say when they come.",
    "next_week": "Look at both places, at another hour than last time.",
}


def show_reports(plan: Plan) -> int:
    """Sign two weeks, draft the running one and the roll-ups; gives how many reports there are."""
    now = this_week(plan.now)
    last, before = (this_week(plan.now - timedelta(days=days)) for days in (7, 14))
    _sign(FIVE, before, BEFORE)
    for ward in SIGNED_LAST_WEEK:
        _sign(ward, last, WORDS[ward], leaves_out=ward == FIVE)
    _roll_up(last)
    for ward in WARDS:
        if not _there(report=WEEKLY, ward_code=ward, week=now.name):
            draft_weekly_report(None, ward_code=ward, week=now.name, stamp=_house(plan.now))
    if not _there(report=ROLL_UP, week=now.name):
        draft_roll_up(None, week=now.name, stamp=_house(plan.now))
    _report_to_an_anc(plan)
    for edition in Edition.objects.filter(state=SIGNED, rebuilds=None).order_by("pk"):
        rebuild_report(edition, stamp=_house(plan.now))
    return Edition.objects.count()


def _sign(ward: str, week: Week, words: dict[str, str], *, leaves_out: bool = False) -> None:
    """Sign a ward's report of a week on its Friday; the last thing it asks for may be left out."""
    if _there(report=WEEKLY, ward_code=ward, week=week.name, state=SIGNED):
        return
    at = week.start_at + FRIDAY_AFTERNOON
    edition = draft_weekly_report(None, ward_code=ward, week=week.name, stamp=_house(at))
    stamp = stamp_of(f"liaison{ward}@wardroom.example", at)
    needs = edition.facts["needs"]
    items = {needs[-1]["key"]: ItemWords(False, "")} if leaves_out and len(needs) > 1 else {}
    edition = edit_report(edition, narrative=words, items=items, stamp=stamp)
    sign_report(edition, stamp=stamp)


def _roll_up(week: Week) -> None:
    """The director signs the roll-up of a week an hour after the reports."""
    if _there(report=ROLL_UP, week=week.name, state=SIGNED):
        return
    stamp = stamp_of(DIRECTOR, week.start_at + FRIDAY_AFTERNOON + timedelta(hours=1))
    edition = draft_roll_up(None, week=week.name, stamp=stamp)
    words = {"summary": "Half of the wards have signed. I call the agencies that are silent."}
    edition = edit_report(edition, narrative=words, stamp=stamp)
    sign_report(edition, stamp=stamp)


def _report_to_an_anc(plan: Plan) -> None:
    """Draft last month's report to an ANC, with a word of its liaison."""
    last = plan.now.date().replace(day=1) - timedelta(days=1)
    if _there(report=MONTHLY, area=ANC):
        return
    stamp = stamp_of(f"liaison{FIVE}@wardroom.example", plan.now)
    edition = draft_monthly_report(None, area=ANC, month=f"{last:%Y-%m}", stamp=stamp)
    words = {
        "summary": "Most requests were dealt with in time. Where they were not, we are asking why.",
        "next_week": "We walk here again next month; tell us where.",
    }
    edit_report(edition, narrative=words, stamp=stamp)


def _there(**words: str) -> bool:
    return bool(Edition.objects.filter(**words).exists())


def _house(at: datetime) -> Stamp:
    return Stamp(actor=SYSTEM, at=at, window=Window.SHELL)
