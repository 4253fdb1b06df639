"""What is filled in for guidelines, groups' plans, help for groups, and reviews of programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.engagement.rules.assistance import ASSISTANCE_KINDS, LINES
from wardroom.engagement.rules.group_plans import GUIDELINES, LOOKS
from wardroom.engagement.rules.reviews import DISPOSITIONS
from wardroom.web.ui.forms import DayField, Form, InstantField, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class DaysField(forms.CharField):
    """Some days, one on a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        """The days; each line is one."""
        one = DayField(label=self.label)
        return [one.clean(line.strip()) for line in str(super().clean(value)).splitlines() if line]


class GuidelineForm(Form):
    """A guideline as it is issued."""

    name = "guideline"

    kind = forms.ChoiceField(label="What it is", choices=GUIDELINES.items())
    title = forms.CharField(label="Title", max_length=200)
    text = LongText(
        label="What it says", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14})
    )


class ReviseForm(Form):
    """Another version of a guideline."""

    name = "revise"

    text = LongText(
        label="What it says now", max_length=20_000, widget=forms.Textarea(attrs={"rows": 14})
    )
    why = forms.CharField(label="Why it changes", max_length=300)


class AcceptanceForm(Form):
    """That a group accepted a guideline."""

    name = "accepted"

    group = forms.TypedChoiceField(label="Group", coerce=int, empty_value=None)
    accepted_on = DayField(label="Accepted on")
    accepted_by = forms.CharField(
        label="Who said so for the group", max_length=120, help_text="Such as: the chair."
    )

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "group", [("", "Choose a group"), *groups])


class PlanForm(Form):
    """A plan that a group made for itself."""

    name = "plan"

    group = forms.TypedChoiceField(label="Group", coerce=int, empty_value=None)
    title = forms.CharField(label="Title", max_length=200)
    text = LongText(
        label="What the group plans",
        max_length=10_000,
        help_text="In its words: what, who does it, by when.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    next_on = DayField(label="See whether it is approved by")

    def __init__(self, *args: Any, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "group", [("", "Choose a group"), *groups])


class ApprovePlanForm(Form):
    """The director's yes, and the days on which somebody looks at it."""

    name = "approve"

    look_on = DaysField(
        label="Days to look at how it goes", help_text="One on a line, such as 2027-03-01."
    )
    words = LongText(label="Words to the group", max_length=500, required=False)


class ReturnPlanForm(Form):
    """What has to change before the director approves it."""

    name = "return"

    words = LongText(label="What has to change", max_length=500)
    next_on = DayField(label="See whether they changed it by")


class ResubmitForm(Form):
    """The plan as the group changed it."""

    name = "resubmit"

    text = LongText(
        label="What the group plans now",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10}),
    )


class LookForm(Form):
    """How an approved plan goes."""

    name = "look"

    finding = forms.ChoiceField(label="How it goes", choices=[("", "Choose"), *LOOKS.items()])
    text = LongText(label="What you found", max_length=500)


class EndForm(Form):
    """How something ended, with what came of it."""

    name = "end"

    outcome = forms.ChoiceField(label="How it ended")
    text = LongText(label="What came of it", max_length=500)

    def __init__(self, *args: Any, outcomes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "outcome", [("", "Choose how it ended"), *outcomes])


class AssistanceForm(Form):
    """Help for a group as it is opened."""

    name = "help"

    kind = forms.ChoiceField(label="What kind of help", choices=ASSISTANCE_KINDS.items())
    ward_code = forms.ChoiceField(label="Ward")
    group = forms.ChoiceField(label="Which group", required=False)
    for_whom = forms.CharField(
        label="For whom, if it is none of these",
        max_length=200,
        required=False,
        help_text="The name of the organization as in the directory, or who it is.",
    )
    goal = LongText(label="What they want to be able to do", max_length=500)
    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200)
    giver = forms.CharField(label="Who gives it (gift in kind)", max_length=200, required=False)
    gift = forms.CharField(label="What is given (gift in kind)", max_length=500, required=False)
    approval = forms.CharField(
        label="Who approved it (gift in kind)",
        max_length=200,
        required=False,
        help_text="It may come later. No money is handled here.",
    )

    def __init__(self, *args: Any, wards: Choices, groups: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "group", [("", "None of these"), *groups])


class NeedForm(Form):
    """One need, or one thing to hand over."""

    name = "need"

    kind = forms.ChoiceField(label="What kind of line", choices=LINES.items())
    text = forms.CharField(label="What it is", max_length=300)


class MetForm(Form):
    """That one line was done."""

    name = "met"

    line = forms.TypedChoiceField(label="Which one", coerce=int, empty_value=None)
    done_words = forms.CharField(
        label="What shows it", max_length=300, help_text="Such as: the by-laws were filed."
    )

    def __init__(self, *args: Any, lines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "line", [("", "Choose"), *lines])


class SessionForm(Form):
    """A session as it is planned."""

    name = "session"

    title = forms.CharField(label="Title", max_length=200, required=False)
    starts_at = InstantField(label="Starts")
    ends_at = InstantField(label="Ends")
    place_text = forms.CharField(label="Where", max_length=200, required=False)


class GiftForm(Form):
    """Who approved a gift."""

    name = "gift"

    approval = forms.CharField(label="Who approved it, and where that is written", max_length=200)


class ReviewForm(Form):
    """A review of a program with community groups."""

    name = "review"

    program = forms.CharField(label="Program", max_length=200)
    ward_code = forms.ChoiceField(label="Ward")
    agency_code = forms.ChoiceField(label="Agency that runs it", required=False)
    invited_by = forms.CharField(label="Who invited", max_length=200)
    held_on = DayField(label="Held on")
    about = forms.CharField(label="What was asked", max_length=500, required=False)
    groups = LongText(
        label="Groups that were invited",
        max_length=12_000,
        help_text="One on a line, by the name they have in the directory.",
    )

    def __init__(self, *args: Any, wards: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "agency_code", [("", "None, or not known"), *agencies])


class HearForm(Form):
    """Whether a group came, and what it said."""

    name = "hear"

    voice = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    came = forms.BooleanField(label="It came", required=False)
    said = LongText(label="What it said", max_length=3000, required=False)


class AnswerForm(Form):
    """What became of what a group said."""

    name = "answer"

    voice = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    disposition = forms.ChoiceField(
        label="What became of it", choices=[("", "Choose"), *DISPOSITIONS.items()]
    )
    reason = LongText(label="Why", max_length=500)
