"""What is filled in to plan a commission's meetings, and to send a packet."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from wardroom.engagement.rules.meetings import WEEKDAYS, WHICH
from wardroom.web.meetings.forms import ClockField
from wardroom.web.ui.forms import DayField, Form, LongText

MONTHS = (
    ("1", "January"), ("2", "February"), ("3", "March"), ("4", "April"), ("5", "May"),
    ("6", "June"), ("7", "July"), ("8", "August"), ("9", "September"), ("10", "October"),
    ("11", "November"), ("12", "December"),
)  # fmt: skip


class WhereForm(Form):
    """At what time a commission meets, how long, and where."""

    called_here: ClassVar = {"starts_at": "on", "ends_at": "minutes"}

    starts = ClockField(label="At", initial="19:00")
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=480, initial=120)
    place_text = forms.CharField(label="Where", max_length=200, required=False)


class YearForm(WhereForm):
    """The usual day of a commission in a year, without its months of recess."""

    name = "year"

    year = forms.IntegerField(label="Year", min_value=2000, max_value=2100)
    which = forms.TypedChoiceField(
        label="Which one of the month",
        choices=[(str(k), v) for k, v in WHICH.items()],
        coerce=int,
        initial="3",
    )
    weekday = forms.TypedChoiceField(
        label="Day of the week",
        choices=[(str(k), v) for k, v in WEEKDAYS.items()],
        coerce=int,
        initial="1",
    )
    recess = forms.TypedMultipleChoiceField(
        label="Months of recess",
        choices=MONTHS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ("year", "which", "weekday", "recess", "starts", "minutes", "place_text")


class MeetingForm(WhereForm):
    """One meeting."""

    name = "one"

    on = DayField(label="Day")

    field_order = ("on", "starts", "minutes", "place_text")


class SendForm(Form):
    """Words of one's own at the top of a packet."""

    name = "send"

    note = LongText(
        label="Words of your own at the top",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The commission reads it. Name no resident and no house.",
    )
