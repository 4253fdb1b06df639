"""What is filled in about a notice: what is planned, what came, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from wardroom.engagement.rules.notices import DEEDS, MEDIA
from wardroom.web.locations.forms import CloseForm as CloseForm
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class OwnNoticeForm(Form):
    """Something that an agency plans: what, where, and when it wants to decide."""

    name = "notice"

    agency_code = forms.ChoiceField(label="Which agency plans it")
    deed = forms.ChoiceField(
        label="What kind of thing is it?",
        choices=[("", "Choose the kind"), *((code, deed.label) for code, deed in DEEDS.items())],
    )
    title = forms.CharField(label="What is planned", max_length=200)
    where = forms.CharField(
        label="Where",
        max_length=200,
        help_text="ANCs, SMDs or wards with commas between, such as ANC 5B, SMD 5C07.",
    )
    decide_on = DayField(
        label="When it plans to decide",
        help_text="For a list of permits the day by which the list is due.",
    )

    def __init__(self, *args: Any, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = [("", "Choose the agency"), *agencies]
        choose(self, "agency_code", agencies if len(agencies) == 1 else several)


class NoticeForm(OwnNoticeForm):
    """The same as the office writes it down: with the ward that watches it."""

    ward_code = forms.ChoiceField(label="Ward that watches it")

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["where"].help_text += " Or a place."
        choose_ward(self, wards)


class SeenForm(Form):
    """A notice as it was seen."""

    name = "seen"

    sent_on = DayField(label="Sent on")
    medium = forms.ChoiceField(
        label="How", choices=tuple(MEDIA.items()), initial="email", widget=forms.RadioSelect
    )
    sent_to = forms.CharField(
        label="To whom it went",
        max_length=300,
        help_text="The commission, its commissioners, the councilmember, the Office of ANCs.",
    )


class DecisionForm(Form):
    """Another day of decision."""

    name = "decision"

    decide_on = DayField(label="When it plans to decide")


class CauseForm(Form):
    """Good cause for less notice."""

    name = "cause"

    why = LongText(
        label="What the good cause is, and where it is published",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="An emergency goes into the D.C. Register.",
    )


class ConfirmForm(Form):
    """Something that the agency says, and that somebody here has seen."""

    name = "confirm"

    claim = forms.ChoiceField(label="What you have seen yourself, or a commission told you")

    def __init__(self, *args: Any, claims: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "claim", claims)


class StrikeForm(ConfirmForm):
    """Something that was not so."""

    name = "strike"

    why = forms.CharField(
        label="Why it does not count",
        max_length=300,
        help_text="Such as: the commission got no e-mail on that day.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["claim"].label = "What was not so"


CLAIMS: Mapping[str, type[ConfirmForm]] = {"confirm": ConfirmForm, "strike": StrikeForm}


class QuestionForm(Form):
    """Whether one of our own initiatives needs notice."""

    name = "question"

    required = forms.TypedChoiceField(
        label="Is notice to ANCs required?",
        choices=(("yes", "Yes"), ("no", "No")),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why",
        max_length=500,
        help_text="It is where service delivery changes or a grant is awarded.",
    )
