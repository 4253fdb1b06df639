"""What is filled in to plan an event, to move it, to cancel it, and to say who takes part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, ClassVar

from django import forms
from django.utils.timezone import make_aware

from wardroom.calendar.queries import ParticipantRow
from wardroom.calendar.rules import (
    ANSWERS,
    ATTENDED,
    CORE_TEAM,
    GROUP_MEETING,
    GUEST,
    JOINT_WORK_DAY,
    KINDS,
    ROLES,
)
from wardroom.web.meetings.forms import ClockField, MatterField
from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose

Choices = Sequence[tuple[str, str]]
ELSEWHERE = (CORE_TEAM, GROUP_MEETING)


class EventForm(Form):
    """An event: what, when, where, and which agencies take part."""

    name = "event"
    called_here: ClassVar = {"starts_at": "on", "ends_at": "ends"}

    kind = forms.ChoiceField(
        label="Kind", choices=[(k, v) for k, v in KINDS.items() if k not in ELSEWHERE]
    )
    title = forms.CharField(label="Title", max_length=200)
    on = DayField(label="Day")
    starts = ClockField(label="Starts at")
    ends = ClockField(label="Ends at")
    place_text = forms.CharField(label="Where", max_length=200, required=False)
    ward_code = forms.ChoiceField(label="Ward", required=False)
    matter = MatterField(
        label="Matter",
        required=False,
        help_text="Its number, such as W-412, where the event is about one.",
    )
    agencies = forms.MultipleChoiceField(
        label="Agencies that take part",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, wards: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, choices in (("ward_code", wards), ("agencies", agencies)):
            choose(self, field, choices)

    def clean(self) -> dict[str, Any]:
        """A joint work day is one of agencies."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("kind") == JOINT_WORK_DAY and not given.get("agencies"):
            self.add_error("agencies", "Choose the agencies that work together that day.")
        return given


def span_of(on: date, starts: time, ends: time) -> tuple[datetime, datetime]:
    """The start and the end as instants, on the office's clock."""
    return (make_aware(datetime.combine(on, starts)), make_aware(datetime.combine(on, ends)))


class MoveForm(Form):
    """Another time, and why."""

    name = "move"

    starts_at = InstantField(label="Starts")
    ends_at = InstantField(label="Ends")
    reason = forms.CharField(label="Why", max_length=300)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class HoldForm(Form):
    """That it took place, and who of those who were to come was there.

    Somebody who is the only one, or who said that they come, is ticked at first.
    """

    name = "hold"

    present = forms.MultipleChoiceField(
        label="Who was there", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, people: Sequence[ParticipantRow], **kwargs: Any) -> None:
        open_rows = [row for row in people if not row.attended]
        guests = [row for row in open_rows if row.role == GUEST]
        sure = [row for row in open_rows if row.answer == "yes"]
        alone = guests if len(guests) == 1 and guests[0].answer != "no" else []
        ticked = {str(row.id) for row in (*sure, *alone)}
        super().__init__(*args, initial={"present": sorted(ticked)}, **kwargs)
        if not open_rows:
            self.fields["present"].widget = forms.MultipleHiddenInput()
        choose(self, "present", [(str(row.id), row.name) for row in open_rows])


class CancelForm(Form):
    """Why it does not take place."""

    name = "cancel"

    reason = LongText(
        label="Why does it not take place?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the calendar with this reason, and counts as planned.",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class JoinForm(Form):
    """Somebody who takes part, or an agency."""

    name = "join"
    called_here: ClassVar = {"name": "who"}

    agency = forms.ChoiceField(label="Agency", required=False)
    who = forms.CharField(
        label="Or a name", max_length=120, required=False, help_text="A name alone will do."
    )
    role = forms.ChoiceField(
        label="As",
        choices=[(k, v) for k, v in ROLES.items() if k not in ("principal", "alternate")],
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "agency", [("", "None"), *agencies])


class AnswerForm(Form):
    """Whether somebody comes."""

    name = "answer"

    row = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    answer = forms.ChoiceField(label="Comes?", choices=[(k, v) for k, v in ANSWERS.items() if k])


class AttendForm(Form):
    """Whether somebody was there."""

    name = "attend"

    row = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    attended = forms.ChoiceField(label="Was there?", choices=list(ATTENDED.items()))
