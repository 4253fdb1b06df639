"""What is filled in about messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wardroom.casework.queries import Recipient
from wardroom.web.ui.forms import Form, LongText, choose
from wardroom.web.ui.forms import PlainForm as PlainForm


class PlaceForm(Form):
    """Where a message belongs."""

    name = "place"

    into = forms.CharField(
        label="Number of the matter", max_length=30, help_text="Such as W-412 or 412."
    )


class AsideForm(Form):
    """Why nothing follows."""

    name = "aside"

    reason = forms.CharField(label="Why nothing needs to be done", max_length=200)


class MessageAsideForm(Form):
    """Why a message need not go out."""

    reason = forms.CharField(label="Why it need not go out", max_length=200)


class WriteForm(Form):
    """An e-mail to somebody of a matter."""

    name = "write"

    to_address = forms.ChoiceField(label="To")
    subject = forms.CharField(label="Subject", max_length=180)
    text = LongText(
        label="Message",
        max_length=10_000,
        help_text="Your name and the number go below it.",
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, recipients: Iterable[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(
            self,
            "to_address",
            [(r.address, f"{r.name} ({r.address}), {r.what}") for r in recipients],
        )
