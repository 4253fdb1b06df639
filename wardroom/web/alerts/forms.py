"""What is filled in to enter an alert, to open an incident, and to set an alert aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class AlertForm(Form):
    """An alert as it was received: pasted, or as a file."""

    name = "alert"

    content = LongText(
        label="Paste the message",
        required=False,
        help_text="All of it, from <alert to </alert>.",
    )
    file = forms.FileField(label="Or a file (.xml, .cap)", required=False, allow_empty_file=True)

    needed_at_times = frozenset({"content", "file"})


class OpenForm(Form):
    """The incident that somebody opens."""

    name = "open"

    title = forms.CharField(label="What happened", max_length=200)
    ward_code = forms.ChoiceField(label="Ward", required=False)
    owner = forms.TypedChoiceField(label="Who looks after it", coerce=int)
    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200, required=False)

    def __init__(self, *args: Any, wards: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "owner", people)


class AsideForm(Form):
    """Why nothing is needed of the office."""

    name = "aside"

    reason = forms.CharField(
        label="Why nothing is needed of us",
        max_length=300,
        help_text="An update that is graver, or reaches another ward, brings it back.",
    )
