"""What is filled in to draw a round of spot checks, and at one of its stops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.fieldwork.rules import LOTS, MOST_CHECKS, SOURCES, SPOT_FINDINGS, Wanted
from wardroom.web.ui.forms import DayField, Form, LongText, choose

PRECISION = (
    "385 checks tell a share to within 5 points either way, 97 to within 10, 43 to within 15."
    " If all of 59 checks are fixed, at least 95 of 100 are, with 95 chances in 100. Where little"
    " was closed, fewer checks do."
)
ESTIMATE = "Say what share is really fixed"


def lot_choices() -> list[tuple[str, str]]:
    """An estimate, or the plans to accept or reject one agency's work."""
    plans = [
        (code, f"Accept or reject: {good:.0%} not fixed is acceptable, {bad:.0%} is not")
        for code, (good, bad) in LOTS.items()
    ]
    return [("", ESTIMATE), *plans]


class RoundForm(Form):
    """What was closed when and where, and how much of it the office can look at."""

    name = "round"
    needed_at_times = frozenset({"checks", "lot"})

    title = forms.CharField(
        label="Title", max_length=120, help_text="Such as: What the city closed in October."
    )
    source = forms.ChoiceField(
        label="What is checked", choices=list(SOURCES.items()), widget=forms.RadioSelect
    )
    closed_from = DayField(label="Closed from")
    closed_until = DayField(
        label="Closed until",
        help_text="Four months at most. The sooner you look, the less has come back by itself.",
    )
    ward_code = forms.ChoiceField(label="Ward", required=False)
    agency = forms.ChoiceField(label="Agency", required=False)
    topics = forms.MultipleChoiceField(
        label="Kinds of trouble",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen means every trouble. Choose what can still be seen when you come.",
    )
    lot = forms.ChoiceField(
        label="What it is for",
        required=False,
        choices=lot_choices,
        help_text="A plan to accept or reject says itself how many checks it takes, and needs an"
        " agency.",
    )
    checks = forms.IntegerField(
        label="How many checks can you do?",
        required=False,
        min_value=1,
        max_value=MOST_CHECKS,
        help_text=PRECISION,
    )

    def __init__(
        self,
        *args: Any,
        wards: Sequence[tuple[str, str]],
        agencies: Sequence[tuple[str, str]],
        topics: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for field, choices in (("ward_code", wards), ("agency", agencies), ("topics", topics)):
            choose(self, field, choices)

    def clean(self) -> dict[str, Any]:
        """An estimate needs its number of checks; a lot has its own."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("lot"):
            given["checks"] = None
        elif given.get("checks") is None and "checks" not in self.errors:
            self.add_error("checks", "Say how many checks you can do.")
        return given


def wanted_of(given: dict[str, Any]) -> Wanted:
    """The round that a form asks for."""
    return Wanted(**{**given, "topics": tuple(given["topics"])})


class StopForm(Form):
    """What somebody found at a stop; the finding is the button that was pressed."""

    name = "stop"

    finding = forms.ChoiceField(
        label="What you found",
        choices=list(SPOT_FINDINGS.items()),
        error_messages={"required": "Press what you found."},
    )
    rating = forms.TypedChoiceField(
        label="How bad is it now?", required=False, coerce=int, empty_value=None
    )
    note = LongText(
        label="Note",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, ratings: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "rating", [("", "Not rated"), *((n, f"{n}: {text}") for n, text in ratings)])


class DisputeForm(Form):
    """What an agency says against a finding."""

    name = "dispute"

    wording = LongText(
        label="What is wrong about it?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Such as: the report was about the next alley, or the new pile came later.",
        error_messages={"required": "Say what is wrong about this finding."},
    )


STAYS = "stays"


class SettleDisputeForm(Form):
    """Whether a dispute is upheld, what is true then, and why."""

    name = "settle"

    instead = forms.ChoiceField(
        label="What holds?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what holds."},
    )
    reason = LongText(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The agency reads it.",
        error_messages={"required": "Give the reason. The agency reads it."},
    )

    def __init__(
        self, *args: Any, found: str, better: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["instead"]
        upheld = [(code, f"The agency is right: {label.lower()}") for code, label in better]
        chosen.choices = [*upheld, (STAYS, f"The finding stays: {found.lower()}")]


def settlement_of(given: dict[str, Any]) -> dict[str, Any]:
    """What a form says of a dispute, as the action takes it."""
    upheld = given["instead"] != STAYS
    instead = given["instead"] if upheld else ""
    return {"upheld": upheld, "instead": instead, "reason": given["reason"]}
