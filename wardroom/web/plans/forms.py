"""The work plan, a look at one of its steps, and a look at the whole of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose


class PlanForm(Form):
    """What the plan is to reach, by when, and how that is measured."""

    name = "plan"

    objective = forms.CharField(
        label="Objective",
        max_length=300,
        help_text="What will be different, for whom. One sentence.",
    )
    cause = LongText(
        label="What keeps bringing the trouble back",
        required=False,
        help_text="Your best guess today. A later version may be better.",
    )
    measure = forms.CharField(
        label="Measure", max_length=200, help_text="What is counted, over which time."
    )
    baseline = forms.FloatField(label="Now", help_text="The number today.")
    target = forms.FloatField(label="Target", help_text="The number you want to see.")
    target_on = DayField(label="Reach it by")
    review_on = DayField(label="Look at the plan again on")
    former_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = LongText(
        label="Why the plan changes",
        max_length=300,
        help_text="The earlier version stays as it was, with this reason beside it.",
    )


class ReviewForm(Form):
    """That somebody looked at the plan again, and that it stays as it is."""

    name = "review"

    note = LongText(
        label="What you saw, and why the plan stays as it is",
        max_length=500,
        help_text="Where something has to change, revise the plan instead.",
    )
    review_on = DayField(label="Look at it again on")


class TraceForm(Form):
    """Which agreed improvement led to this version."""

    name = "trace"

    improvement = forms.TypedChoiceField(label="Improvement", coerce=int, empty_value=None)

    def __init__(self, *args: Any, improvements: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "improvement", [("", "Choose an improvement"), *improvements])


class OneStepForm(Form):
    """What is said of one step, with the ask that stood there when the page was drawn."""

    shown_ask = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LookForm(OneStepForm):
    """Whether a step that an agency calls done is done."""

    name = "look"

    seen_at = InstantField(label="When were you there?")
    finding = forms.ChoiceField(label="What did you find?", widget=forms.RadioSelect)
    note = LongText(
        label="Note",
        required=False,
        max_length=500,
        help_text="What you saw. No names of residents.",
    )

    def __init__(self, *args: Any, findings: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "finding", findings.items())


class OwnerForm(OneStepForm):
    """Who at the agency sees to a step."""

    name = "owner"
    saves = ("owner_name",)

    owner_name = forms.CharField(
        label="Who there sees to it",
        max_length=120,
        required=False,
        help_text="A name or a desk. Nobody has to be known to Wardroom.",
    )
