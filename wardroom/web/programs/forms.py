"""What is filled in to name a program, and to check a commitment against one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.engagement.rules.programs import PROGRAM_KINDS, VERDICTS
from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Sequence[tuple[str, str]]


class ProgramForm(Form):
    """A program that can carry commitments."""

    name = "program"
    called_here: ClassVar = {"name": "name_"}

    name_ = forms.CharField(label="What it is called", max_length=200)
    kind = forms.ChoiceField(
        label="What is it?", choices=tuple(PROGRAM_KINDS.items()), widget=forms.RadioSelect
    )
    agency_code = forms.ChoiceField(label="Whose is it?", required=False)
    matter = forms.ChoiceField(label="Which initiative of ours is it?", required=False)

    def __init__(self, *args: Any, agencies: Choices, matters: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "agency_code", [("", "Ours, or nobody's in particular"), *agencies])
        choose(self, "matter", [("", "None"), *matters])


class CheckForm(Form):
    """A look at a commitment."""

    name = "check"

    verdict = forms.ChoiceField(
        label="How it stands", choices=tuple(VERDICTS.items()), widget=forms.RadioSelect
    )
    program = forms.ChoiceField(label="Which program carries it", required=False)
    text = LongText(
        label="What was looked at, and what was found",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    checked_on = DayField(label="Looked at on")

    def __init__(self, *args: Any, programs: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "program", [("", "None"), *programs])


class EndForm(Form):
    """Why a program carries nothing any more."""

    reason = forms.CharField(label="Why", max_length=300)
