"""What is filled in to make an API key."""

from __future__ import annotations

from typing import Any

from django import forms

from wardroom.access.rules import HOURLY, MOST_HOURLY, OWN_SCOPES, SCOPES
from wardroom.web.ui.forms import Form, choose

OWN, APP = "own", "app"


class KeyForm(Form):
    """A key of one's own; the director can also make one for an app."""

    name_ = forms.CharField(
        label="What is it for?",
        max_length=120,
        help_text="Such as: the program that fills my ward's board.",
    )
    whose = forms.ChoiceField(
        label="Who uses it?",
        choices=[
            (OWN, "A program that acts in my place: it sees and does what I may"),
            (APP, "An app: it sends reports or alerts, and sees nothing of the office"),
        ],
        widget=forms.RadioSelect,
        initial=OWN,
    )
    scopes = forms.MultipleChoiceField(
        label="What may it do?", choices=list(SCOPES.items()), widget=forms.CheckboxSelectMultiple
    )
    publishes = forms.BooleanField(
        label="The app tells its users that what they send is public", required=False
    )
    jurisdiction = forms.CharField(
        label="Jurisdiction",
        max_length=120,
        required=False,
        help_text="Only where several are served: the one that it sends reports to.",
    )
    hourly_limit = forms.IntegerField(
        label="Calls in an hour", min_value=1, max_value=MOST_HOURLY, initial=HOURLY
    )

    def __init__(self, *args: Any, for_apps: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not for_apps:
            for name in ("whose", "publishes", "jurisdiction"):
                del self.fields[name]
            choose(self, "scopes", [pair for pair in SCOPES.items() if pair[0] in OWN_SCOPES])


class HookForm(Form):
    """Where word of new lines is sent."""

    name_ = forms.CharField(label="What is it for?", max_length=120)
    address = forms.CharField(
        label="Address",
        max_length=500,
        help_text="It begins with https:// and takes what is posted to it.",
    )
    kinds = forms.CharField(
        label="Kinds of line",
        max_length=2000,
        required=False,
        help_text="Their names with a comma, such as AskAccepted, ComplaintTaken. Empty for all.",
    )


class ReplayForm(Form):
    """From which line on everything is sent again."""

    name = "replay"

    from_line = forms.IntegerField(label="From line", min_value=1, max_value=10**15)


class ReplayOneForm(Form):
    """The line that is sent again."""

    delivery_id = forms.IntegerField(min_value=1, max_value=10**15, widget=forms.HiddenInput)
