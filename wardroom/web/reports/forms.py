"""What people write into a report."""

from __future__ import annotations

from typing import Any

from django import forms

from wardroom.web.ui.forms import Form, LongText


class DraftForm(Form):
    """Which ward's report of which week."""

    name = "draft"

    ward = forms.ChoiceField(label="Ward")
    week = forms.CharField(label="Week", max_length=8, help_text="Written as 2026-W47.")

    def __init__(self, *args: Any, wards: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ward"].choices = wards  # type: ignore[attr-defined]


class NarrativeForm(Form):
    """The parts of the report that a person writes."""

    name = "narrative"

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    needed_at_times = frozenset({"summary"})

    summary = LongText(
        label="What matters this week",
        required=False,
        help_text="Two or three sentences the director would repeat. Needed before you sign.",
    )
    needs = LongText(
        label="Decisions and help needed from the director",
        required=False,
        help_text="Which agency, which ask, since when, by when.",
    )
    next_week = LongText(
        label="Next week", required=False, help_text="Meetings, walks and checks that are planned."
    )


class SignForm(Form):
    """Which state of the draft the signer has read."""

    name = "sign"

    shown = forms.CharField(required=False, widget=forms.HiddenInput)


class CorrectForm(Form):
    """Why a signed report gets a new version."""

    name = "correct"

    reason = LongText(
        label="What does the correction correct?",
        max_length=500,
        help_text="This is printed on the new version. The signed one stays as it is.",
    )
