"""What is filled in to register an evaluation, and to withdraw one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.web.ui.forms import DayField, Form, LongText, choose


class EvaluationForm(Form):
    """What is tried where, from when until when, and whether a lot decides who comes first."""

    name = "evaluation"
    needed_at_times = frozenset({"at_once"})

    title = forms.CharField(
        label="What is tried",
        max_length=120,
        help_text="Such as: a crew twice a week, and the lights mended.",
    )
    places = forms.TypedMultipleChoiceField(
        label="Locations where it is tried",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one location."},
    )
    starts_on = DayField(
        label="Start",
        help_text="After the last day of the data that we have. Whole months are counted.",
    )
    verdict_on = DayField(label="Day of the verdict", help_text="Three whole months at least.")
    lot = forms.BooleanField(
        label="There is not enough for all at once: draw at random who comes first",
        required=False,
    )
    at_once = forms.IntegerField(
        label="How many come first",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="With a draw only. The others wait until the day of the verdict, so that they"
        " can be compared with.",
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "places", choices)

    def clean(self) -> dict[str, Any]:
        """A lot needs its number, and a number without a lot is none."""
        given: dict[str, Any] = super().clean() or {}
        if not given.get("lot"):
            given["at_once"] = None
        elif given.get("at_once") is None and "at_once" not in self.errors:
            self.add_error("at_once", "Say how many come first.")
        return given


class WithdrawForm(Form):
    """Why an evaluation is withdrawn."""

    name = "withdraw"

    reason = LongText(
        label="Why is it withdrawn?",
        max_length=500,
        help_text="What was registered, and this reason, stay to be read.",
    )
