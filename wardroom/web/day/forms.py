"""What is filled in right in a row of my day."""

from __future__ import annotations

from django import forms

from wardroom.web.ui.forms import DayField, Form
from wardroom.web.ui.forms import PlainForm as PlainForm


class MoveForm(Form):
    """Another day."""

    due_on = DayField(label="Another day")


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label="Why", max_length=300)
