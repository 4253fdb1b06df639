"""What is filled in to do one thing with many issues, in words and in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from wardroom.kernel.errors import Refused
from wardroom.kernel.text import long_day
from wardroom.matters.rules import check_due, check_next_date
from wardroom.web.rows import number_meant
from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Sequence[tuple[str, str]]
Given = Mapping[str, Any]


class BatchForm(Form):
    """One thing to do with many issues; ``names`` are the words of what can be chosen."""

    chooses: tuple[str, ...] = ()

    def __init__(
        self, *args: Any, offers: Mapping[str, Choices], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.names: dict[str, str] = {}
        for name in self.chooses:
            choose(self, name, [("", "Choose"), *offers[name]])
            self.names |= {str(code): label for code, label in offers[name]}

    def day(self, name: str, check: Callable[..., None]) -> date:
        """A day that every row would refuse is refused here, by the same rule."""
        chosen: date = self.cleaned_data[name]
        try:
            check(chosen, today=self.today)
        except Refused as no:
            raise forms.ValidationError(no.sentence) from None
        return chosen

    def words(self, given: Given) -> dict[str, Any]:
        """What was filled in, as it is kept."""
        return dict(given)

    def said(self, given: Given) -> str:
        """The same in a sentence, which each kind of change says for itself."""
        raise NotImplementedError


class NextStep(BatchForm):
    """The same next step on the same day."""

    name = "next"

    next_on = DayField(label="Next on")
    next_step = forms.CharField(label="Next step", max_length=200)

    def clean_next_on(self) -> date:
        """Today or later."""
        return self.day("next_on", check_next_date)

    def words(self, given: Given) -> dict[str, Any]:
        return {"next_on": given["next_on"].isoformat(), "next_step": given["next_step"]}

    def said(self, given: Given) -> str:
        return f"Next on {long_day(given['next_on'])}: {given['next_step']}"


class Give(BatchForm):
    """Another owner, who works in the ward."""

    name = "give"
    chooses = ("owner",)

    owner = forms.ChoiceField(
        label="To whom", help_text="Only issues of a ward that they work in are given to them."
    )

    def words(self, given: Given) -> dict[str, Any]:
        return {"owner": int(given["owner"])}

    def said(self, given: Given) -> str:
        return f"Given to {self.names[given['owner']]}"


class SetTopic(BatchForm):
    """One topic."""

    name = "topic"
    chooses = ("topic_code",)

    topic_code = forms.ChoiceField(label="Topic")

    def said(self, given: Given) -> str:
        return f"Topic: {self.names[given['topic_code']]}"


class JoinAll(BatchForm):
    """One trouble under many numbers."""

    name = "join"

    into = forms.CharField(
        label="Number of the issue that goes on",
        max_length=12,
        required=False,
        help_text="If you leave it empty, the one with the lowest number. The others join it.",
    )

    def words(self, given: Given) -> dict[str, Any]:
        return {"into": given["into"]}

    def clean_into(self) -> int | None:
        """The number as people write it, W-412 or 412."""
        typed = str(self.cleaned_data["into"])
        number = number_meant(typed)
        if typed.strip() and number is None:
            raise forms.ValidationError("Write a number such as W-412.")
        return number

    def said(self, given: Given) -> str:
        return f"Joined to W-{given['into']}"


class AskEach(BatchForm):
    """The same ask on each."""

    name = "ask"
    chooses = ("agency_code",)

    agency_code = forms.ChoiceField(label="Agency")
    wording = forms.CharField(label="What we ask for", max_length=300)
    due_on = DayField(label="By")

    def clean_due_on(self) -> date:
        """A day that leaves the agency time."""
        return self.day("due_on", check_due)

    def words(self, given: Given) -> dict[str, Any]:
        return {**given, "due_on": given["due_on"].isoformat()}

    def said(self, given: Given) -> str:
        return f"{given['agency_code']} asked: {given['wording']} by {long_day(given['due_on'])}"


class CloseAll(BatchForm):
    """One end, and the same words to everybody who reported it."""

    name = "close"
    chooses = ("outcome",)

    outcome = forms.ChoiceField(label="Outcome")
    text = LongText(
        label="What the people who reported it are told",
        max_length=2000,
        help_text="Sent by e-mail to everybody who left an address. Use plain words, even if the"
        " answer is no.",
    )

    def said(self, given: Given) -> str:
        return f"Closed, {self.names[given['outcome']]}: {given['text']}"


class RestrictAll(BatchForm):
    """Only their owners, you and the director see them from then on."""

    name = "restrict"

    reason = LongText(label="Why only a few people may see them", max_length=300)

    def said(self, given: Given) -> str:
        return "Restricted"  # others read this; the reason is for those who see the issue


FORMS: Mapping[str, type[BatchForm]] = {
    form.name: form for form in (NextStep, Give, SetTopic, JoinAll, AskEach, CloseAll, RestrictAll)
}
