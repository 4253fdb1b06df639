"""What is filled in to hire people, to end their roles, and to hand their work over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts

from wardroom.web.ui.forms import DayField, Form, LongText, choose
from wardroom.web.ui.forms import PlainForm as PlainForm

Choices = Sequence[tuple[str, str]]
ROLES = (
    ("liaison", "Liaison of a ward"),
    ("director", "Director"),
    ("staff", "Staff without a ward"),
    ("partner", "Partner, answers for an agency"),
    ("records_officer", "Records officer"),
    ("auditor", "Auditor"),
)


class RoleForm(Form):
    """A role for somebody who signs in already."""

    name = "role"

    role = forms.ChoiceField(label="Role")
    ward_code = forms.ChoiceField(label="Ward", required=False, help_text="For a liaison.")
    agency_code = forms.ChoiceField(label="Agency", required=False, help_text="For a partner.")
    valid_from: forms.DateField | None = DayField(label="First day")

    needed_at_times = frozenset({"ward_code", "agency_code"})

    def __init__(self, *args: Any, wards: Choices, agencies: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "role", ROLES)
        choose(self, "ward_code", [("", "No ward"), *wards])
        choose(self, "agency_code", [("", "No agency"), *agencies])


class HireForm(RoleForm):
    """Somebody new, with a first role."""

    name = "hire"
    field_order = ("name_", "email", "role", "ward_code", "agency_code", "since_on")

    name_ = forms.CharField(label="Name", max_length=120)
    email = forms.CharField(
        label="E-mail address",
        max_length=254,
        help_text="They sign in with it. A link to choose a password is sent there.",
    )
    ward_code = forms.ChoiceField(
        label="Ward",
        required=False,
        help_text="For a liaison, who takes the ward's seat: new complaints go to them.",
    )
    since_on = DayField(label="First day")
    valid_from = None


class EndForm(Form):
    """The last day of a role; the past stays as it was."""

    name = "end"

    grant = forms.TypedChoiceField(label="Which role", coerce=int)
    until_on = DayField(label="Last day")

    def __init__(self, *args: Any, roles: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "grant", roles)


class CoverForm(Form):
    """A colleague's ward for some days; it ends by itself."""

    name = "cover"

    ward_code = forms.ChoiceField(label="Ward")
    valid_from = DayField(label="From")
    valid_until = DayField(label="Last day")

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "ward_code", wards)


class StartForm(Form):
    """Everything of theirs goes to others, piece by piece."""

    name = "start"

    why = forms.CharField(label="Why", max_length=300, help_text="Not shown to residents.")
    last_on = DayField(label="Last day")
    ward_code = forms.ChoiceField(
        label="What is handed over",
        required=False,
        help_text="Choose a ward where somebody stays and only gives up that ward.",
    )

    needed_at_times = frozenset({"ward_code"})

    def __init__(self, *args: Any, wards: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"Only Ward {code}") for code, _ in wards]
        choose(self, "ward_code", [("", "Everything"), *named])


class CloseForm(Form):
    """They cannot sign in from then on; their roles and their past stay as they are."""

    name = "close"

    reason = forms.CharField(label="Why", max_length=300)


class FactorsForm(Form):
    """All second factors go; they set up a new one at the next sign-in."""

    name = "factors"

    reason = forms.CharField(
        label="What was lost, and how you know it is them",
        max_length=300,
        help_text=(
            "Ask in person or ring a number that you know. A mail is not enough. "
            "Their API keys and secret calendar links go on working."
        ),
    )


class SuccessorForm(Form):
    """Who is to take over what."""

    name = "successor"

    successor = forms.TypedChoiceField(label="Who takes over", coerce=int)
    scope = forms.ChoiceField(label="What", required=False)
    thing = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    needed_at_times = frozenset({"scope"})

    def __init__(self, *args: Any, people: Choices, scopes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "successor", [("", "Choose somebody"), *people])
        choose(self, "scope", scopes)


class NoteForm(Form):
    """What whoever takes over needs to know and cannot see anywhere."""

    name = "note"

    ward_code = forms.ChoiceField(label="Of", required=False)
    text = LongText(label="What they need to know", max_length=4000, required=False)
    thing = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)

    needed_at_times = frozenset({"ward_code", "text"})

    def __init__(self, *args: Any, wards: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, f"Ward {code}") for code in wards]
        choose(self, "ward_code", [("", "All the work"), *named])


class TakeForm(Form):
    """Take it over yourself."""

    thing = forms.CharField(max_length=120)


class ItemsForm(Form):
    """What was handed to you, one thing or several."""

    item = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, items: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "item", [(str(pk), str(pk)) for pk in items])


class BackForm(ItemsForm):
    """What you do not take, and why."""

    reason = forms.CharField(label="Why you do not take it", max_length=300)


class CallOffForm(Form):
    """They stay after all."""

    name = "call_off"

    reason = forms.CharField(label="Why", max_length=300)


class PasswordForm(Form):
    """A password, typed twice."""

    name = "welcome"

    password = forms.CharField(
        label="Password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="The same again",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, second = given.get("password"), given.get("again")
        if first and second and first != second:
            self.add_error("again", "The two passwords differ.")
        return given
