"""The form that sets the target of a measure."""

from __future__ import annotations

from typing import Any

from django import forms

from wardroom.reporting.rules.office_measures import LONGEST_WHY, Measure, Unit
from wardroom.web.ui.forms import Form


class TargetForm(Form):
    """What the office wants of a measure, from which day on, and why."""

    name = "target"

    value = forms.FloatField(required=False)
    from_on = forms.DateField(label="From which day on", widget=forms.DateInput({"type": "date"}))
    why = forms.CharField(
        label="Why this is the target",
        max_length=LONGEST_WHY,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        days = measure.unit is Unit.DAYS
        self.fields["value"].label = (
            "At most how many days" if days else "At least how many percent"
        )
        self.fields["value"].help_text = "Leave it empty to want nothing any more."

    def wanted(self, given: dict[str, Any]) -> float | None:
        """The target as the house keeps it: a share from 0 to 1, or days."""
        value: float | None = given["value"]
        if value is None or self.measure.unit is Unit.DAYS:
            return value
        return value / 100
