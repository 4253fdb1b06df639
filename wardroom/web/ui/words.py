"""The words and tones of states: one list, so that a state looks the same everywhere."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from wardroom.web.ui.tables import Tag

STATES = {
    "undecided": Tag("Undecided", "accent"),
    "watch": Tag("Watched", "warn"),
    "refuse": Tag("Refused"),
    "designate": Tag("Designated", "good"),
    "proposed": Tag("Not asked yet"),
    "requested": Tag("Waiting for an answer", "accent"),
    "accepted": Tag("Accepted", "good"),
    "declined": Tag("Declined", "bad"),
    "countered": Tag("Other date offered", "warn"),
    "done": Tag("Agency says done", "good"),
    "withdrawn": Tag("Withdrawn"),
    "waits": Tag("Waits for a second person", "accent"),
    "stands": Tag("Stands", "good"),
    "cancelled": Tag("Canceled"),
    "draft": Tag("Draft", "warn"),
    "signed": Tag("Signed", "good"),
    "superseded": Tag("Replaced by a correction"),
    "designated": Tag("Designated", "accent"),
    "planned": Tag("Planned", "accent"),
    "working": Tag("Agencies at work", "accent"),
    "checked": Tag("Checked in the field", "accent"),
    "relapsed": Tag("Relapsed", "bad"),
    "reopened": Tag("Taken up again", "warn"),
    "on_watch": Tag("On watch", "warn"),
    "sustained": Tag("Sustained", "good"),
    "open": Tag("Open", "accent"),
    "in_progress": Tag("In progress", "accent"),
    "closed": Tag("Closed"),
    "duplicate_open": Tag("Duplicate, open"),
    "duplicate_closed": Tag("Duplicate, closed"),
    "transferred": Tag("Transferred"),
    "incomplete": Tag("Incomplete"),
    "unknown": Tag("Unknown"),
    "running": Tag("Running", "accent"),
    "ahead": Tag("Not begun yet"),
    "due": Tag("Verdict due", "warn"),
    "judged": Tag("Judged", "good"),
    "round_drawn": Tag("Drawn", "accent"),
    "round_walked": Tag("Being walked", "warn"),
    "round_ended": Tag("Over", "good"),
    "failed": Tag("Failed", "bad"),
    "agreed": Tag("Agreed", "accent"),
    "in_place": Tag("In place", "good"),
    "partly_in_place": Tag("Partly in place", "warn"),
    "not_done": Tag("Not done", "bad"),
    "opened_in_error": Tag("Opened in error"),
    "followed": Tag("Followed", "good"),
    "partly_followed": Tag("Followed in part", "warn"),
    "not_followed": Tag("Not followed", "bad"),
    "heard": Tag("Heard, waits for the director", "warn"),
    "confirmed": Tag("Confirmed", "accent"),
    "under_way": Tag("Under way", "accent"),
    "kept": Tag("Kept", "good"),
    "not_kept": Tag("Not kept", "bad"),
    "not_made": Tag("Was not promised"),
    "submitted": Tag("Waits for the director", "warn"),
    "returned": Tag("Returned with words", "bad"),
    "approved": Tag("Approved", "good"),
    "carried_out": Tag("Carried out", "good"),
    "partly_carried_out": Tag("Carried out in part", "warn"),
    "not_carried_out": Tag("Not carried out", "bad"),
    "batch_trying": Tag("Being looked at", "accent"),
    "batch_tried": Tag("Not done yet", "warn"),
    "batch_doing": Tag("Under way", "accent"),
    "batch_done": Tag("Done", "good"),
    "batch_undoing": Tag("Being taken back", "accent"),
    "batch_undone": Tag("Taken back"),
    "alert_waiting": Tag("Waits for a decision", "warn"),
    "alert_opened": Tag("Opened as an incident", "good"),
    "alert_set_aside": Tag("Set aside"),
    "alert_withdrawn": Tag("Canceled by its sender"),
    "alert_over": Tag("Over, and nobody decided", "warn"),
    "alert_elsewhere": Tag("Not in this city"),
    "alert_practice": Tag("Exercise or test"),
    "queued": Tag("Waits to go out", "accent"),
    "sent": Tag("Sent", "good"),
    "bounced": Tag("Came back", "bad"),
    "recalled": Tag("Taken back"),
    "set_aside": Tag("Set aside"),
    "waiting": Tag("Where does it belong?", "warn"),
    "threaded": Tag("On its matter", "good"),
    "unread": Tag("Not read yet", "accent"),
    "ignored": Tag("Not followed"),
    "bounce": Tag("A message of ours came back", "bad"),
}


def state_tag(value: str) -> Tag:
    """The tag of a state; a state not listed shows its own word."""
    return STATES.get(value) or Tag(value.replace("_", " ").capitalize())


def day_text(value: date | None) -> str:
    """A day as people write it, or nothing."""
    return date_format(value) if value else ""


def instant_text(value: datetime | None) -> str:
    """A day and the time on the office's clock, as people write them."""
    return date_format(localtime(value), "DATETIME_FORMAT") if value else ""


def clock_text(value: datetime) -> str:
    """A day of the week and the time on the office's clock, for what is soon."""
    return date_format(localtime(value), r"l \a\t P")


def from_today(value: date | None, today: date) -> str:
    """How far a day is from today, in words."""
    if value is None:
        return ""
    days = (value - today).days
    if days == 0:
        return "today"
    many = "day" if abs(days) == 1 else "days"
    return f"in {days} {many}" if days > 0 else f"{-days} {many} overdue"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun in the right form."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
