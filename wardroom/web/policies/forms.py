"""What is filled in to watch a policy, and to write down what was said about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.engagement.rules.policies import POLICY_ENDS, TENORS, WAYS_HEARD
from wardroom.web.ui.forms import DayField, Form, choose


class PolicyForm(Form):
    """A policy to watch."""

    name = "policy"

    title = forms.CharField(label="Which policy", max_length=200)
    next_on = DayField(label="Read what was said by")


class SaidForm(Form):
    """One thing that was said."""

    name = "say"

    ward_code = forms.ChoiceField(label="Ward")
    tenor = forms.ChoiceField(
        label="What it was", choices=tuple(TENORS.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="What was said", max_length=300, help_text="One line, without a name."
    )
    about = forms.CharField(
        label="What it is about",
        max_length=40,
        required=False,
        help_text="One or two words, such as: Parking.",
    )
    channel = forms.ChoiceField(
        label="Where you heard it",
        choices=[(code, words.capitalize()) for code, words in WAYS_HEARD.items()],
    )
    heard_on = DayField(label="Heard on")

    def __init__(
        self,
        *args: Any,
        wards: Sequence[tuple[str, str]],
        used: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if used:
            self.fields["about"].help_text = f"One or two words. Used so far: {', '.join(used)}."
        choose(self, "ward_code", [("", "Choose the ward"), *wards])


class EndForm(Form):
    """How the watch ended."""

    name = "end"

    outcome = forms.ChoiceField(label="How it ended", choices=tuple(POLICY_ENDS.items()))
    text = forms.CharField(label="Why", max_length=300, required=False)
