"""The one line."""

from __future__ import annotations

from django import forms

from wardroom.web.ui.forms import Form


class CaptureForm(Form):
    """One line as typed; what is wrong with it is said by the house."""

    name = "capture_again"
    text = forms.CharField(
        label="Your line",
        required=False,
        help_text="@person, #topic, /place and !fri are understood; the rest stays as typed.",
    )


class MeansForm(Form):
    """Whom or what a name means: one that was chosen, or a new person."""

    name = "means"
    needed_at_times = frozenset({"new"})

    key = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)
    new = forms.CharField(
        label="Name of the new person",
        max_length=200,
        required=False,
        help_text="Only if it is nobody on the list.",
    )
