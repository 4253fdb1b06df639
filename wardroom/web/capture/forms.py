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
