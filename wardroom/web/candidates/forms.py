"""The decision about a candidate, and the weights of the office's own order."""

from __future__ import annotations

from django import forms

from wardroom.problems.rules import DEFAULT_WEIGHTS, MOST_WEIGHT, WEIGHT_NAMES, WHY_DEFAULT
from wardroom.web.ui.forms import DayField, Form, LongText

VERDICTS = [
    ("watch", "Watch it"),
    ("refuse", "Refuse it"),
    ("designate", "Designate it a persistent location"),
]

STATES = [
    ("undecided", "Undecided"),
    ("watch", "Watched"),
    ("refuse", "Refused"),
    ("designate", "Designated"),
    ("all", "All"),
]
SAID = {
    "watch": "Noted. The place comes back to you on the day you named.",
    "refuse": "Refused. The reason stays in the place's history.",
    "designate": "Designated. Now write its work plan.",
}


class VerdictField(forms.ChoiceField):
    """What is decided, each answer with what it leads to."""

    widget = forms.RadioSelect
    hints = {  # noqa: RUF012
        "watch": "Not now. It comes back to you on the day you name below.",
        "refuse": "Not a place for this office. The reason stays in the place's history.",
        "designate": "The office takes it on: it gets an owner, a next date and a work plan.",
    }


class DecideForm(Form):
    """Watch, refuse or designate, with the reason."""

    name = "decide"
    needed_at_times = frozenset({"look_again_on", "next_on"})

    verdict = VerdictField(label="What do you decide?", choices=VERDICTS)
    reason = LongText(
        label="Reason",
        max_length=500,
        help_text="One or two sentences. The next liaison will read this.",
    )
    look_again_on = DayField(
        label="Look again on", required=False, help_text="Needed when you watch it."
    )
    next_on = DayField(
        label="Next date",
        required=False,
        help_text="Needed when you designate it: the day by which you will have a work plan.",
    )


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


class WeightField(forms.FloatField):
    """A number of episodes a month, with the weight that came with us and what that means."""

    def __init__(self, name: str) -> None:
        came = getattr(DEFAULT_WEIGHTS, name)
        super().__init__(
            label=WEIGHT_NAMES[name],
            help_text=f"{came:g} as it came: {_lower(WHY_DEFAULT[name])}",
            min_value=0,
            max_value=MOST_WEIGHT,
        )
        self.widget.attrs.update(step="0.05", inputmode="decimal")
        between = f"“{self.label}” must be between 0 and {MOST_WEIGHT:g} episodes a month."
        self.error_messages.update(min_value=between, max_value=between)
        self.error_messages["invalid"] = f"“{self.label}” must be a number, such as 0.5."


class WeightsForm(Form):
    """What each term adds in the office's own order, and why."""

    name = "weights"
    saves = ("severity", "equity", "overdue")

    severity = WeightField("severity")
    equity = WeightField("equity")
    overdue = WeightField("overdue")
    reason = LongText(
        label="Why", max_length=300, help_text="One sentence. Everybody in the office can read it."
    )
