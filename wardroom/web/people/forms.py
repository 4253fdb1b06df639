"""What is filled in on the page of a person."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wardroom.web.ui.forms import Form, LongText, choose

Choices = Iterable[tuple[str, str]]


class ContactForm(Form):
    """A contact: what was said, how, and about which of their issues."""

    name = "contact"

    text = LongText(label="What was said", max_length=2000, widget=forms.Textarea({"rows": 2}))
    channel = forms.ChoiceField(label="How")
    about = forms.ChoiceField(label="About", required=False)
    interpreter_used = forms.BooleanField(label="With an interpreter", required=False)

    def __init__(
        self, *args: Any, channels: Choices, about: Choices, begin: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if begin:
            self.fields["text"].widget.attrs["autofocus"] = True
        choose(self, "channel", [(code, words.capitalize()) for code, words in channels])
        choose(self, "about", [("", "Nothing in particular"), *about])


class PointForm(Form):
    """A way to reach somebody, and whether we may use it."""

    name = "point"

    channel = forms.ChoiceField(label="Way")
    value = forms.CharField(label="Number or address", max_length=254)
    consent = forms.BooleanField(label="We may use it", required=False)
    how = forms.CharField(
        label="How they said so", max_length=200, required=False, help_text="Such as: on the phone."
    )

    def __init__(self, *args: Any, ways: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "channel", ways)

    def refuse(self, no: Any) -> None:
        """A number or address that is none is said at the one field for both."""
        if no.field in {"phone", "email"}:
            no.field = "value"
        super().refuse(no)


class BouncedForm(Form):
    """What came back from a way to reach somebody."""

    name = "bounced"

    channel = forms.CharField(widget=forms.HiddenInput)
    value = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(label="What happened", max_length=300)
