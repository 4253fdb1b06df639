"""What is filled in when a promise is heard, confirmed, changed, kept or not kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.engagement.rules.commitments import MAKERS
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]
TOLD = "Who, and how: by mail to the commission, at the meeting, by phone."


class CommitmentForm(Form):
    """A promise as it was heard."""

    name = "commitment"

    ward_code = forms.ChoiceField(label="Ward")
    wording = LongText(
        label="What was promised", max_length=500, help_text="In the words that were used."
    )
    maker = forms.ChoiceField(
        label="Whose promise is it?", choices=(("", "Choose whose it is"), *MAKERS.items())
    )
    maker_name = forms.CharField(
        label="Who said it", max_length=200, help_text="By name or office: the director of DPW."
    )
    made_to = forms.CharField(
        label="To whom", max_length=200, help_text="A group or a commission, not a resident."
    )
    said_on = DayField(label="Said on")
    where = forms.CharField(label="Where", max_length=200, required=False)
    authority = forms.CharField(
        label="By which authority they can do it", max_length=200, required=False
    )
    agency_code = forms.ChoiceField(label="Which agency has to do it", required=False)
    due_on = DayField(label="By when", required=False)
    next_on = DayField(label="See whether it is confirmed by")

    def __init__(self, *args: Any, wards: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "agency_code", [("", "Not known yet, or none"), *agencies])


class ConfirmForm(Form):
    """The words and the day that count from now on."""

    name = "confirm"

    wording = LongText(label="What was promised", max_length=500)
    due_on = DayField(label="By when", required=False)
    next_on = DayField(label="Ask how far it is by")


class DenyForm(Form):
    """Why it was no promise."""

    name = "deny"

    why = forms.CharField(label="What was really said", max_length=500)


class WordForm(Form):
    """What was heard or seen of it."""

    name = "word"

    text = LongText(label="What was heard or seen", max_length=500)


class ChangeForm(Form):
    """Other words or another day, with the reason and who was told."""

    name = "change"

    wording = LongText(label="What is promised now", max_length=500)
    due_on = DayField(label="By when", required=False)
    why = forms.CharField(label="Why it changed", max_length=300)
    told = forms.CharField(label="Who was told", max_length=200, help_text=TOLD)


class KeepForm(Form):
    """What shows that it was kept."""

    name = "keep"

    evidence = LongText(
        label="What shows it", max_length=500, help_text="What you saw, or where it is written."
    )
    told = forms.CharField(label="Who was told", max_length=200, help_text=TOLD)


class BreakForm(Form):
    """Why it was not kept."""

    name = "break"

    why = LongText(label="Why it was not kept", max_length=500)
    told = forms.CharField(label="Who was told", max_length=200, help_text=TOLD)


class PublishForm(Form):
    """What everybody reads of it; the words noted inside are not put in."""

    name = "publish"

    public_text = LongText(
        label="What the public reads",
        max_length=500,
        help_text="It goes to subscribers and onto the public page. Name no resident and no house.",
    )


class WithdrawForm(Form):
    """Nothing to fill in."""

    name = "withdraw"
