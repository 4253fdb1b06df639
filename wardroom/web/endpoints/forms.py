"""What is filled in about endpoints, about drift, and about what is sent on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from django import forms

from wardroom.service_requests.rules import FORMATS, MODES
from wardroom.web.ui.forms import DayField, Form, LongText, choose

CODES = (("yes", "Its own: kept apart from ours"), ("no", "The same as the city's own 311"))
REPEATS = (("no", "No, or not known"), ("yes", "Yes, as Wardroom does"))


class EndpointForm(Form):
    """Another city's Open311 server."""

    name = "endpoint"
    called_here: ClassVar = {"name": "endpoint_name"}

    endpoint_name = forms.CharField(label="Name", max_length=120)
    code = forms.CharField(
        label="Code",
        max_length=31,
        help_text="Small letters, digits and hyphens, such as chicago. It never changes.",
    )
    url = forms.CharField(
        label="Address",
        max_length=500,
        help_text="Where its Open311 begins, such as https://311.example/open311/v2",
    )
    mode = forms.ChoiceField(
        label="What it is for", choices=tuple(MODES.items()), widget=forms.RadioSelect
    )
    since_on = DayField(
        label="Read its requests from", required=False, help_text="The first day that counts."
    )
    key_name = forms.ChoiceField(
        label="Key to send with",
        required=False,
        help_text="Most servers ask for one. The operator sets it; only its name is shown here.",
    )
    jurisdiction = forms.CharField(
        label="Jurisdiction", max_length=80, required=False, help_text="If it asks for one."
    )
    format = forms.ChoiceField(label="Format", choices=tuple(FORMATS.items()))
    feed_code = forms.ChoiceField(
        label="Where its requests go",
        required=False,
        help_text="Into a feed that is there already if it is the same 311 system.",
    )
    own_codes = forms.ChoiceField(label="Its service codes", choices=CODES)
    keeps_repeats = forms.ChoiceField(
        label="Is something that is sent twice within minutes kept once there?", choices=REPEATS
    )
    minutes = forms.IntegerField(label="Minutes between readings", initial=15)

    def __init__(
        self,
        *args: Any,
        feeds: Iterable[tuple[str, str]],
        keys: Sequence[str],
        is_new: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "key_name", [("", "No key"), *((name, name) for name in keys)])
        choose(self, "feed_code", [("", "A feed of its own"), *feeds])
        if not is_new:
            for name in ("code", "feed_code"):
                del self.fields[name]


class IgnoreForm(Form):
    """Why nothing follows from a drift."""

    name = "ignore"

    reason = forms.CharField(label="Why nothing follows from it", max_length=300)


class StepForm(Form):
    """What comes next on the matter."""

    name = "step"

    next_step = forms.CharField(label="Next step", max_length=200)
    next_on = DayField(label="By")


class NumberForm(Form):
    """The number that the other side gave."""

    name = "number"

    number = forms.CharField(label="Their number", max_length=200)


class GiveUpForm(Form):
    """Why it is not sent any more."""

    name = "give_up"

    reason = forms.CharField(label="Why it is not sent", max_length=300)


class SendOnForm(Form):
    """What is sent to another system, in which words."""

    name = "send"

    service_code = forms.CharField(label="Service there", max_length=120)
    description = LongText(
        label="What they read",
        max_length=3900,
        help_text="It may become public there. Name no resident, and write no phone number.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    answers = LongText(
        label="Answers to its questions",
        required=False,
        max_length=2000,
        help_text="Only if it asks any: one a line, as CODE: answer.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, services: Sequence[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if services:
            label = self.fields["service_code"].label
            self.fields["service_code"] = forms.ChoiceField(label=label)
            choose(self, "service_code", [("", "Choose the service"), *services])

    def clean_answers(self) -> dict[str, str]:
        """The answers by their codes."""
        lines = [line.strip() for line in self.cleaned_data["answers"].splitlines()]
        pairs = [line.partition(":") for line in lines if line]
        if any(not code.strip() or not answer.strip() for code, _, answer in pairs):
            raise forms.ValidationError("Write each answer on its own line, as CODE: answer.")
        return {code.strip()[:40]: answer.strip()[:500] for code, _, answer in pairs}
