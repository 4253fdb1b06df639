"""What is filled in to send somebody to a service, and to say whether it helped."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.engagement.rules.referrals import CLOSES, HELP_ANSWERS, WAYS
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class NeedForm(Form):
    """A need, in which ward and language; nothing of who it is."""

    name = "need"

    need = forms.ChoiceField(label="What they need")
    ward_code = forms.ChoiceField(label="They live in")
    language = forms.ChoiceField(label="Language")

    def __init__(
        self, *args: Any, needs: Choices, wards: Choices, languages: Choices, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "need", [("", "Choose the need"), *needs])
        choose_ward(self, wards)
        choose(self, "language", languages)


class ReferralForm(NeedForm):
    """Which services, and how they get them."""

    name = "referral"

    services = forms.MultipleChoiceField(
        label="Services", widget=forms.MultipleHiddenInput, required=False
    )
    way = forms.ChoiceField(label="How they get it", choices=tuple(WAYS.items()), initial="print")
    address = forms.CharField(
        label="E-mail address",
        max_length=254,
        required=False,
        help_text="The letter and its address stay in the outbox, as every letter does.",
    )
    may_ask = forms.BooleanField(
        label="They agree to be asked by e-mail, in five days, whether it helped", required=False
    )
    field_order = ("services", "need", "ward_code", "language", "way", "address", "may_ask")

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "services", services)


class AnswersForm(Form):
    """What they said of each service."""

    name = "answers"

    def __init__(self, *args: Any, lines: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, service in lines:
            self.fields[f"line{key}"] = forms.ChoiceField(
                label=service, choices=(("", "Nothing said"), *HELP_ANSWERS.items()), required=False
            )

    def clean(self) -> dict[str, Any]:
        """The answers, by the number of the line."""
        given = self.cleaned_data.items()
        return {"answers": {int(name.removeprefix("line")): said for name, said in given if said}}


class ElsewhereForm(Form):
    """Another service."""

    name = "elsewhere"

    services = forms.ChoiceField(label="Another service")

    def __init__(self, *args: Any, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "services", [("", "Choose a service"), *services])


class EndForm(Form):
    """How it ended without help."""

    name = "end"

    outcome = forms.ChoiceField(label="How it ended", choices=tuple(CLOSES.items()))
    text = forms.CharField(
        label="What is missing", max_length=300, required=False, help_text="No names, no details."
    )


class ServiceForm(Form):
    """What the office says of a service; phones, places and hours line by line."""

    name = "service"
    called_here: ClassVar = {"name": "called"}

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    called = forms.CharField(label="Service", max_length=200)
    organization = forms.CharField(label="Who runs it", max_length=200)
    description = LongText(label="What one gets there", max_length=2000, required=False)
    needs = forms.MultipleChoiceField(
        label="Needs it serves", required=False, widget=forms.CheckboxSelectMultiple
    )
    places = LongText(
        label="Places, one a line",
        max_length=4000,
        required=False,
        help_text="Such as: 1200 First Street NE, Washington, DC 20002.",
    )
    hours = LongText(
        label="Hours, one a line",
        max_length=4000,
        required=False,
        help_text="Such as: Monday to Friday, 9 a.m. to 5 p.m. Hours of a single place stay as"
        " its file says them.",
    )
    phones = LongText(label="Numbers to call, one a line", max_length=2000, required=False)
    languages = forms.MultipleChoiceField(
        label="Languages spoken there", required=False, widget=forms.CheckboxSelectMultiple
    )
    interpretation_services = forms.CharField(label="Interpreters", max_length=500, required=False)
    eligibility_description = LongText(label="For whom it is", max_length=2000, required=False)
    minimum_age = forms.IntegerField(
        label="Youngest age", min_value=0, max_value=150, required=False
    )
    maximum_age = forms.IntegerField(label="Oldest age", min_value=0, max_value=150, required=False)
    application_process = LongText(label="How to apply", max_length=2000, required=False)
    fees_description = forms.CharField(label="Cost", max_length=500, required=False)
    url = forms.CharField(label="Page", max_length=500, required=False)
    email = forms.CharField(label="E-mail", max_length=254, required=False)
    assured_date = DayField(
        label="Right as of",
        required=False,
        help_text="The day on which somebody called or looked.",
    )

    def __init__(self, *args: Any, needs: Choices, languages: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "needs", needs)
        choose(self, "languages", languages)
