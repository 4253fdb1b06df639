"""A condition check, the next step, and how a location is closed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose


class RatingField(forms.TypedChoiceField):
    """A rating from 1 to 4."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("coerce", int)
        kwargs.setdefault("empty_value", None)
        super().__init__(**kwargs)


class CheckForm(Form):
    """What somebody saw at the place."""

    name = "check"

    seen_at = InstantField(label="When were you there?")
    finding = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    rating = RatingField(
        label="How bad is it?",
        required=False,
        help_text="Leave it out where you could not tell.",
    )
    note = LongText(
        label="Note",
        required=False,
        max_length=500,
        help_text="What you saw, not who was to blame. No names of residents.",
    )

    def __init__(
        self,
        *args: Any,
        findings: Sequence[tuple[str, str]],
        ratings: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "finding", findings)
        choose(self, "rating", [(n, f"{n}  {text}") for n, text in ratings])


class NextStepForm(Form):
    """What the office does next, and by when."""

    name = "next"
    saves = ("next_on", "next_step")

    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200)


class CloseForm(Form):
    """How it ended."""

    name = "close"

    outcome = forms.ChoiceField(label="Outcome")
    text = LongText(label="In a sentence", required=False, max_length=500)

    def __init__(self, *args: Any, outcomes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "outcome", [("", "Choose an outcome"), *outcomes])
