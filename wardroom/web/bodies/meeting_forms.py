"""What is filled in at a public body's meeting: notice, roll, motions, minutes and record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.calendar.rules import ABSENT, PRESENT
from wardroom.engagement.rules.bodies import ANSWERS, CLOSED_REASONS
from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose

Choices = Sequence[tuple[str, str]]
HERE = (("", "Not called yet"), (PRESENT, "Here"), (ABSENT, "Not here"))


class NoticeForm(Form):
    """The notice with its agenda, as it goes out."""

    name = "notice"

    agenda = LongText(label="Agenda", max_length=20_000, help_text="One item on a line.")
    join_text = forms.CharField(label="How to join from elsewhere", max_length=300, required=False)
    late_why = forms.CharField(
        label="Why on short notice",
        max_length=300,
        required=False,
        help_text="Only where the day for the notice is over. It stands in the notice.",
    )

    needed_at_times = frozenset({"late_why"})


class MoveForm(Form):
    """Another time, and why."""

    name = "move"

    starts_at = InstantField(label="Starts")
    ends_at = InstantField(label="Ends")
    reason = forms.CharField(
        label="Why", max_length=200, help_text="The clocks move too, and say this."
    )


class CancelForm(Form):
    """Why it does not meet."""

    name = "cancel"

    reason = forms.CharField(
        label="Why does it not meet?",
        max_length=300,
        help_text="It stands on the public page. Whoever got the notice is told by mail.",
    )


class BodyRollForm(Form):
    """The roll: who is here of the members, a line each."""

    name = "roll"

    def __init__(self, *args: Any, members: Sequence[tuple[int, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for seat, label, attended in members:
            self.fields[f"seat_{seat}"] = forms.ChoiceField(
                label=label,
                choices=HERE,
                initial=attended,
                required=False,
                widget=forms.Select,
            )

    def clean(self) -> dict[str, Any]:
        """What was called, by the number of the seat."""
        return {"attended": _by_seat(self.cleaned_data, "seat_")}


class MotionForm(Form):
    """A motion: the words, who moved it, who seconded it, and what each here answered."""

    name = "motion"

    text = LongText(label="The motion", max_length=500)
    mover = forms.TypedChoiceField(label="Moved by", coerce=int)
    seconder = forms.TypedChoiceField(label="Seconded by", coerce=int)

    def __init__(self, *args: Any, members: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in ("mover", "seconder"):
            choose(self, field, [("", "Choose a member"), *members])
        for seat, label in members:
            self.fields[f"answer_{seat}"] = forms.ChoiceField(
                label=f"{label} answers",
                choices=[("", "Choose an answer"), *ANSWERS.items()],
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """The motion, with the roll call by the number of the seat."""
        given = self.cleaned_data
        said: dict[str, Any] = {
            name: value for name, value in given.items() if not name.startswith("answer_")
        }
        return {**said, "answers": _by_seat(given, "answer_")}


class ClosedForm(Form):
    """A part of the meeting that is closed, on a motion that carried."""

    name = "closed"

    motion = forms.TypedChoiceField(label="On which motion", coerce=int)
    reason = forms.ChoiceField(label="Reason in the law", choices=tuple(CLOSED_REASONS.items()))
    text = LongText(
        label="What it is about, in public words",
        max_length=500,
        help_text="It stands in the minutes.",
    )

    def __init__(self, *args: Any, motions: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "motion", motions)


class MinutesForm(Form):
    """The minutes, drafted from what was recorded."""

    name = "minutes"

    text = LongText(
        label="Minutes",
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Drafted from the roll, the agenda and the motions. Change what is not right.",
    )
    approved_on = DayField(
        label="Approved by the body on",
        required=False,
        help_text="Leave it empty for minutes that the body has not approved yet.",
    )


class RecordForm(Form):
    """The full record: where the recording is, and a paper that belongs to it."""

    name = "record"

    recording_at = forms.CharField(
        label="Where the recording is",
        max_length=300,
        help_text="Its address on the web, or the shelf.",
    )
    note = forms.CharField(label="What else belongs to it", max_length=500, required=False)
    file = forms.FileField(
        label="Transcript or other paper (up to 20 MB)", required=False, allow_empty_file=True
    )


def _by_seat(given: dict[str, Any], start: str) -> dict[int, str]:
    return {
        int(name.removeprefix(start)): value
        for name, value in given.items()
        if name.startswith(start)
    }
