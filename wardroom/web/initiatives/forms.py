"""What is filled in to open an initiative or a campaign, and on the page of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.web.locations.forms import CloseForm as CloseForm
from wardroom.web.locations.forms import NextStepForm as NextStepForm
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]
KINDS = (
    ("initiative", "An initiative: several agencies, one aim"),
    ("campaign", "A campaign: the same in several wards, each with its own part"),
)


class PartForm(Form):
    """A ward's part in a campaign."""

    name = "part"
    called_here: ClassVar = {"owner": "lead"}

    ward_code = forms.ChoiceField(label="Ward")
    title = forms.CharField(label="Title", max_length=200)
    about = LongText(
        label="What it is about",
        max_length=1000,
        help_text="What is wrong, for whom, and why it takes more than one agency.",
    )
    lead = forms.TypedChoiceField(label="Lead", coerce=int, empty_value=None)
    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200)

    def __init__(self, *args: Any, wards: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "lead", [("", "Choose who leads it"), *people])


class InitiativeForm(PartForm):
    """An initiative or a campaign as it is opened."""

    name = "new"

    kind = forms.ChoiceField(label="What is it?", choices=KINDS, widget=forms.RadioSelect)
    field_order = ("kind", "ward_code", "title", "about", "lead", "next_on", "next_step")


class AboutForm(Form):
    """Where it stands."""

    name = "about"

    text = LongText(label="What it is about, and where it stands", max_length=1000)
    former_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class LeadForm(Form):
    """Who leads it from now on."""

    name = "lead"

    owner = forms.TypedChoiceField(label="Lead", coerce=int, empty_value=None)

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", [("", "Choose who leads it"), *people])


class ReopenForm(Form):
    """Why it is taken up again."""

    name = "reopen"

    reason = LongText(label="Why", max_length=300)
    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200, required=False)
