"""The controls that are drawn without a template are what Django's own templates say."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from wardroom.web.templatetags.ui import field
from wardroom.web.ui.forms import DayInput, Form, InstantInput
from wardroom.web.ui.widgets import DRAWN, QuickRenderer

NASTY = "<b>\"Rats\" & 'mice'</b> é {{ x }}"
CHOICES = [
    ("", "Not said yet"),
    ("5", NASTY),
    ("Wards", [("7", "Ward 7"), (8, "Ward <8>")]),
    (NASTY, mark_safe("<i>as it is</i>")),
]
WIDGETS: list[forms.Widget] = [
    forms.TextInput(),
    forms.TextInput(attrs={"class": NASTY, "autofocus": True, "hidden": False, "rows": 4}),
    forms.NumberInput(attrs={"min": 0}),
    forms.EmailInput(),
    forms.HiddenInput(),
    forms.CheckboxInput(),
    DayInput(),
    InstantInput(),
    forms.Textarea(attrs={"rows": 4}),
    forms.Select(choices=CHOICES),
    forms.Select(attrs={"disabled": True}),
    forms.RadioSelect(choices=CHOICES),
]
VALUES: list[Any] = [
    None, "", "5", 8, 0, NASTY, mark_safe("<u>"), True, False, date(2026, 11, 18),
    datetime(2026, 11, 18, 12, 30), 1234567.5, "two\nlines",
]  # fmt: skip


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda w: f"{type(w).__name__}-{len(w.attrs)}")
def test_control_is_letter_for_letter_the_one_of_django(widget: forms.Widget) -> None:
    for value in VALUES:
        for attrs in ({}, {"id": "in_said", "aria-invalid": "true", "title": NASTY}):
            drawn = widget.render("said", value, attrs, QuickRenderer())
            assert drawn == widget.render("said", value, attrs, DjangoTemplates()), value
            assert hasattr(drawn, "__html__")


def test_each_control_that_is_drawn_here_was_held_against_django() -> None:
    assert {w.template_name for w in WIDGETS} >= set(DRAWN) - {
        "django/forms/widgets/input.html"
    }  # the others include it


class LateForm(Form):
    """A form with a field of its own and one that comes late."""

    one = forms.CharField(max_length=40)

    def __init__(self) -> None:
        super().__init__()
        self.fields["other"] = forms.CharField(max_length=40, widget=forms.Textarea)


def test_no_browser_cuts_what_is_pasted() -> None:
    form = LateForm()
    for name in ("one", "other"):
        assert "maxlength" not in str(form[name])
        assert form.fields[name].widget.attrs["maxlength"] == "40", "power: Django asks for it"


@pytest.mark.parametrize(
    ("made", "given", "group", "ticked"),
    [
        (forms.MultipleChoiceField, ["a", "b"], "checkbox", ["a", "b"]),
        (forms.MultipleChoiceField, None, "checkbox", []),
        (forms.ChoiceField, "b", "radio", ["b"]),
    ],
)
def test_several_answers_are_boxes_and_one_is_a_round_button(
    made: type[forms.ChoiceField], given: Any, group: str, ticked: list[str]
) -> None:
    several = forms.CheckboxSelectMultiple if group == "checkbox" else forms.RadioSelect
    form = forms.Form(initial={"on": given})
    form.fields["on"] = made(choices=[("a", "A"), ("b", "B")], widget=several)
    shown = field(form["on"])
    assert shown["group"] == group
    assert [choice["value"] for choice in shown["choices"] if choice["checked"]] == ticked
