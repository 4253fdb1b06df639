"""What is filled in while an incident is worked through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from wardroom.incidents.rules import AFFECTED, CALL_OUTCOMES
from wardroom.web.ui.forms import Form, InstantField, LongText, choose

CHOOSE_LINE = "Choose a line"


class TickForm(Form):
    """Which lines of the checklist are done."""

    name = "tick"

    lines = forms.MultipleChoiceField(label="Done", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, lines: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "lines", [(str(line.id), line.text) for line in lines])


class LeaveForm(Form):
    """Which line is not needed, and why."""

    name = "leave"

    line = forms.TypedChoiceField(label="Line of the checklist", coerce=int)
    reason = forms.CharField(label="Why it is not needed", max_length=300)

    def __init__(self, *args: Any, lines: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "line", [("", CHOOSE_LINE), *((str(ln.id), ln.text) for ln in lines)])


class BackForm(Form):
    """Which line was checked off or left out by mistake."""

    name = "back"

    line = forms.IntegerField()


class CalledForm(Form):
    """Who was called, and whether they were reached."""

    name = "called"

    call = forms.TypedChoiceField(label="Whom you called", coerce=int)
    outcome = forms.ChoiceField(
        label="How it went", choices=list(CALL_OUTCOMES.items()), widget=forms.RadioSelect
    )
    note = forms.CharField(label="What they said", max_length=300, required=False)

    def __init__(self, *args: Any, calls: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(c.id), f"{c.name}, {c.role_label}") for c in calls]
        choose(self, "call", [("", "Choose whom you called"), *people])


class CallLineForm(Form):
    """Somebody else to call."""

    name = "call"

    called = forms.CharField(label="Who", max_length=200)
    role_label = forms.CharField(label="As what", max_length=120, required=False)
    phone = forms.CharField(label="Phone", max_length=60, required=False)


class SendBackForm(Form):
    """What has to be different before a report goes out."""

    name = "words"

    words = LongText(label="What has to be different", max_length=500)


class SituationForm(Form):
    """What stands now. It counts people and names nobody."""

    name = "situation"

    what = LongText(
        label="What happened, and what stands now",
        max_length=2_000,
        help_text="No names, and nothing from a police report but its number.",
    )
    where_text = forms.CharField(label="Where", max_length=200, required=False)
    lead_text = forms.CharField(label="Who leads at the scene", max_length=200, required=False)
    homes = forms.IntegerField(label=AFFECTED["homes"], required=False)
    adults = forms.IntegerField(label=AFFECTED["adults"], required=False)
    children = forms.IntegerField(label=AFFECTED["children"], required=False)
    older = forms.IntegerField(label=AFFECTED["older"], required=False)
    access = forms.IntegerField(label=AFFECTED["access"], required=False)
    pets = forms.IntegerField(label=AFFECTED["pets"], required=False)
    needs = LongText(
        label="What is needed now", max_length=2_000, required=False, help_text="No names."
    )
    partners = LongText(label="Who was called", max_length=2_000, required=False)
    nobody_named = forms.BooleanField(
        label="I looked: it names nobody",
        required=False,
        help_text="Needed only where a word looks like a name.",
    )
    next_update_at = InstantField(
        label="Next report", required=False, help_text="Leave it empty in the last report."
    )
