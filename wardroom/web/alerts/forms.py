"""What is filled in to enter an alert, to open an incident, and to set an alert aside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from wardroom.incidents.rules import ADDRESS_KINDS, GRAVITIES, INCIDENT_KINDS, MODES
from wardroom.web.ui.forms import DayField, Form, LongText, choose, choose_ward

Choices = Sequence[tuple[str, str]]


class AlertForm(Form):
    """An alert as it was received: pasted, or as a file."""

    name = "alert"

    content = LongText(
        label="Paste the message",
        required=False,
        help_text="All of it, from <alert to </alert>.",
    )
    file = forms.FileField(label="Or a file (.xml, .cap)", required=False, allow_empty_file=True)

    needed_at_times = frozenset({"content", "file"})


KIND_CHOICES = [(kind.code, kind.label) for kind in INCIDENT_KINDS.values()]
GRAVE_CHOICES = [(str(code), f"{code}: {words}") for code, words in GRAVITIES.items()]


class CallForm(Form):
    """What is called out at once: all of it is known from the alert, and can be changed."""

    name = "call"

    kind_code = forms.ChoiceField(label="Kind of incident", choices=KIND_CHOICES)
    severity = forms.TypedChoiceField(label="How grave it is", coerce=int, choices=GRAVE_CHOICES)
    ward_code = forms.ChoiceField(label="Ward", required=False)

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)


class OpenForm(Form):
    """The incident that somebody opens."""

    name = "open"

    title = forms.CharField(label="What happened", max_length=200)
    ward_code = forms.ChoiceField(label="Ward", required=False)
    owner = forms.TypedChoiceField(label="Who looks after it", coerce=int)
    next_on = DayField(label="Next date")
    next_step = forms.CharField(label="Next step", max_length=200, required=False)
    kind_code = forms.ChoiceField(label="Kind of incident", choices=KIND_CHOICES)
    severity = forms.TypedChoiceField(label="How grave it is", coerce=int, choices=GRAVE_CHOICES)
    call_out = forms.BooleanField(
        label="Call whoever is on call",
        required=False,
        help_text="Leave it out where whoever looks after it knows and has it.",
    )

    def __init__(self, *args: Any, wards: Choices, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_ward(self, wards)
        choose(self, "owner", people)


class AsideForm(Form):
    """Why nothing is needed of the office."""

    name = "aside"

    reason = forms.CharField(
        label="Why nothing is needed of us",
        max_length=300,
        help_text="An update that is graver, or reaches another ward, brings it back.",
    )


class IncidentForm(Form):
    """An incident as somebody first hears of it; which button was pressed says what happened."""

    name = "incident"

    kind_code = forms.ChoiceField(label="What happened", choices=KIND_CHOICES)
    where_text = forms.CharField(
        label="Where", max_length=200, required=False, help_text="An address, a block or words."
    )
    words = LongText(
        label="What is known",
        max_length=1_000,
        required=False,
        help_text="The number of a police report is fine. Leave out what the report says.",
    )
    ward_code = forms.ChoiceField(label="Ward", required=False)
    mine = forms.BooleanField(label="I have it: call nobody", required=False)
    exercise = forms.BooleanField(
        label="This is an exercise",
        required=False,
        help_text="People are called for real, and are told that it is one.",
    )
    token = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    came_from = forms.CharField(max_length=60, required=False, widget=forms.HiddenInput)

    needed_at_times = frozenset({"kind_code"})

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ward_code", wards)


class PlaceForm(Form):
    """Where it is, once somebody knows."""

    name = "place"

    where_text = forms.CharField(
        label="Where",
        max_length=200,
        help_text="An address that is known brings the commissioner and the others to call there.",
    )


class SeverityForm(Form):
    """How grave it is, and why."""

    name = "severity"

    severity = forms.TypedChoiceField(
        label="How grave it is",
        coerce=int,
        choices=GRAVE_CHOICES,
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why", max_length=300)


class WorkForm(Form):
    """Whether somebody goes there, and who leads at the scene."""

    name = "work"

    mode = forms.ChoiceField(
        label="How you work on it", choices=list(MODES.items()), widget=forms.RadioSelect
    )
    lead_text = forms.CharField(
        label="Who leads at the scene",
        max_length=200,
        required=False,
        help_text="Such as the fire chief on site. It is never us.",
    )


class AddressForm(Form):
    """One more call address."""

    name = "address"

    party = forms.TypedChoiceField(label="Who", coerce=int)
    sort = forms.ChoiceField(label="How messages arrive", choices=list(ADDRESS_KINDS.items()))
    value = forms.CharField(
        label="Address",
        max_length=254,
        help_text="For text messages, ask your phone company which e-mail address reaches your"
        " phone as a text.",
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "party", people)
