"""What is filled in about people on other terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from wardroom.office.rules import terms as rules
from wardroom.web.ui.forms import DayField, Form, LongText, choose
from wardroom.web.ui.forms import PlainForm as PlainForm

Choices = Sequence[tuple[str, str]]

# What only some terms ask for.
ASKED_OF: Mapping[str, tuple[str, ...]] = {
    rules.DETAIL: ("home_agency", "home_name", "memorandum", "reason"),
    rules.VOLUNTEER: ("age", "consent_from", "consent_on", "displaces_nobody", "no_conflict"),
}
AGES = tuple((age, words) for age, words in rules.AGES.items() if age != "too_young")
ROLES = (
    ("", "No"),
    ("staff", "Yes, as staff without a ward"),
    ("liaison", "Yes, as the liaison of a ward, whose seat they take"),
)
EMPLOYED = frozenset({rules.DETAIL, rules.FIXED_TERM})
MAY_BE: Mapping[str, frozenset[str]] = {
    "": frozenset(rules.KINDS),
    "staff": frozenset(rules.KINDS),
    "liaison": EMPLOYED,
}
# What each of the terms is, where one chooses among them.
TOLD: Mapping[str, str] = {
    rules.DETAIL: "An agency or another employer lends them, by a memorandum, for "
    f"{rules.LONGEST_DAYS} days at most. They add hours and fill no position.",
    rules.VOLUNTEER: f"At least {rules.YOUNGEST}, without pay, does nobody's job, and has no "
    "conflict of interest.",
    rules.FIXED_TERM: "Employed by the office until a last day that is known.",
}


class TermForm(Form):
    """Who comes, from where, for how long, and what was checked: what these terms ask alone."""

    name = "term"
    called_here = {"party": "party", "name": "name_"}  # noqa: RUF012

    party = forms.TypedChoiceField(
        label="Who",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Somebody who signs in already. For somebody new, fill in the name below.",
    )
    name_ = forms.CharField(label="Name of somebody new", max_length=120, required=False)
    email = forms.CharField(label="Their e-mail address", max_length=254, required=False)
    role = forms.ChoiceField(
        label="May they sign in?",
        required=False,
        choices=ROLES,
        help_text="For somebody new: a link to choose a password is sent to them.",
    )
    ward_code = forms.ChoiceField(label="Ward they work in", required=False)
    unit = forms.TypedChoiceField(label="Unit", coerce=int, empty_value=None, required=False)
    since_on = DayField(label="First day")
    until_on = DayField(
        label="Last day",
        help_text="Their sign-in ends by itself after this day.",
    )
    hours_weekly = forms.DecimalField(label="Hours in a week", max_digits=4, decimal_places=1)
    duties = LongText(label="What they do here", max_length=300)
    home_agency = forms.ChoiceField(label="Agency that lends them", required=False)
    home_name = forms.CharField(
        label="Or another employer, by name", max_length=200, required=False
    )
    memorandum = forms.CharField(
        label="Memorandum with the agency",
        max_length=120,
        required=False,
        help_text="Its number or date.",
    )
    age = forms.ChoiceField(
        label="Age of the volunteer on the first day",
        required=False,
        choices=(("", "Choose"), *AGES),
        help_text=f"A volunteer is at least {rules.YOUNGEST}. No birth date is kept.",
    )
    consent_from = forms.ChoiceField(
        label="Who agreed for somebody under 18",
        required=False,
        choices=(("", "Nobody had to"), *rules.CONSENT_FROM.items()),
    )
    consent_on = DayField(label="Their consent is dated", required=False)
    reason = LongText(
        label="Why they are lent again",
        max_length=300,
        required=False,
        help_text=f"Within {rules.AGAIN_DAYS} days of the detail before.",
    )
    displaces_nobody = forms.BooleanField(label=rules.DISPLACES_NOBODY, required=False)
    no_conflict = forms.BooleanField(label=rules.NO_CONFLICT, required=False)

    needed_at_times = frozenset(
        {
            "party", "name_", "email", "home_agency", "home_name", "memorandum", "age",
            "consent_from", "consent_on", "displaces_nobody", "no_conflict", "reason",
        }
    )  # fmt: skip

    def __init__(
        self,
        *args: Any,
        kind: str,
        people: Sequence[tuple[int, str]],
        wards: Choices,
        units: Sequence[tuple[int, str]],
        agencies: Choices,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        for of, names in ASKED_OF.items():
            for name in names if of != kind else ():
                del self.fields[name]
        if kind == rules.DETAIL:
            longest = f" A detail lasts {rules.LONGEST_DAYS} days at most."
            self.fields["until_on"].help_text = f"{self.fields['until_on'].help_text}{longest}"
        choose(self, "role", [(value, words) for value, words in ROLES if kind in MAY_BE[value]])
        choose(self, "party", [("", "Somebody new, named below"), *people])
        choose(self, "ward_code", [("", "The whole city"), *wards])
        choose(self, "unit", [("", "No unit"), *units])
        if "home_agency" in self.fields:
            choose(self, "home_agency", [("", "No agency"), *agencies])


class MoveForm(Form):
    """Another last day, and why."""

    until_on = DayField(label="New last day")
    reason = LongText(label="Why", max_length=300)


class ExtendForm(MoveForm):
    name = "extend"


class ShortenForm(MoveForm):
    name = "shorten"


class KeepForm(Form):
    """Why somebody stays as an employee."""

    name = "keep"

    reason = LongText(
        label="Why",
        max_length=300,
        help_text="Such as: appointed to the position on that day. Their roles go on.",
    )


class DisposeForm(Form):
    """Why what was kept is disposed of."""

    name = "dispose"

    reason = LongText(label="Why", max_length=300)
