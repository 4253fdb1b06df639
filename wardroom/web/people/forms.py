"""What is filled in on the page of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from wardroom.web.ui.forms import DayField, Form, LongText, choose

Choices = Iterable[tuple[str, str]]


class ContactForm(Form):
    """A contact: what was said, how, and about which of their issues."""

    name = "contact"

    text = LongText(label="What was said", max_length=2000, widget=forms.Textarea({"rows": 2}))
    channel = forms.ChoiceField(label="How")
    about = forms.ChoiceField(label="About", required=False)
    interpreter_used = forms.BooleanField(label="With an interpreter", required=False)

    def __init__(
        self,
        *args: Any,
        channels: Choices,
        about: Choices,
        begin: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if begin:
            self.fields["text"].widget.attrs["autofocus"] = True
        choose(self, "channel", [(code, words.capitalize()) for code, words in channels])
        choose(self, "about", [("", "Nothing in particular"), *about])


class PointForm(Form):
    """A way to reach somebody, and whether we may use it."""

    name = "point"
    called_here: ClassVar = {"phone": "value", "email": "value"}

    channel = forms.ChoiceField(label="Way")
    value = forms.CharField(label="Number or address", max_length=254)
    consent = forms.BooleanField(label="We may use it", required=False)
    how = forms.CharField(
        label="How they said so", max_length=200, required=False, help_text="Such as: on the phone."
    )

    def __init__(self, *args: Any, ways: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "channel", ways)


class BouncedForm(Form):
    """What came back from a way to reach somebody."""

    name = "bounced"

    channel = forms.CharField(widget=forms.HiddenInput)
    value = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="What happened", max_length=300)


class ConsentForm(Form):
    """What somebody says that a number or an address may be used for."""

    name = "consent"

    point_id = forms.IntegerField(widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label="For")
    said = forms.ChoiceField(
        label="What they say", choices=[("yes", "We may"), ("no", "We may not")]
    )
    how = forms.CharField(
        label="How they said so", max_length=200, required=False, help_text="Such as: on the phone."
    )

    def __init__(self, *args: Any, purposes: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "purpose", purposes)


class EndForm(Form):
    """A number or an address that is not theirs any more."""

    name = "end"

    point_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it is not used any more", max_length=200)


class DescribeForm(Form):
    """What is written about a person or an organization."""

    name = "describe"

    language = forms.ChoiceField(label="Language", required=False)
    interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    access_needs = forms.CharField(
        label="Access needs",
        max_length=200,
        required=False,
        help_text="Such as: step-free entrance, large print.",
    )
    organisation_kind = forms.ChoiceField(label="Kind of organization")
    area = forms.CharField(
        label="Area",
        max_length=20,
        required=False,
        help_text="Such as ANC 5C, SMD 5C07 or a ward.",
    )

    def __init__(
        self, *args: Any, languages: Choices, kinds: Choices | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "language", [("", "Not known"), *languages])
        if kinds is None:
            del self.fields["organisation_kind"], self.fields["area"]
        else:
            choose(self, "organisation_kind", kinds)


class OrganisationForm(Form):
    """An organization that is not in the directory yet."""

    name = "organisation"
    called_here: ClassVar = {"name": "called", "sort": "organisation_kind"}

    called = forms.CharField(label="Name", max_length=200)
    organisation_kind = forms.ChoiceField(label="Kind of organization")
    area = forms.CharField(
        label="Area",
        max_length=20,
        required=False,
        help_text="Such as ANC 5C, SMD 5C07 or a ward.",
    )

    def __init__(self, *args: Any, kinds: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "organisation_kind", [("", "Choose"), *kinds])


class RenameForm(Form):
    """A new name, from a day on."""

    name = "rename"
    called_here: ClassVar = {"name": "called"}

    called = forms.CharField(label="New name", max_length=200)
    on = DayField(label="From which day", required=False)


class SeatForm(Form):
    """A seat that an organization has."""

    name = "seat"

    title = forms.CharField(
        label="What the seat is called",
        max_length=120,
        help_text="Such as President, Secretary, ANC liaison. Several may hold the seat Member.",
    )


class FillForm(Form):
    """Who holds a seat, from a day on."""

    name = "fill"
    called_here: ClassVar = {"name": "who"}

    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    who = forms.CharField(
        label="Who holds it",
        max_length=120,
        help_text="A name, or the number of a record here, such as P-12.",
    )
    since_on = DayField(label="From which day")


class VacateForm(Form):
    """That somebody left a seat."""

    name = "vacate"

    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    tenure_id = forms.TypedChoiceField(
        label="Who left", coerce=int, required=False, empty_value=None
    )
    until_on = DayField(label="On which day")
    reason = forms.CharField(label="Why, if it is known", max_length=200, required=False)

    def __init__(self, *args: Any, holders: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = list(holders)
        if len(several) > 1:
            choose(self, "tenure_id", several)
        else:
            del self.fields["tenure_id"]


class CloseForm(Form):
    """A seat that an organization does not have any more."""

    name = "close"

    seat_id = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label="Why it is closed", max_length=200)


class PartForm(Form):
    """Two records that are two after all."""

    name = "part"

    reason = forms.CharField(label="Why they are two", max_length=200)


class JoinForm(Form):
    """Two records that are of the same one."""

    name = "join"

    reason = forms.CharField(
        label="How you know that they are the same",
        max_length=200,
        help_text="Such as: she said so on the phone.",
    )
