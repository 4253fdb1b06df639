"""The forms of a location's file: nominating, the analysis, leaving, coming back, the rule."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from wardroom.problems.queries.public_texts import StepWords
from wardroom.problems.rules.files import LONGEST_ANSWER, QUESTIONS
from wardroom.problems.rules.locations import LONGEST_NAME, LONGEST_WHY, RULE_NAMES, SOURCES
from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Sequence[tuple[str, str]]


class NominateForm(Form):
    """A place that no ranking put forward: where, who, and why."""

    name = "nominate"
    needed_at_times = frozenset({"place_text", "voted_on"})

    place_text = forms.CharField(
        label="Where is it?",
        max_length=200,
        required=False,
        help_text="Address, corner, block or park.",
    )
    spot = forms.ChoiceField(label="Which place?", required=False, widget=forms.RadioSelect)
    topic_code = forms.ChoiceField(label="What is the trouble?")
    source = forms.ChoiceField(label="Who puts it forward?", widget=forms.RadioSelect)
    nominated_by = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        help_text="As people say it: ANC 5C, the agency, or who of the office. No residents.",
    )
    voted_on = DayField(
        label="Day of the vote",
        required=False,
        help_text="Needed for an ANC. An e-mail of one commissioner is not a vote.",
    )
    reason = LongText(
        label="Why",
        max_length=LONGEST_WHY,
        help_text="What happens there, since when, and why one agency cannot end it alone.",
    )

    def __init__(self, *args: Any, topics: Choices, spots: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "topic_code": [("", "Choose the trouble"), *topics],
            "spot": spots,
            "source": list(SOURCES.items()),
        }
        for name, choices in offered.items():
            choose(self, name, choices)
        if not spots:
            self.fields["spot"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """The place is one of those that were found for what was typed."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not given.get("place_text"):
            self.add_error("place_text", "Say where it is.")
        elif not given.get("spot") and "spot" not in self.errors:
            self.add_error("place_text", "Choose which of the places below it is.")
        return given


def _answer(name: str) -> LongText:
    label, hint = QUESTIONS[name]
    return LongText(label=label, help_text=hint, required=False, max_length=LONGEST_ANSWER)


def _number(name: str) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(label=RULE_NAMES[name], widget=box)


class AnalysisForm(Form):
    """What people make of the trouble."""

    name = "analysis"
    saves = tuple(QUESTIONS)

    what = _answer("what")
    when = _answer("when")
    harmed = _answer("harmed")
    control = _answer("control")
    tried = _answer("tried")
    cause = _answer("cause")


class ExitForm(Form):
    """How it ended."""

    name = "close"

    outcome = forms.ChoiceField(label="Outcome")
    reason = LongText(
        label="Why",
        required=False,
        max_length=500,
        help_text="Needed where the exit test is not met, and where the trouble is not solved.",
    )

    def __init__(self, *args: Any, outcomes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "outcome", [("", "Choose an outcome"), *outcomes])


class PublicTextForm(Form):
    """What the public may read of a location."""

    name = "public"
    saves = ("text",)

    text = LongText(
        label="Text for the public",
        max_length=1000,
        help_text="What the city does here, in plain words. Write the block, never a house. No"
        " resident, nothing said inside the office, nothing about people who live outside.",
    )

    def __init__(self, *args: Any, steps: Iterable[StepWords] = (), **kwargs: Any) -> None:
        self.steps = {f"step_{step.ask_id}": step for step in steps}
        told = {name: step.words for name, step in self.steps.items() if step.words}
        kwargs["initial"] = {**kwargs.get("initial", {}), **told}
        super().__init__(*args, **kwargs)
        for name, step in self.steps.items():
            self.fields[name] = forms.CharField(
                label=f"Public words for {step.agency}",
                required=False,
                max_length=200,
                help_text=f"Asked inside: {step.wording} Left empty, the public reads nothing of"
                " this step.",
            )

    @property
    def given(self) -> dict[str, Any]:
        """The text, and the words of each step by its ask."""
        words = {step.ask_id: self.cleaned_data[name] for name, step in self.steps.items()}
        return {
            "text": self.cleaned_data["text"],
            "seen": self.cleaned_data["seen"],
            "steps": words,
        }


class WithdrawTextForm(Form):
    """Why a text for the public is taken back."""

    name = "withdraw"

    reason = LongText(label="Why", max_length=300)


class ReopenForm(Form):
    """Why it is taken up again."""

    name = "reopen"

    how = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        choices=[("relapsed", "The trouble is back"), ("early", "It was left too early")],
    )
    reason = LongText(label="Why", max_length=300)
    next_on = DayField(label="Next date", help_text="When somebody does the next thing.")


class RuleForm(Form):
    """The numbers of the entry test, the exit test and the watch, and why."""

    name = "rule"
    saves = tuple(RULE_NAMES)

    episodes = _number("episodes")
    active_months = _number("active_months")
    reporters = _number("reporters")
    returns = _number("returns")
    return_days = _number("return_days")
    clean_checks = _number("clean_checks")
    quiet_days = _number("quiet_days")
    watch_months = _number("watch_months")
    reason = LongText(
        label="Why", max_length=300, help_text="One sentence. Everybody in the office can read it."
    )
