"""What is filled in to draw a walk, to settle a stop, and to end a walk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.fieldwork.rules import LONGEST_CAME, MOST_RANDOM, MOST_WALK_STOPS
from wardroom.web.meetings.forms import ClockField
from wardroom.web.ui.forms import DayField, Form, LongText, choose


class RouteForm(Form):
    """Where and when somebody wants to walk, as the address of the page carries it."""

    name = "route"

    ward = forms.ChoiceField(label="Ward")
    on = DayField(label="Day of the walk")
    start = forms.TypedChoiceField(
        label="Start at", required=False, coerce=int, empty_value=None,
    )  # fmt: skip
    stops = forms.IntegerField(label="How many stops?", min_value=1, max_value=MOST_WALK_STOPS)
    random = forms.IntegerField(
        label="How many of them random?",
        min_value=0,
        max_value=MOST_RANDOM,
        help_text="So that the office also looks where nobody complains.",
    )

    def __init__(
        self,
        *args: Any,
        wards: Sequence[tuple[str, str]],
        starts: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ward", wards)
        choose(self, "start", [("", "Where most waits for a look"), *starts])


class WalkForm(Form):
    """The title of a walk that is written down; its stops are the boxes of the table."""

    name = "walk"

    title = forms.CharField(label="Title", max_length=120, help_text="Such as: Oak Street, north.")
    starts = ClockField(label="Hour", help_text="It stands in the calendar.")
    meet_at = forms.CharField(
        label="Meeting place",
        required=False,
        max_length=200,
        help_text="At the first stop, if you leave this empty. Who comes is said in the calendar.",
    )


class SettleForm(Form):
    """Which of the findings counts, and why."""

    line = forms.TypedChoiceField(label="What counts?", coerce=int, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", max_length=300)

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "line", lines)


class EndForm(Form):
    """Who came, and which asks are asked again by when."""

    name = "end"
    needed_at_times = frozenset({"due_on"})

    who_came = LongText(
        label="Who came",
        required=False,
        max_length=LONGEST_CAME,
        help_text="One a line. Agencies, commissioners and groups by name; residents as a number,"
        " such as: 6 neighbors.",
    )
    due_on = DayField(label="Asked again by", required=False)
