"""A refusal stands at the field as the form calls it, whatever the house calls it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from wardroom.kernel.errors import Refused
from wardroom.web.ui.forms import Form, choose_ward


class NamingForm(Form):
    """A form that calls two fields otherwise than the house does."""

    called_here: ClassVar = {"name": "called", "starts_at": "on"}

    called = forms.CharField(label="Name")
    reason = forms.CharField(label="Reason")
    ward_code = forms.ChoiceField(label="Ward", required=False)


def refused(field: str | None) -> Any:
    form = NamingForm({"called": "A", "reason": "B"})
    assert form.is_valid()
    form.refuse(Refused("too_long", "Keep it short.", field=field))
    errors: Any = form.errors
    return dict(errors)


def test_refusal_stands_at_the_field_as_it_is_called_here() -> None:
    assert refused("name") == {"called": ["Keep it short."]}


def test_refusal_of_a_field_that_is_called_the_same_stands_there() -> None:
    assert refused("reason") == {"reason": ["Keep it short."]}


def test_refusal_about_no_field_of_the_form_stands_on_top() -> None:
    top = {"__all__": ["Keep it short."]}
    assert refused(None) == refused("amount") == refused("starts_at") == top


def test_ward_is_needed_unless_the_whole_city_is_an_answer() -> None:
    form = NamingForm()
    choose_ward(form, [("5", "Ward 5"), ("7", "Ward 7")])
    assert form.fields["ward_code"].required
    choose_ward(form, [("", "The whole city"), ("5", "Ward 5")])
    assert not form.fields["ward_code"].required
