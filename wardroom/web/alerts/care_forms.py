"""What is filled in about roles, households, standing down and the review of an incident."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.incidents.rules import CAPABILITIES, FOLLOW_UPS, INCIDENT_ROLES, NEEDS, RATINGS
from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Sequence[tuple[str, str]]
MARKS = [("", "Not rated yet"), *((code, f"{words} ({code})") for code, words in RATINGS.items())]


class RoleForm(Form):
    """Who holds which role from now on, and what they need to know."""

    name = "role"

    role = forms.ChoiceField(label="Role", choices=list(INCIDENT_ROLES.items()))
    party = forms.TypedChoiceField(label="Who has it from now on", coerce=int)
    note = LongText(
        label="What they need to know",
        max_length=1_000,
        required=False,
        help_text="Needed where somebody has the role now.",
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "party", people)


class DownForm(Form):
    """How it stands when the office stands down."""

    name = "down"

    text = LongText(label="How it stands", max_length=500)
    sure = forms.BooleanField(
        label="Stand down although lines of the checklist are open", required=False
    )


class ResumeForm(Form):
    """Why the office works on it again."""

    name = "resume"

    reason = forms.CharField(label="Why it is not over", max_length=300)


class HouseholdForm(Form):
    """What one home needs. No name, no health, no case."""

    name = "household"

    label = forms.CharField(
        label="Which home",
        max_length=40,
        help_text="Such as Unit 4. The same label again corrects it. No names.",
    )
    adults = forms.IntegerField(label="Adults", min_value=0, max_value=99, required=False)
    children = forms.IntegerField(label="Children", min_value=0, max_value=99, required=False)
    older = forms.IntegerField(label="People over 64", min_value=0, max_value=99, required=False)
    pets = forms.IntegerField(label="Pets", min_value=0, max_value=99, required=False)
    languages = forms.CharField(label="Languages", max_length=60, required=False)
    access = forms.BooleanField(label="Somebody needs access help", required=False)
    needs = forms.MultipleChoiceField(
        label="What they need",
        choices=list(NEEDS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    owner = forms.ChoiceField(
        label="Which agency looks after them",
        required=False,
        help_text="Case work is theirs. Details stay with them.",
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "owner", [("", "Not known yet"), *agencies])


class RenameForm(Form):
    """Which home gets another label."""

    name = "rename"

    household = forms.IntegerField()
    label = forms.CharField(label="Which home", max_length=40)


class TakeOutForm(Form):
    """Which home was noted by mistake."""

    household = forms.IntegerField()


class FollowForm(Form):
    """Which home was followed up, and after how long."""

    household = forms.IntegerField()
    hours = forms.TypedChoiceField(coerce=int, choices=[(str(h), w) for h, w in FOLLOW_UPS.items()])


class ReviewForm(Form):
    """What was expected, what happened and why, and how each capability did."""

    name = "review"

    expected = LongText(label="What was expected", max_length=4_000, required=False)
    happened = LongText(label="What happened", max_length=4_000)
    why = LongText(label="Why it was so", max_length=4_000, required=False)
    strengths = LongText(label="What went well", max_length=4_000, required=False)
    calling = forms.ChoiceField(label=CAPABILITIES["calling"], choices=MARKS, required=False)
    information = forms.ChoiceField(
        label=CAPABILITIES["information"], choices=MARKS, required=False
    )
    care = forms.ChoiceField(label=CAPABILITIES["care"], choices=MARKS, required=False)
    partners = forms.ChoiceField(label=CAPABILITIES["partners"], choices=MARKS, required=False)
    public = forms.ChoiceField(label=CAPABILITIES["public"], choices=MARKS, required=False)


class StepForm(Form):
    """One thing to do better: by whom, from when, by when."""

    name = "step"

    wording = forms.CharField(label="What is to be done better", max_length=300)
    capability = forms.ChoiceField(label="For what", choices=list(CAPABILITIES.items()))
    who = forms.ChoiceField(label="Who does it")
    starts_on = DayField(label="From")
    due_on = DayField(label="By")

    def __init__(self, *args: Any, who: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "who", who)


class StepOutForm(Form):
    """Which step of a review is taken out."""

    step = forms.IntegerField()


class KeptForm(Form):
    """Why what households needed must be kept, or need not be."""

    name = "kept"

    reason = forms.CharField(label="Why", max_length=300)
