"""What is filled in to run a core team meeting, and to keep the core team."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.calendar.rules import ATTENDED
from wardroom.kernel.errors import Refused
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Sequence[tuple[str, str]]


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's own clock."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class ClockField(forms.TimeField):
    """A time of day on the office's clock."""

    widget = TimeInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%H:%M", "%H:%M:%S", "%I:%M %p"])
        super().__init__(**kwargs)
        self.error_messages["invalid"] = f"“{self.label}” must be a time, such as 10:00."


class MatterField(forms.CharField):
    """A matter by its number, W-412 with or without its title."""

    def clean(self, value: Any) -> Any:
        """Its number; none where nothing was written."""
        text = str(super().clean(value) or "").strip()
        found = re.match(r"[Ww]-\d+\b|\d+$", text)
        number = number_meant(found.group()) if found else None
        return self.words(text, numbered=bool(found)) if number is None and text else number

    def words(self, text: str, *, numbered: bool) -> Any:
        """Words are no number."""
        raise forms.ValidationError("Give the number of the matter, such as W-412.")


class MatterSearchField(MatterField):
    """A matter by its number, or by words of it, which are looked up."""

    def words(self, text: str, *, numbered: bool) -> Any:
        """The words as they are, unless they look like a number."""
        return super().words(text, numbered=True) if numbered else text


class RollForm(Form):
    """One press: who came for an agency."""

    name = "roll"

    seat = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    attended = forms.ChoiceField(label="Who came", choices=list(ATTENDED.items()))


class AgreeForm(Form):
    """An ask as it is agreed aloud: one agency, one thing, one person, one date, one matter."""

    name = "agree"
    looked = ""

    agency = forms.ChoiceField(label="Agency")
    wording = forms.CharField(label="What is asked", max_length=300)
    owner_name = forms.CharField(label="Who takes it on", max_length=120)
    due_on = DayField(label="By")
    matter = MatterSearchField(
        label="Matter",
        help_text="Its number, or words of its title or place.",
        widget=forms.TextInput(
            attrs={
                "list": "matters",
                "autocomplete": "off",
                "data-suggest-label": "Matters that fit",
                "data-suggest-counted": "matter",
            }
        ),
    )
    which = forms.TypedChoiceField(
        label="Which one?",
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )

    def __init__(
        self,
        *args: Any,
        agencies: Choices,
        fitting: Choices = (),
        suggest: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["matter"].widget.attrs["data-suggest"] = suggest
        choose(self, "agency", [("", "Choose"), *agencies])
        choose(self, "which", fitting)
        self.fields["which"].disabled = not fitting

    def refuse(self, no: Refused) -> None:
        """Where only one matter fits the words it is chosen already: one more press agrees it."""
        super().refuse(no)
        fitting = [value for value, _ in self.fields["which"].choices]  # type: ignore[attr-defined]
        if no.code == "which_matter" and len(fitting) == 1:
            self._now_says("which", fitting[0])


class LineForm(Form):
    """A decision, or something parked; which of them is the button that was pressed."""

    name = "line"

    kind = forms.ChoiceField(label="Kind", choices=[("decision", "Decision"), ("parked", "Parked")])
    text = forms.CharField(
        label="What was decided, or is parked",
        max_length=300,
        help_text="It goes out with the action list. Name no resident.",
    )


class WhyForm(Form):
    """Why an ask is late, in the words of whoever was asked."""

    name = "why"

    ask = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(label="Why", max_length=300)


class StrikeForm(Form):
    """A line to take back."""

    name = "strike"

    line = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class SendForm(Form):
    """Send the action list out for the first time."""

    name = "send"


class CorrectForm(Form):
    """Send it out again, saying what is corrected."""

    name = "send"

    correction = LongText(
        label="What does it correct?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SeatForm(Form):
    """Who sits on the core team for an agency."""

    name = "seat"
    called_here: ClassVar = {"name": "who"}

    agency = forms.ChoiceField(label="Agency")
    alternate = forms.ChoiceField(
        label="Seat", choices=[("", "Principal"), ("yes", "Alternate")], required=False
    )
    who = forms.CharField(
        label="Who",
        max_length=120,
        help_text="A name alone will do. It can become a person later.",
        widget=forms.TextInput(attrs={"list": "team_people", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label="E-mail",
        required=False,
        max_length=254,
        help_text="Where the action list goes. Without it the agency's own address is used.",
    )
    since_on = DayField(label="From")

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "agency", [("", "Choose"), *agencies])


class LeaveForm(Form):
    """A seat that nobody holds any more."""

    name = "leave"

    seat = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class OffForm(Form):
    """An agency that leaves the core team."""

    name = "off"

    seat = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(label="Why", max_length=300)


class SeriesForm(Form):
    """A weekly meeting."""

    name = "series"

    first_on = DayField(label="First meeting on", help_text="It comes back on the same weekday.")
    starts = ClockField(label="At")
    minutes = forms.IntegerField(label="Minutes", min_value=1, max_value=480, initial=90)
    place_text = forms.CharField(label="Where", max_length=200, required=False)


class ReasonForm(Form):
    """Why."""

    name = "reason"

    reason = LongText(label="Why", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
