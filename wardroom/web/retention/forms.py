"""What is filled in to adopt a schedule, and to place or lift a legal hold."""

from __future__ import annotations

from typing import Any

from django import forms

from wardroom.retention.rules import FATES, MOST_MONTHS, MOST_REASON, MOST_WORDS
from wardroom.retention.rules.classes import ALL
from wardroom.web.ui.forms import DayField, Form, LongText

STAYS = "It is kept with the hold. Do not repeat more of anybody than is needed."
ALL_OF = "Leave empty what does not matter. A record is held where all that is filled in fits it."


class ScheduleForm(Form):
    """The schedule that was approved for a class of records."""

    name = "adopt"

    number = forms.CharField(
        label="Number of the approved schedule",
        max_length=60,
        help_text="As it stands on the paper of the Office of Public Records.",
    )
    months = forms.IntegerField(
        label="Months it is kept",
        min_value=1,
        max_value=MOST_MONTHS,
        required=False,
        help_text="Leave empty for what is kept for good.",
    )
    fate = forms.ChoiceField(
        label="What becomes of it then", choices=tuple(FATES.items()), widget=forms.RadioSelect
    )
    basis = LongText(label="On which law it rests", max_length=MOST_REASON)
    from_on = DayField(label="Holds from")


class HoldForm(Form):
    """Why something must be kept, who asked, and what it is."""

    name = "hold"

    reason = LongText(
        label="Why it must be kept", max_length=MOST_REASON, help_text="Such as a case of a court."
    )
    asked_by = forms.CharField(label="Who asked for it", max_length=MOST_WORDS)
    since_on = DayField(label="Asked on")
    class_code = forms.ChoiceField(label="Class of records", required=False)
    unit = forms.CharField(
        label="One record",
        max_length=80,
        required=False,
        help_text="Such as issue 412, records request 7, hiring 3 or term 2.",
    )
    person = forms.CharField(
        label="Somebody in it",
        max_length=MOST_WORDS,
        required=False,
        help_text="A name, an e-mail address or a phone number. One name is safer than two.",
    )
    place = forms.CharField(
        label="Place", max_length=MOST_WORDS, required=False, help_text="Such as a street."
    )
    words = forms.CharField(
        label="Words in it",
        max_length=MOST_REASON,
        required=False,
        help_text="Several are parted by commas; one of them is enough.",
    )
    from_on = DayField(label="From", required=False)
    until_on = DayField(label="Until", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "Any"), *((one.code, one.name) for one in ALL)]
        self.fields["class_code"].choices = kinds  # type: ignore[attr-defined]


class LiftForm(Form):
    """Why a hold is lifted."""

    name = "lift"

    reason = LongText(label="Why it is lifted", max_length=MOST_REASON)
