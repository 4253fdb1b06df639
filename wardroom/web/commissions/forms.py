"""What is filled in when a commission's paper comes, is answered, and goes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.engagement.rules.papers import (
    ACKNOWLEDGMENT,
    FINDINGS,
    LETTERS,
    PAPERS,
    RECOMMENDATION,
)
from wardroom.web.locations.forms import CloseForm as CloseForm
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class PaperForm(Form):
    """A paper as it came: whose, what, by which vote, and what it raises."""

    name = "paper"

    kind = forms.ChoiceField(
        label="What is it?", choices=tuple(PAPERS.items()), widget=forms.RadioSelect
    )
    ward_code = forms.ChoiceField(label="Ward")
    anc_code = forms.CharField(
        label="Commission", max_length=12, help_text="As it calls itself, such as 5B or 3/4G."
    )
    smd_code = forms.CharField(
        label="Single-member district it is about", max_length=8, required=False
    )
    title = forms.CharField(label="What it is about", max_length=200)
    concerns = LongText(
        label="Issues and concerns it raises",
        max_length=16_000,
        help_text="One on a line, in its own words. Each one gets its own answer.",
    )
    voted_on = DayField(
        label="Adopted at its meeting on",
        required=False,
        help_text="The day of the meeting. A commissioner's own letter is no paper: log it as a"
        " contact.",
    )
    yes = forms.IntegerField(label="Members for it", min_value=0, max_value=99, required=False)
    no = forms.IntegerField(label="Against", min_value=0, max_value=99, initial=0)
    abstained = forms.IntegerField(label="Abstaining", min_value=0, max_value=99, initial=0)
    received_on = DayField(label="Received on", help_text="The clocks start on this day.")
    next_on = DayField(label="Look at it again by")

    needed_at_times = frozenset({"voted_on", "yes"})

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)


class ConcernForm(Form):
    """What was found on one concern."""

    name = "concern"

    finding = forms.ChoiceField(
        label="What was decided", choices=tuple(FINDINGS.items()), widget=forms.RadioSelect
    )
    text = LongText(
        label="What was found, and on what it rests",
        max_length=2000,
        help_text="Facts, rules, and what was seen. It goes into the written decision.",
    )


class LetterForm(Form):
    """A letter that went out."""

    name = "letter"

    letter = forms.ChoiceField(label="Which letter", widget=forms.RadioSelect)
    sent_on = DayField(label="Sent on")
    text = LongText(
        label="What it says",
        max_length=16_000,
        help_text="Once every concern is answered, the findings stand here to begin with.",
    )
    to_commission = forms.BooleanField(label="Sent to the commission as a body", required=False)
    to_councilmember = forms.BooleanField(
        label="Copied to the councilmember of the ward",
        required=False,
        help_text="The law asks for it with a decision.",
    )
    councilmember = forms.CharField(label="Which councilmember", max_length=200, required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [
            (code, label)
            for code, label in LETTERS.items()
            if kind != RECOMMENDATION or code != "status"
        ]
        choose(self, "letter", wanted)
        self.fields["letter"].initial = ACKNOWLEDGMENT
