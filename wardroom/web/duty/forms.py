"""What is filled in for a rota, a turn, a wish and a swap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any, ClassVar

from django import forms

from wardroom.office.rules.languages import SPOKEN
from wardroom.office.rules.rota import ASKED_ON, MOST_WEEKS, WEEKDAYS, Pattern
from wardroom.office.rules.wishes import HARD, WISHES
from wardroom.web.meetings.forms import ClockField
from wardroom.web.ui.forms import DayField, Form, choose

Choices = Sequence[tuple[str, str]]


class RotaForm(Form):
    """Which weeks a rota is for, and which turns they have."""

    name = "rota"
    called_here: ClassVar = {"name": "title"}

    title = forms.CharField(label="Name", max_length=120, help_text="Such as First quarter 2027.")
    from_on = DayField(label="First day", help_text="A Monday.")
    weeks = forms.IntegerField(label="Weeks", min_value=1, max_value=MOST_WEEKS, initial=13)
    night_starts = ClockField(label="On call on working days from", initial=time(17))
    night_ends = ClockField(
        label="Until, the next morning",
        initial=time(8),
        help_text="On weekends and holidays one turn lasts from this hour for a whole day.",
    )
    backup = forms.BooleanField(label="Name a backup for each turn", required=False, initial=True)
    wards = forms.MultipleChoiceField(
        label="Wards with an evening each week",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    evening_on = forms.TypedChoiceField(
        label="Evening on", coerce=int, choices=list(enumerate(WEEKDAYS)), initial=2
    )
    evening_starts = ClockField(label="Evening from", initial=time(17, 30))
    evening_ends = ClockField(label="Evening until", initial=time(21))

    def __init__(self, *args: Any, ward_codes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "wards", ward_codes)

    def pattern(self, given: dict[str, Any]) -> Pattern:
        """The pattern that was filled in."""
        return Pattern(
            night_starts=given["night_starts"],
            night_ends=given["night_ends"],
            backup=given["backup"],
            wards=tuple(given["wards"]),
            evening_on=given["evening_on"],
            evening_starts=given["evening_starts"],
            evening_ends=given["evening_ends"],
        )


class LanguageForm(Form):
    """Which turns of a draft ask for a language."""

    name = "language"
    called_here: ClassVar = {"role": "lane"}

    lane = forms.ChoiceField(label="Turns")
    days = forms.ChoiceField(label="Days", choices=tuple(ASKED_ON.items()))
    language = forms.ChoiceField(
        label="Language", required=False, choices=[("", "No language"), *SPOKEN.items()]
    )

    def __init__(self, *args: Any, lanes: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "lane", tuple(lanes.items()))

    def asked(self, given: dict[str, Any]) -> dict[str, Any]:
        """What was chosen, as the house calls it."""
        role, _, ward = given["lane"].partition("-")
        return {**{k: given[k] for k in ("days", "language")}, "role": role, "ward": ward}


class SpokenForm(Form):
    """What somebody speaks on duty beside English."""

    name = "spoken"

    languages = forms.MultipleChoiceField(
        label="Languages",
        required=False,
        choices=tuple(SPOKEN.items()),
        widget=forms.CheckboxSelectMultiple,
        help_text="Those in which you could help a resident on duty. English goes without saying.",
    )


class GiveForm(Form):
    """Who is to have a turn, and why in spite of a warning."""

    name = "give"
    needed_at_times = frozenset({"because"})

    user_id = forms.TypedChoiceField(
        label="Who has it",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    because = forms.CharField(
        label="Why, where a rule speaks against it",
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "user_id", [("", "Nobody: leave a gap"), *people])


class WishForm(Form):
    """Some days of yours; nobody is asked why."""

    name = "wish"

    kind = forms.ChoiceField(
        label="What", choices=tuple(WISHES.items()), widget=forms.RadioSelect, initial="leave"
    )
    from_on = DayField(label="From")
    until_on = DayField(
        label="Until", required=False, help_text="The last day. Leave it empty for one day."
    )


class LeaveForm(WishForm):
    """Days on which somebody else is away, as the director enters them."""

    name = "leave"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "kind", [(kind, label) for kind, label in WISHES.items() if kind in HARD])


class SwapForm(Form):
    """Whom you ask to take a shift."""

    name = "swap"
    needed_at_times = frozenset({"in_return_id"})

    asked_id = forms.TypedChoiceField(
        label="Whom to ask",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )

    in_return_id = forms.TypedChoiceField(
        label="Which of their shifts you take in return",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Whose shift you choose here is the one who is asked.",
    )

    def __init__(self, *args: Any, people: Choices, shifts: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "asked_id", [("", "Anyone who can"), *people])
        choose(self, "in_return_id", [("", "None: I give it away"), *shifts])
