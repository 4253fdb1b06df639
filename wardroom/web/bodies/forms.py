"""What is filled in to keep a public body, its seats, and to set its meetings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.engagement.rules.bodies import COVERS, OPEN_MEETINGS_ACT
from wardroom.web.meetings.forms import ClockField
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class DescribeForm(Form):
    """What a public body rests on, which rules bind it, and who gets its notices."""

    name = "describe"

    authority = forms.CharField(
        label="What it rests on",
        max_length=300,
        help_text="The law, Mayor's Order or charter, with its citation.",
    )
    purpose = LongText(label="What it is for", max_length=500, required=False)
    cover = forms.ChoiceField(
        label="Which rules bind its meetings?",
        choices=tuple(COVERS.items()),
        widget=forms.RadioSelect,
        initial=OPEN_MEETINGS_ACT,
    )
    cover_why = forms.CharField(
        label="Why",
        max_length=300,
        required=False,
        help_text="What counts as a public body changes by act. Write which one you went by.",
    )
    quorum = forms.IntegerField(
        label="Quorum in its charter",
        required=False,
        min_value=1,
        max_value=200,
        help_text="Leave it empty for a majority of the voting seats that are filled.",
    )
    notice_to = LongText(
        label="Also send its notices to",
        max_length=10_000,
        required=False,
        help_text="E-mail addresses of those who asked for them, one on a line. Members get them"
        " anyway.",
    )


class BodyForm(DescribeForm):
    """A public body that the office takes on."""

    name = "body"
    field_order = ("called", "ward_code")
    called_here: ClassVar = {"name": "called"}

    called = forms.CharField(label="Name", max_length=200)
    ward_code = forms.ChoiceField(label="Ward")

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)


class BodySeatForm(Form):
    """A seat as the charter has it."""

    name = "seat"

    title = forms.CharField(
        label="What the seat is called",
        max_length=120,
        help_text="Each seat has its own name, such as Chair or Tenant member 2.",
    )
    voting = forms.BooleanField(label="Counts in a roll call", required=False, initial=True)
    appointed_by = forms.CharField(label="Who appoints to it", max_length=120)
    term_months = forms.IntegerField(
        label="Months of a term", required=False, min_value=1, max_value=240
    )
    most_terms = forms.IntegerField(
        label="Terms at most", required=False, min_value=1, max_value=20
    )
    since_on = DayField(label="There since", required=False)


class MemberForm(Form):
    """Who was appointed to a seat, for which term."""

    name = "member"
    called_here: ClassVar = {"name": "who"}

    seat = forms.ChoiceField(label="Seat")
    who = forms.CharField(
        label="Who holds it",
        max_length=120,
        help_text="A name, or the number of a record here, such as P-12.",
    )
    since_on = DayField(label="From which day")
    ends_on = DayField(
        label="Term ends on",
        required=False,
        help_text="Leave it empty and it follows from the months of a term.",
    )
    number = forms.IntegerField(label="Which term is it?", min_value=1, max_value=20, initial=1)

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "seat", seats)


class LeaveForm(Form):
    """That somebody left a seat."""

    name = "leave"

    seat = forms.ChoiceField(label="Seat")
    until_on = DayField(label="Since which day is it empty?")
    reason = forms.CharField(label="Why", max_length=200, required=False)

    def __init__(self, *args: Any, seats: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "seat", seats)


class MeetForm(Form):
    """The day of a meeting; its clocks follow."""

    name = "meet"
    called_here: ClassVar = {"starts_at": "on", "ends_at": "ends"}

    on = DayField(
        label="Day",
        help_text="Under the Open Meetings Act the notice has to be out two business days before.",
    )
    starts = ClockField(label="Starts at")
    ends = ClockField(label="Ends at")
    place_text = forms.CharField(label="Where", max_length=200, required=False)
    join_text = forms.CharField(label="How to join from elsewhere", max_length=300, required=False)
